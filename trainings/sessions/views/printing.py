"""Paper: convocations place by place, the sheet to sign."""

from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_POST, require_safe

from src.directory.models import Unit
from src.foundations import clock, documents
from src.foundations.gates import see_other

from .. import selectors
from ..cards import qr_of
from ..models import Convocation
from ..services.holding import note
from .gate import address, calm, led, missing, organised, organisers, trainers


@require_POST
@organisers
@organised
def convocations(request, session, unit):
    """The convocations of those without e-mail at one place, a page a person; printing them is written down."""
    calm(request, "print", 20)
    rows = selectors.paper_of(session, unit) if session.is_confirmed else []
    if not rows:
        return see_other(address(session, "organise"))
    Convocation.objects.filter(pk__in=[one.pk for one in rows], sent_at__isnull=True).update(sent_at=clock.now())
    note("printed", session, request.viewer, what="convocations", unit=unit, count=len(rows))
    with translation.override("fr"):
        context = {
            "session": session,
            "half_days": selectors.half_days(session),
            "letters": [{"person": one.booking.agent, "qr": qr_of(one.booking)} for one in rows],
            "place": Unit.objects.filter(code=unit).first(),
            "today": clock.today(),
        }
        html = render_to_string("trainings_sessions/print/convocations.html", context)
    return documents.pdf_or_html_response(html, f"convocations-{session.reference}-{unit}.pdf")


@require_safe
@trainers
@led
def sheet(request, session):
    """The sheet to sign, by half-day, with each person's QR."""
    calm(request, "print", 20)
    if not session.is_running and not session.is_open:
        raise missing()
    note("printed", session, request.viewer, what="sheet")
    with translation.override("fr"):
        context = selectors.sheet_of(session, with_qr=True)
        html = render_to_string("trainings_sessions/print/sheet.html", context)
    return documents.pdf_or_html_response(html, f"feuille-{session.reference}.pdf")
