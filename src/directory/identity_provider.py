"""The city's OpenID Connect provider, when the environment configures one."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse


def _apps() -> list[dict]:
    provider = getattr(settings, "SOCIALACCOUNT_PROVIDERS", {}).get("openid_connect", {})
    return [app for app in provider.get("APPS", []) if app.get("client_id")]


def buttons() -> list[dict]:
    """Name and address of each configured provider; an empty list shows no button."""
    return [
        {
            "name": app.get("name") or app["provider_id"],
            "url": reverse("openid_connect_login", kwargs={"provider_id": app["provider_id"]}),
        }
        for app in _apps()
    ]


def allow_in_forms(response):
    """Let the sign-in page's form end at the provider: the policy of the site allows our own address alone."""
    origins = []
    for app in _apps():
        server = urlsplit(app.get("settings", {}).get("server_url", ""))
        if server.scheme and server.netloc:
            origins.append(f"{server.scheme}://{server.netloc}")
    if origins:
        response._csp_update = {"form-action": origins}
    return response
