"""A problem report read by its secret code at ``/suivre/``."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from src.foundations import clock
from src.paper.registry import Followed

from .models import ProblemReport
from .services.reporting import owed_of


def read(handle) -> dict | None:
    """What the page shows; None when the report is gone."""
    report = ProblemReport.objects.select_related("point__unit").filter(handle=handle).first()
    if report is None:
        return None
    owed, today = owed_of(report), clock.today()
    return {"report": report, "promised_on": owed.promised(today), "days_late": owed.days_late(today), "is_tied": True}


def gestures(handle, data) -> list:
    """Nothing to do but read."""
    return []


def claim(handle, request, response) -> None:
    """A report is nobody's: it isn't tied to an account."""
    raise ValidationError(_("A problem report keeps no name: it is read with its code alone."))


FOLLOWED = Followed(
    kind=ProblemReport.SUBJECT, template="ratings/_followed.html", read=read, gestures=gestures, claim=claim
)
