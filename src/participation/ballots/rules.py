"""Who may vote, organise, hold a key; where a ballot stands by its dates; when it may close."""

from datetime import UTC, datetime

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock

from .enums import Method, State
from .models import Ballot, Elector, KeyHolder, RollEntry
from .models.ballot import LEAST_OPEN, MOST_EUROS

ACTIVITY = "ballots"
# Closing hours: whoever works nights or weekends votes at theirs, and is never the one for whom it closes.
FIRST_HOUR, LAST_HOUR = 8, 20
# A secret vote of fewer could be guessed (design, trust 2.2).
LEAST_SECRET_ELECTORS = 20
# Under this many votes no figure is told.
LEAST_BALLOTS = 11
EMBEDDED_SECRET_ELECTORS = 500
MOST_NUMBER = 99


def state_of(ballot, now: datetime | None = None) -> State:
    """Where it stands now; a late tick changes nothing."""
    moment = now or clock.now()
    if ballot.cancelled_at is not None:
        return State.CANCELLED
    if ballot.counted_at is not None:
        return State.COUNTED
    if ballot.frozen_at is None:
        return State.PREPARED
    if ballot.closed_at is not None or moment >= ballot.closes_at:
        return State.CLOSED
    return State.OPEN if moment >= ballot.opens_at else State.READY


def is_open(ballot, now: datetime | None = None) -> bool:
    """Whether votes are cast now."""
    return state_of(ballot, now) == State.OPEN


def is_elector(user, ballot) -> bool:
    """Whether the person is on the frozen list; one statement."""
    viewer = as_viewer(user)
    return viewer.is_authenticated and Elector.objects.filter(ballot=ballot, person_id=viewer.user_id).exists()


def has_voted(user, ballot) -> bool:
    """Whether the person is on the roll, by whatever channel; one statement."""
    viewer = as_viewer(user)
    return viewer.is_authenticated and RollEntry.objects.filter(ballot=ballot, person_id=viewer.user_id).exists()


def may_organise(user, ballot) -> bool:
    """Whether the person prepares it, opens it, has it counted; the same answer as ``organised_by``."""
    viewer = as_viewer(user)
    return viewer.has_role(Role.ADMINISTRATOR) or ballot.space_id in viewer.role_spaces(Role.FACILITATOR)


def looks_after_papers(user, ballot) -> bool:
    """Whether people of the places that the person looks after may vote on paper in it; the answer of ``at_desk``."""
    viewer = as_viewer(user)
    return viewer.has_role(Role.FACILITATOR) and Ballot.objects.at_desk(viewer).filter(pk=ballot.pk).exists()


def may_use_workshop(user) -> bool:
    """Whether there is anything the person organises."""
    viewer = as_viewer(user)
    return viewer.has_role(Role.ADMINISTRATOR) or bool(viewer.role_spaces(Role.FACILITATOR))


def key_holder_of(user, ballot) -> KeyHolder | None:
    """The part of the person among those who hold the keys, or None."""
    viewer = as_viewer(user)
    if not viewer.is_authenticated:
        return None
    return KeyHolder.objects.filter(ballot=ballot, person_id=viewer.user_id).first()


def faults_of_dates(opens_at: datetime, closes_at: datetime, now: datetime | None = None) -> dict[str, str]:
    """What is wrong with the dates of a ballot, by field; empty when they hold.

    Open for 72 hours at least, closing on a working day between 8:00 and 20:00, so that no shift finds it closed
    before its turn came (design, ideas, advance 7).
    """
    moment = now or clock.now()
    # In one time: two moments of the city's are compared by what the wall says, an hour off on two nights a year.
    opens_at, closes_at = opens_at.astimezone(UTC), closes_at.astimezone(UTC)
    faults = {}
    if opens_at <= moment:
        faults["opens_at"] = _("This moment is past: choose a later one.")
    if closes_at < opens_at + LEAST_OPEN:
        faults["closes_at"] = _(
            "A vote stays open for 72 hours at least, so that people of every shift can take part."
        )
    elif not closes_when_people_work(closes_at):
        faults["closes_at"] = _(
            "A vote closes on a working day, between 8:00 and 20:00: neither at night, nor on a weekend or a holiday."
        )
    return faults


def faults_of_numbers(ballot) -> dict[str, str]:
    """What is wrong with the numbers of the rules, by field; empty when they hold."""
    faults = {}
    if ballot.method == Method.EQUAL_SHARES and not ballot.budget:
        faults["budget"] = _("Write the budget to share, in euros.")
    if (ballot.budget or 0) > MOST_EUROS:
        faults["budget"] = _("This budget is too high: write it in euros.")
    for name in ("most_choices", "seats", "minutes"):
        if not 1 <= (getattr(ballot, name) or 0) <= MOST_NUMBER:
            faults[name] = _("Write a number between 1 and %(most)d.") % {"most": MOST_NUMBER}
    if ballot.quorum_percent is not None and not 1 <= ballot.quorum_percent <= 100:
        faults["quorum_percent"] = _("Write a share between 1 and 100, or nothing.")
    return faults


def closes_when_people_work(closes_at: datetime) -> bool:
    """Whether a moment is on a working day, between the first and the last hour, in the city's time."""
    local = timezone.localtime(closes_at)
    minutes = local.hour * 60 + local.minute
    within = FIRST_HOUR * 60 <= minutes <= LAST_HOUR * 60
    return within and clock.is_working_day(local.date())


def most_secret_electors() -> int | None:
    """The largest electorate of a secret vote here; None where nothing bounds it."""
    return EMBEDDED_SECRET_ELECTORS if connection.vendor == "sqlite" else None


def needs_seats(method: str) -> bool:
    """Whether the organiser says how many proposals are retained."""
    return method in (Method.APPROVAL, Method.GRADES)
