"""The one write of the API: visits from the appointment tool, ``POST /api/v1/visits/``, with a program's key."""

import re
from typing import Annotated

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from ninja import Header, Router, Schema, Status
from ninja.security import HttpBearer
from pydantic import ConfigDict

from src.foundations import clock, ratelimit

from . import services, visits_file
from .models import VisitKey
from .services.visiting import key_of

router = Router(tags=["visits"])
CALLS, SECONDS = 60, 60
KEY = re.compile(r"[A-Za-z0-9._-]{8,64}")


class ProgramKey(HttpBearer):
    """``Authorization: Bearer …``, the token given once in the workshop; 401 for any other."""

    def authenticate(self, request, token):
        """The living key, noted as used today."""
        request.leaves_no_network = True
        key = key_of(token[:200])
        if key is not None and key.used_on != clock.today():
            VisitKey.objects.filter(pk=key.pk).update(used_on=clock.today())
        return key


class VisitIn(Schema):
    """One visit: where, and whom to ask. The contact is used to send the link, then gone."""

    model_config = ConfigDict(extra="forbid")

    point: str
    contact: str
    language: str = "fr"


class VisitsIn(Schema):
    """Visits of a moment; ``dry_run`` checks and sends nothing."""

    model_config = ConfigDict(extra="forbid")

    visits: list[VisitIn]
    dry_run: bool = False


class VisitsOut(Schema):
    """How many links leave."""

    sent: int
    checked: int


class Refusal(Schema):
    """Why nothing left: one sentence a fault, with the number of its visit."""

    detail: str
    problems: list[str]


@router.post(
    "/",
    auth=ProgramKey(),
    response={201: VisitsOut, 200: VisitsOut, 409: Refusal, 422: Refusal, 429: Refusal},
    summary="Send a link after each visit",
)
def send_visits(
    request, given: VisitsIn, idempotency_key: Annotated[str, Header(alias="Idempotency-Key", max_length=200)] = ""
):
    """Send one link a visit, all or none.

    With an ``Idempotency-Key`` (8 to 64 letters, digits, dots, dashes), the same call sent again gets the same answer
    and nothing leaves twice, whenever it comes. Without one, the same visits sent twice are asked twice.
    """
    key = request.auth
    if not ratelimit.hit("visits", f"key:{key.pk}", CALLS, SECONDS):
        return Status(429, {"detail": _("Too many calls. Try again in a minute."), "problems": []})
    if idempotency_key and not KEY.fullmatch(idempotency_key):
        problem = _("Idempotency-Key: 8 to 64 letters, digits, dots or dashes.")
        return Status(422, {"detail": _("Nothing was sent: correct this header."), "problems": [problem]})
    rows = [(number, visit.dict()) for number, visit in enumerate(given.visits[: visits_file.MOST + 1], start=1)]
    report = visits_file.read_rows(rows, told=lambda number: _("Visit %(number)d:") % {"number": number})
    if report.problems:
        return Status(422, {"detail": _("Nothing was sent: correct these visits."), "problems": report.problems})
    if given.dry_run:
        return Status(200, {"sent": 0, "checked": report.read})
    if not idempotency_key:
        batch = services.send_links(visits=report.visits, key=key)
        return Status(201, {"sent": batch.links, "checked": report.read})
    try:
        batch = services.send_once(visits=report.visits, key=key, request=idempotency_key)
    except ValidationError as refusal:
        return Status(409, {"detail": refusal.messages[0], "problems": []})
    return Status(201, {"sent": batch.links, "checked": report.read})
