"""Mass sendings: who is told, how many, what the mail says; then send it or cancel it."""

from dataclasses import replace
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from src.directory.enums import Role

from . import messages as mails
from . import registry, services
from .models import MassSending
from .selectors import mass_sendings

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

MODELS_A_PAGE = 25


def administrators_only(view):
    """Administrators of the site; for nobody else do these pages exist."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not request.viewer.has_role(Role.ADMINISTRATOR):
            raise Http404
        return view(request, *args, **kwargs)

    return login_required(never_cache(checked))


@administrators_only
@require_GET
def index(request):
    """Those that wait first, then those decided."""
    return render(request, "notices/mass_list.html", {"sendings": mass_sendings()})


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def sending(request, sending_id):
    """Look at one, then let it leave or cancel it."""
    found = get_object_or_404(MassSending.objects.select_related("decided_by"), pk=sending_id)
    if request.method == "POST":
        return _decide(request, found)
    notice = registry.registered().get(found.code)
    context = {
        "sending": found,
        "notice": notice,
        "said": _said(request, notice, found.context) if notice else None,
        "handles": len(found.handles),
        "parents": [{"label": _("Mass sendings"), "url": reverse("notices:mass_list")}],
    }
    return render(request, "notices/mass.html", context)


@administrators_only
@require_GET
def preview(request, sending_id):
    """The mail as a mailbox draws it, alone on its page: nothing in it runs or is fetched."""
    found = get_object_or_404(MassSending, pk=sending_id)
    notice = registry.registered().get(found.code)
    if notice is None:
        raise Http404
    return as_mailbox(_said(request, notice, found.context).html)


def as_mailbox(html: str) -> HttpResponse:
    """A mail's HTML as an answer of ours: styles of its own, nothing that runs, nothing fetched."""
    response = HttpResponse(html)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _decide(request, found):
    if request.POST.get("action") == "send":
        done, said = services.send_mass(found, actor=request.user), _("It is leaving.")
    elif request.POST.get("action") == "cancel":
        done, said = services.cancel_mass(found, actor=request.user), _("It is cancelled: nobody is told.")
    else:
        return redirect("notices:mass", found.pk)
    if done:
        messages.success(request, said)
    else:
        messages.info(request, _("Somebody already decided."))
    return redirect("notices:mass_list")


# -------------------------------------------------------------------------------------------------------- gallery
@administrators_only
@require_GET
def models(request):
    """Every message Terrain can send, with the words of its example, some at a time."""
    # Without an example a message draws nothing: a test asks each of ours for one.
    drawn = [notice for notice in registry.registered().values() if notice.example]
    known = sorted(drawn, key=lambda notice: (str(notice.category), notice.code))
    page = Paginator(known, MODELS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "models": [{"notice": each, "said": _said(request, each, each.example)} for each in page],
        "previous_page": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "next_page": f"?page={page.next_page_number()}" if page.has_next() else "",
        "place": _("%(first)d to %(last)d of %(count)d")
        % {"first": page.start_index(), "last": page.end_index(), "count": page.paginator.count},
    }
    return render(request, "notices/models.html", context)


@administrators_only
@require_GET
def model(request, code):
    """One of them, as a mailbox draws it."""
    notice = registry.registered().get(code)
    if notice is None or not notice.example:
        raise Http404
    return as_mailbox(_said(request, notice, notice.example).html)


def _said(request, notice, context) -> mails.Words:
    """The words of a mail as they are looked at: each person's own link has no address here."""
    said = mails.render(notice, context, get_language())
    text = said.text.replace(mails.MUTE_MARK, _("(each person’s own link)"))
    return replace(said, text=text, html=said.html.replace(mails.MUTE_MARK, "#"))
