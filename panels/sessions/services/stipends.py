"""Half-days to pay: they follow presence, two people validate them, a file takes them away, once.

The lines of one half-day of one member: the first pays; when somebody turns out not to have been there after it was
sent, the second takes it back; and so on. Only the last may wait, so that what was sent is one half-day or nothing.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from panels.enums import WORKING
from panels.models import Panel
from panels.services.preparing import WrongState
from panels.services.preparing import hold as hold_panel
from panels.services.recording import record
from src.foundations import clock

from .. import rules
from ..enums import SessionState, StipendState
from ..models import Attendance, Session, StipendExport, StipendLine, StipendRate
from .planning import hold

# Until a panel says otherwise: 50 €.
DEFAULT_CENTS = 5000
MOST_CENTS = 100_000


def rate_on(panel: Panel, day: datetime.date) -> int:
    """What a half-day of that day is paid, in cents."""
    found = StipendRate.objects.filter(panel=panel, from_on__lte=day).order_by("-from_on").first()
    return DEFAULT_CENTS if found is None else found.cents


@transaction.atomic
def set_rate(*, actor, panel: Panel, cents: int, from_on: datetime.date) -> StipendRate:
    """Write a new rate, for sessions from a day to come on. Organisers. Refuses today and before."""
    held = hold_panel(panel, *WORKING)
    rules.refuse_unless(rules.may_organise(actor, held))
    if not 0 <= cents <= MOST_CENTS:
        raise ValidationError({"cents": _("Between 0 and 1,000 euros.")})
    if from_on <= clock.today():
        raise ValidationError({"from_on": _("A rate holds from a day to come: choose tomorrow or later.")})
    if StipendRate.objects.filter(panel=held, from_on=from_on).exists():
        raise ValidationError({"from_on": _("A rate is already written from that day: choose another one.")})
    made = StipendRate.objects.create(panel=held, cents=cents, from_on=from_on)
    record("stipend_rate", held, actor=actor, payload={"cents": cents, "from": from_on.isoformat()})
    return made


def follow_presence(attendance: Attendance) -> None:
    """Have the lines of a half-day say what presence says, in the caller's transaction, under the session's lock.

    A line that waits is dropped; one that left is followed by a line that takes it back.
    """
    lines = StipendLine.objects.filter(
        membership_id=attendance.membership_id, session_id=attendance.session_id, half_day=attendance.half_day
    )
    last = lines.order_by("-rank").first()
    is_paid_for = last is not None and not last.is_reversal
    if is_paid_for == attendance.is_present:
        return
    if last is not None and not last.is_gone:
        last.delete()
        return
    session = attendance.session
    cents = -last.cents if is_paid_for else rate_on(session.panel, session.day)
    if cents == 0:
        return
    StipendLine.objects.create(
        membership_id=attendance.membership_id,
        session_id=attendance.session_id,
        half_day=attendance.half_day,
        rank=last.rank + 1 if last else 1,
        cents=cents,
        made_at=clock.now(),
    )


@transaction.atomic
def validate(*, actor, session: Session) -> tuple[int, int]:
    """Sign the half-days of a session that wait; the second signature, by somebody else, validates them.

    Answers how many were signed first, and how many are validated now. Refuses before the session is held, somebody
    who sits on the panel, and to sign alone twice.
    """
    held = hold(session, SessionState.HELD)
    rules.refuse_unless(rules.may_sign_stipends(actor, held.panel))
    user, now = getattr(actor, "user", actor), clock.now()
    waiting = StipendLine.objects.filter(session=held, state=StipendState.DUE)
    second = waiting.filter(first_at__isnull=False).exclude(first_by=user)
    validated = second.update(state=StipendState.VALIDATED, second_by=user, second_at=now)
    first = waiting.filter(first_at__isnull=True).update(first_by=user, first_at=now)
    if not first and not validated:
        if waiting.exists():
            raise WrongState(_("You signed these half-days: somebody else of the team signs after you."), code="alone")
        raise WrongState(_("Nothing waits for a signature."), code="state")
    record(
        "stipends_signed", held.panel, actor=actor, about=f"session:{held.number}",
        payload={"first": first, "validated": validated}, at_once=True,
    )  # fmt: skip
    return first, validated


@transaction.atomic
def export(*, actor, panel: Panel) -> StipendExport:
    """Take away in one batch every validated half-day not sent yet. Organisers. Refuses when there is none.

    Pressed twice, the second finds nothing: a line is in one batch.
    """
    held = hold_panel(panel)
    rules.refuse_unless(rules.may_organise(actor, held))
    ready = StipendLine.objects.filter(session__panel=held, state=StipendState.VALIDATED)
    ids = list(ready.select_for_update().values_list("pk", flat=True))
    if not ids:
        raise WrongState(_("Nothing is validated and not sent yet."), code="state")
    total = StipendLine.objects.filter(pk__in=ids).aggregate(total=Sum("cents"))["total"]
    last = StipendExport.objects.filter(panel=held).aggregate(last=Max("number"))["last"] or 0
    made = StipendExport.objects.create(
        panel=held,
        number=last + 1,
        lines_count=len(ids),
        cents=total,
        made_by=getattr(actor, "user", actor),
        made_at=clock.now(),
    )
    taken = StipendLine.objects.filter(pk__in=ids, state=StipendState.VALIDATED, export__isnull=True).update(
        state=StipendState.EXPORTED, export=made
    )
    if taken != len(ids):
        raise WrongState(_("Somebody has just sent these half-days: read again."), code="state")
    record(
        "stipends_exported", held, actor=actor, about=f"stipends:{made.number}",
        payload={"lines": made.lines_count, "cents": made.cents}, at_once=True,
    )  # fmt: skip
    return made


@transaction.atomic
def mark_paid(*, actor, batch: StipendExport, paid_on: datetime.date) -> StipendExport:
    """Write the day a batch was paid; once. Organisers. Refuses a day before it was sent, or to come."""
    held = StipendExport.objects.select_for_update(of=("self",)).select_related("panel").get(pk=batch.pk)
    rules.refuse_unless(rules.may_organise(actor, held.panel))
    if held.paid_on is not None:
        raise WrongState(_("This batch is already marked as paid."), code="state")
    if not timezone.localtime(held.made_at).date() <= paid_on <= clock.today():
        raise ValidationError({"paid_on": _("Between the day it was sent and today.")})
    held.paid_on = paid_on
    held.save(update_fields=["paid_on"])
    held.lines.filter(state=StipendState.EXPORTED).update(state=StipendState.PAID)
    record("stipends_paid", held.panel, actor=actor, about=f"stipends:{held.number}", at_once=True)
    return held


def payroll(batch: StipendExport) -> list[tuple[int, str, int, int]]:
    """What the file of a batch says, a line a member: number, badge, half-days, cents."""
    found: dict[int, list] = {}
    rows = batch.lines.select_related("membership").order_by("membership__number", "pk")
    for one in rows:
        row = found.setdefault(one.membership.number, [one.membership.label, 0, 0])
        row[1] += -1 if one.is_reversal else 1
        row[2] += one.cents
    return [(number, *row) for number, row in found.items()]
