"""The ground check: drawn when a measure is said to be done, answered once, closed in thirty days by its totals."""

import hashlib
import hmac
import secrets
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from src.directory.models import Affectation
from src.foundations import clock, outbox, references
from src.workflow.exceptions import TransitionNotAllowed

from .. import ground_rules
from ..enums import CheckResult, Confirmation, MeasureStatus, StepKind
from ..models import GroundCheck, GroundSeat, Measure
from .measures import _write, moved

OPENED_TOPIC = "accountability.ground_opened"
CLOSED_TOPIC = "accountability.ground_closed"
CODE_LENGTH = 10


def frame(measure: Measure, on: date, *, without=()) -> list[int]:
    """Who may be drawn: at work in the perimeter, nobody who did it, nobody asked this quarter."""
    places = Q(pk__in=[])
    for path in measure.perimeter.values_list("path", flat=True):
        places |= Q(unit__path__startswith=path)
    at_work = Affectation.objects.filter(places, starts_on__lte=on, user__is_active=True).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    )
    asked = GroundSeat.objects.filter(quarter=ground_rules.quarter_of(on)).values("user_id")
    hands = {measure.owner_id, measure.delivered_by_id, *without} - {None}
    people = at_work.exclude(user_id__in=asked).exclude(user_id__in=hands)
    return sorted(set(people.values_list("user_id", flat=True)))


def open_check(measure: Measure, *, on: date, seed: str | None = None) -> GroundCheck:
    """Draw who is asked, in the caller's transaction; they hear of it by a notice. The seed is kept."""
    people = frame(measure, on)
    seed = seed or secrets.token_hex(16)
    drawn = ground_rules.draw(people, seed)
    check = GroundCheck.objects.create(
        measure=measure,
        seed=seed,
        frame_hash=ground_rules.frame_hash(people),
        frame_size=len(people),
        drawn=len(drawn),
        opened_on=on,
        closes_on=on + ground_rules.LASTS,
    )
    quarter = ground_rules.quarter_of(on)
    # By number, not by the order of the draw: the table says nothing more than the list of who was asked.
    GroundSeat.objects.bulk_create(
        [GroundSeat(check_of=check, user_id=number, quarter=quarter) for number in sorted(drawn)]
    )
    outbox.emit(OPENED_TOPIC, {"check": check.pk}, key=f"{OPENED_TOPIC}:{check.pk}")
    return check


def answer(seat: GroundSeat, *, done: bool, suits: bool, lasts: bool, on_paper: bool = False) -> None:
    """Count three answers, once. Refuses whoever answered before, and a check that is closed.

    The seat is marked and the totals move together; nothing says which answer was whose.
    """
    with transaction.atomic():
        open_seat = GroundSeat.objects.filter(pk=seat.pk, has_answered=False, check_of__result="")
        if not open_seat.update(has_answered=True):
            raise TransitionNotAllowed(_("You have already answered, or the questions are closed. Thank you."))
        GroundCheck.objects.filter(pk=seat.check_of_id, result="").update(
            answers=F("answers") + 1,
            on_paper=F("on_paper") + int(on_paper),
            yes=F("yes") + int(done and suits),
            done_yes=F("done_yes") + int(done),
            suits_yes=F("suits_yes") + int(suits),
            lasts_yes=F("lasts_yes") + int(lasts),
        )


def code_of(seat: GroundSeat) -> str:
    """The code printed on somebody's slip, made again each time it is needed: it is stored nowhere."""
    message = f"ground:{seat.check_of_id}:{seat.check_of.seed}:{seat.user_id}"
    digest = hmac.new(settings.SECRET_KEY.encode(), message.encode(), hashlib.sha256).digest()
    return "".join(references.ALPHABET[byte % 32] for byte in digest[:CODE_LENGTH])


def seat_of_code(reference: str, code: str) -> GroundSeat:
    """The seat of a slip. One refusal whatever is wrong (ValidationError): it tells nobody what exists."""
    reference, code = references.normalise(reference), references.normalise(code)
    seats = GroundSeat.objects.filter(check_of__measure__reference=reference, check_of__result="")
    found = None
    for seat in seats.select_related("check_of"):
        if hmac.compare_digest(code_of(seat).encode(), code.encode("utf-8", "replace")):
            found = seat
    if found is None:
        raise ValidationError(_("This reference and this code don't go together, or the questions are closed."))
    return found


def seat_for(measure: Measure, user) -> GroundSeat:
    """The viewer's own open seat; PermissionDenied for whoever wasn't drawn."""
    seat = GroundSeat.objects.filter(check_of__measure=measure, check_of__result="", user=user).first()
    if seat is None:
        raise PermissionDenied(_("These questions are for colleagues who were drawn by lot."))
    return seat


def close_due(now: datetime) -> int:
    """Close each check whose thirty days are over, or that everybody answered; answers how many. Safe twice."""
    today = timezone.localdate(now)
    due = GroundCheck.objects.filter(result="").filter(Q(closes_on__lt=today) | Q(answers__gte=F("drawn")))
    closed = 0
    for check in due.select_related("measure").order_by("pk"):
        closed += close_check(check, on=today) is not None
    return closed


def close_check(check: GroundCheck, *, on: date | None = None) -> str | None:
    """Read the totals: confirmed, or still to confirm. None when it was closed meanwhile."""
    day = on or clock.today()
    with transaction.atomic():
        held = GroundCheck.objects.select_for_update().filter(pk=check.pk, result="").first()
        if held is None:
            return None
        result = ground_rules.outcome(held.answers, held.yes)
        _shut(held, result, day)
        measure = Measure.objects.get(pk=held.measure_id)
        if result == CheckResult.CONFIRMED and measure.status == MeasureStatus.DELIVERED:
            _write(measure, status=MeasureStatus.VERIFIED, verified_on=day, confirmation=Confirmation.SAMPLE)
            moved(measure, StepKind.VERIFIED, None, from_status=MeasureStatus.DELIVERED, on=day)
        outbox.emit(CLOSED_TOPIC, {"check": held.pk}, key=f"{CLOSED_TOPIC}:{held.pk}")
    return result


def drop_check(measure: Measure, *, on: date) -> None:
    """The work was taken up again: what was asked about it no longer means anything. In the caller's transaction."""
    for check in GroundCheck.objects.select_for_update().filter(measure=measure, result=""):
        _shut(check, CheckResult.DROPPED, on)


def _shut(check: GroundCheck, result, day: date) -> None:
    GroundCheck.objects.filter(pk=check.pk, result="").update(result=result, closed_on=day)
    # From now on nothing says who answered.
    GroundSeat.objects.filter(check_of=check).update(has_answered=None)
