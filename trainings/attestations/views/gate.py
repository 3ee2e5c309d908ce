"""The one way a view of attestations is reached, and the one way a refusal or a file is told."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from src.foundations.gates import Gate

from .. import codes
from ..services import NoLongerCounts, Printed

METHODS = ["GET", "HEAD", "POST"]
NAV = "trainings"

_gate = Gate(
    "trainings_attestations",
    home="trainings_attestations:mine",
    moved_on=(NoLongerCounts,),
    by_network={"verify": (60, 60), "file": (30, 60)},
)
calm, tells = _gate.calm, _gate.tells


def missing() -> Http404:
    return Http404(_("There is no such attestation, or it isn’t yours."))


def only(may, sentence):
    """A view for those whom a rule lets in; others read why."""

    def decorate(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            if not may(request.viewer):
                raise PermissionDenied(str(sentence))
            return view(request, *args, **kwargs)

        return _gate.signed_in(_gate.tells(checked))

    return decorate


def private(response):
    response.headers["Cache-Control"] = "private, no-store"
    return response


def file_of(printed: Printed, *, inline: bool = False) -> HttpResponse:
    """The sheet as a download; as a page to print where there is no PDF, or on a device that keeps no file."""
    kind = "application/pdf" if printed.is_pdf else "text/html; charset=utf-8"
    response = HttpResponse(printed.content, content_type=kind)
    way = "inline" if inline or not printed.is_pdf else "attachment"
    name = f"attestation-{codes.spaced(printed.row.attestation.code)}.{'pdf' if printed.is_pdf else 'html'}"
    response["Content-Disposition"] = f'{way}; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return private(response)
