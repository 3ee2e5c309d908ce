"""Where somebody goes after signing in: never out of the site."""

from django.utils.http import url_has_allowed_host_and_scheme


def safe_next(request, default: str = "") -> str:
    """The ``next`` of the form or the address, when it stays on this host; ``default`` otherwise."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    return url if is_safe(request, url) else default


def is_safe(request, url: str) -> bool:
    """Whether a redirection stays on this host and scheme. Only paths of ours pass: "/…", never "//…"."""
    return (
        url.startswith("/")
        and url.isprintable()
        and url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    )
