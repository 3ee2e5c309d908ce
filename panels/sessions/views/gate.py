"""How a view of this room reaches what its address names, and the one page of its forms."""

from functools import wraps

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from panels.views.gate import METHODS, calm, missing, open_to, organiser, screen, signed_in
from panels.views.members import inside, sitting

from .. import rules, selectors
from ..models import HearingRequest
from ..places import address

__all__ = [
    "METHODS",
    "address",
    "answer",
    "calm",
    "inside",
    "missing",
    "of_document",
    "of_hearing",
    "of_request",
    "of_session",
    "organiser",
    "page",
    "preparer",
    "screen",
    "signed_in",
    "sitting",
]

# Organisers and facilitators, once the panel has members.
preparer = open_to(rules.prepares)


def _named(name, find, sentence):
    """A decorator that gives a view what its address names, found among what the viewer may know of."""

    def decorated(view):
        @wraps(view)
        def opened(request, panel, *args, **kwargs):
            found = find(request.viewer, panel).filter(reference=kwargs.pop(name)[:6]).first()
            if found is None:
                raise Http404(sentence())
            return view(request, panel, *args, found, **kwargs)

        return opened

    return decorated


def _requests(_viewer, panel):
    return HearingRequest.objects.filter(panel=panel).select_related("panel", "asked_by")


of_session = _named(
    "session", selectors.sessions_of, lambda: _("This session does not exist, or is not shown to you.")
)
of_document = _named(
    "document", selectors.documents_of, lambda: _("This document does not exist, or is not shown to you.")
)
of_hearing = _named("hearing", selectors.hearings_of, lambda: _("This person is not heard, or no longer."))
of_request = _named("asked", _requests, lambda: _("This request does not exist."))


def answer(request, panel, form, *, title, submit, back, means=(), danger=False):
    """A page that is one form: what it means, its fields, its button, the way back."""
    context = {
        "nav_key": "panels",
        "panel": panel,
        "form": form,
        "title": title,
        "submit": submit,
        "back": back,
        "means": means,
        "danger": danger,
    }
    return render(request, "panel_sessions/form.html", context, status=422 if form.errors else 200)


def page(request, name: str, panel, status: int = 200, **context):
    """A page of this room."""
    return render(
        request, f"panel_sessions/{name}.html", {"nav_key": "panels", "panel": panel, **context}, status=status
    )
