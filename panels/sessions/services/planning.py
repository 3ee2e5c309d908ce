"""A session from its preparation to its day: written, announced, moved, held or cancelled; its agenda."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from panels.enums import WORKING
from panels.models import Panel
from panels.services.preparing import WrongState
from panels.services.preparing import hold as hold_panel
from panels.services.recording import record
from src.foundations import clock

from .. import rules
from ..enums import SESSION_MOVES, ItemKind, SessionState
from ..models import AgendaItem, Session
from . import telling

FIELDS = ("title", "starts_at", "ends_at", "place", "remote_url", "half_days")
# A change of these is sent to calendars.
CALENDAR = ("title", "starts_at", "ends_at", "place", "remote_url")


def hold(session: Session, *states: str) -> Session:
    """The session as it is now, held until the end of the transaction; refuses another state than these."""
    held = Session.objects.select_for_update(of=("self",)).select_related("panel").get(pk=session.pk)
    if states and held.state not in states:
        raise WrongState(
            _("This session is at “%(state)s”: this can’t be done now.") % {"state": held.get_state_display()},
            code="state",
        )
    return held


@transaction.atomic
def prepare_session(
    *,
    actor,
    panel: Panel,
    title: str,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    place: str = "",
    remote_url: str = "",
    half_days: int = 2,
) -> Session:
    """Begin to prepare a session: members know nothing of it yet. Organisers and facilitators.

    Refuses an end before its beginning, on another day, and neither place nor link.
    """
    held = hold_panel(panel, *WORKING)
    rules.refuse_unless(rules.may_run(actor, held))
    last = Session.objects.filter(panel=held).aggregate(last=Max("number"))["last"] or 0
    made = Session(
        panel=held,
        number=last + 1,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        remote_url=remote_url,
        half_days=half_days,
        changed_at=clock.now(),
    )
    _check(made)
    made.save()
    record("session_prepared", held, actor=actor, about=f"session:{made.number}")
    return made


def _check(session: Session) -> None:
    if session.ends_at <= session.starts_at:
        raise ValidationError({"ends_at": _("It ends after it begins.")})
    if session.ends_at - session.starts_at > datetime.timedelta(hours=16):
        raise ValidationError({"ends_at": _("A session lasts one day: prepare another one for the next day.")})
    if not session.place and not session.remote_url:
        raise ValidationError({"place": _("Say where it takes place, or give a link to follow it.")})
    session.full_clean(exclude=["panel"], validate_constraints=False)


@transaction.atomic
def change_session(*, actor, session: Session, **fields) -> Session:
    """Write a session again. Announced, its members are told of another day, hour or place, and calendars follow.

    Refuses once it is held or cancelled.
    """
    held = hold(session, SessionState.PREPARED, SessionState.ANNOUNCED)
    rules.refuse_unless(rules.prepares(actor, held.panel))
    if unknown := set(fields) - set(FIELDS):
        raise ValidationError(", ".join(sorted(unknown)))
    before = {name: getattr(held, name) for name in FIELDS}
    for name, value in fields.items():
        setattr(held, name, value)
    _check(held)
    if before["half_days"] > held.half_days and held.attendances.filter(half_day__gt=held.half_days).exists():
        raise ValidationError({"half_days": _("Somebody’s presence is already written for the afternoon.")})
    is_moved = held.is_announced and any(before[name] != getattr(held, name) for name in CALENDAR)
    if is_moved:
        held.sequence += 1
    held.changed_at = clock.now()
    held.save()
    if is_moved:
        telling.changed(held, "moved")
    record("session_changed", held.panel, actor=actor, about=f"session:{held.number}")
    return held


@transaction.atomic
def announce(*, actor, session: Session) -> Session:
    """Tell members of a session: their page, a message, their calendar. Refuses one without agenda, or past."""
    held = hold(session, SessionState.PREPARED)
    rules.refuse_unless(rules.prepares(actor, held.panel))
    if not held.agenda.exists():
        raise WrongState(_("Write the agenda first: members read it with the day."), code="agenda")
    if held.ends_at <= clock.now():
        raise WrongState(_("This day is past: choose another one first."), code="past")
    held.announced_at = clock.now()
    _move(held, SessionState.ANNOUNCED, actor, "session_announced", announced_at=held.announced_at)
    telling.changed(held, "announced")
    return held


@transaction.atomic
def mark_held(*, actor, session: Session) -> Session:
    """Say that a session took place. From then on its half-days are validated. Refuses before it begins."""
    held = hold(session, SessionState.ANNOUNCED)
    rules.refuse_unless(rules.prepares(actor, held.panel))
    if held.starts_at > clock.now():
        raise WrongState(_("This session hasn’t begun."), code="early")
    return _move(held, SessionState.HELD, actor, "session_held")


@transaction.atomic
def cancel(*, actor, session: Session, because: str) -> Session:
    """Cancel a session, and say why to those who were told of it; calendars take it away.

    Refuses without a reason, and once somebody was there.
    """
    held = hold(session, SessionState.PREPARED, SessionState.ANNOUNCED)
    rules.refuse_unless(rules.prepares(actor, held.panel))
    if not because.strip():
        raise ValidationError({"because": _("Say why it is cancelled: members read it.")})
    if held.attendances.filter(is_present=True).exists():
        raise WrongState(_("Somebody was there: this session took place."), code="held")
    was_told = held.is_announced
    held.cancelled_because = because.strip()
    held.sequence += 1
    _move(
        held,
        SessionState.CANCELLED,
        actor,
        "session_cancelled",
        cancelled_because=held.cancelled_because,
        sequence=held.sequence,
    )
    if was_told:
        telling.changed(held, "cancelled")
    return held


def _move(held: Session, state: str, actor, verb: str, **columns) -> Session:
    if state not in SESSION_MOVES[SessionState(held.state)]:
        raise WrongState(_("This session has moved on: read it again."), code="state")
    held.changed_at = clock.now()
    columns["changed_at"] = held.changed_at
    if not Session.objects.filter(pk=held.pk, state=held.state).update(state=state, **columns):
        raise WrongState(_("This session has moved on: read it again."), code="state")
    held.state = state
    record(verb, held.panel, actor=actor, about=f"session:{held.number}")
    return held


@transaction.atomic
def add_item(
    *, actor, session: Session, at: datetime.time, title: str, kind: str = ItemKind.TOGETHER, words: str = ""
) -> AgendaItem:
    """Add a moment to the agenda. Refuses once the session is held or cancelled, and an hour outside of it."""
    held = hold(session, SessionState.PREPARED, SessionState.ANNOUNCED)
    rules.refuse_unless(rules.prepares(actor, held.panel))
    last = held.agenda.aggregate(last=Max("position"))["last"] or 0
    made = AgendaItem(session=held, position=last + 1, at=at, title=title, kind=kind, words=words)
    _check_item(made)
    made.save()
    return made


@transaction.atomic
def change_item(*, actor, item: AgendaItem, **fields) -> AgendaItem:
    """Write a moment again; refuses what ``add_item`` refuses."""
    held = hold(item.session, SessionState.PREPARED, SessionState.ANNOUNCED)
    rules.refuse_unless(rules.prepares(actor, held.panel))
    item.session = held
    for name in {"at", "title", "kind", "words"} & set(fields):
        setattr(item, name, fields[name])
    _check_item(item)
    item.save()
    return item


@transaction.atomic
def remove_item(*, actor, item: AgendaItem) -> None:
    """Take a moment away. Refuses the last one of a session that was announced."""
    held = hold(item.session, SessionState.PREPARED, SessionState.ANNOUNCED)
    rules.refuse_unless(rules.prepares(actor, held.panel))
    if held.is_announced and not held.agenda.exclude(pk=item.pk).exists():
        raise WrongState(_("Members were told of this agenda: write another moment first."), code="agenda")
    AgendaItem.objects.filter(pk=item.pk).delete()


def _check_item(item: AgendaItem) -> None:
    if item.kind not in ItemKind.values:
        raise ValidationError({"kind": _("Choose in the list.")})
    if not item.title:
        raise ValidationError({"title": _("Write what happens then.")})
    first, last = clock_of(item.session.starts_at), clock_of(item.session.ends_at)
    if first <= last and not first <= item.at <= last:
        raise ValidationError(
            {
                "at": _("The session goes from %(first)s to %(last)s.")
                % {"first": first.strftime("%H:%M"), "last": last.strftime("%H:%M")}
            }
        )


def clock_of(moment: datetime.datetime) -> datetime.time:
    """The hour of a moment in the city."""
    return timezone.localtime(moment).time().replace(second=0, microsecond=0)
