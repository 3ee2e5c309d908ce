"""What the three key holders and the organiser read of the ceremony: who did what, what is next, until when."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from . import rules
from .enums import State
from .models import Ballot, HalfOpened, KeyHolder
from .services.keys import boxes_for, halves_for


class Stage(TextChoices):
    """What a key holder has before them; read, never stored.

    ``first`` opens the first closing of the urn's key, ``second`` the last one; ``handed`` did the first, and waits.
    """

    MAKE = "make"
    REHEARSE = "rehearse"
    READY = "ready"
    WAIT = "wait"
    CLOSING = "closing"
    FIRST = "first"
    HANDED = "handed"
    SECOND = "second"
    COUNTED = "counted"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Line:
    """What one of the three has done."""

    name: str
    position: int
    has_key: bool
    rehearsed_at: datetime | None
    has_opened: bool


@dataclass(frozen=True)
class Progress:
    """Where the ceremony stands: a line for each of the three, and the sentence of what is next."""

    ballot: Ballot
    lines: list[Line]
    next: str

    @property
    def is_ready(self) -> bool:
        """Whether the three rehearsed."""
        return len(self.lines) == 3 and all(line.rehearsed_at for line in self.lines)


def progress_of(ballot: Ballot) -> Progress:
    """Who among the three has made a key, rehearsed, opened; two statements."""
    opened = set(HalfOpened.objects.filter(ballot=ballot).values_list("outer_id", flat=True))
    lines = [
        Line(
            name=one.person.get_full_name() if one.person else _("A person who left"),
            position=one.position,
            has_key=one.public_key is not None,
            rehearsed_at=one.rehearsed_at,
            has_opened=one.pk in opened,
        )
        for one in KeyHolder.objects.filter(ballot=ballot).select_related("person").order_by("position")
    ]
    return Progress(ballot, lines, _next(ballot, lines))


def _next(ballot: Ballot, lines: list[Line]) -> str:
    state = rules.state_of(ballot)
    if state == State.CANCELLED:
        return _("The ballot was called off: the urn stays closed, and its keys are destroyed.")
    if state == State.COUNTED:
        return _("The urn was opened and counted.")
    if state == State.CLOSED:
        if any(line.has_opened for line in lines):
            return _("One key holder did their part: any of the two others opens the urn, and it is counted.")
        return _("The vote is closed: two of the three open the urn, one after the other, in any order.")
    if ballot.frozen_at is not None:
        return _("Nothing to do until the vote closes.")
    left = [line for line in lines if not line.rehearsed_at]
    if left:
        return _("The ballot opens only once the three have made their key and rehearsed.")
    return _("The three have rehearsed: the ballot can open.")


def stage_of(ballot: Ballot, holder: KeyHolder, *, first: bool = False) -> Stage:
    """What this holder has before them now; ``first`` when they ask for the first lock though another opened it.

    So do they when what the other opened is broken: the third then opens the urn with them.
    """
    state = rules.state_of(ballot)
    if state == State.CANCELLED:
        return Stage.CANCELLED
    if state == State.COUNTED:
        return Stage.COUNTED
    if state == State.PREPARED:
        if holder.public_key is None:
            return Stage.MAKE
        return Stage.READY if holder.rehearsed_at else Stage.REHEARSE
    if state != State.CLOSED:
        return Stage.WAIT
    return _at_the_opening(ballot, holder, first)


def _at_the_opening(ballot: Ballot, holder: KeyHolder, first: bool) -> Stage:
    # Closed by the clock; the boxes are taken out of the urn within the minute.
    if ballot.closed_at is None:
        return Stage.CLOSING
    has_opened = HalfOpened.objects.filter(outer=holder).exists()
    if halves_for(holder) and (has_opened or not first):
        return Stage.SECOND
    return Stage.HANDED if has_opened else Stage.FIRST


def to_open(stage: Stage, holder: KeyHolder) -> list[bytes]:
    """The boxes that the holder's key opens at this stage, in the order in which what they hold is sent."""
    if stage == Stage.REHEARSE:
        return [bytes(holder.trial_box)]
    if stage == Stage.FIRST:
        return [bytes(pair.box) for pair in boxes_for(holder)]
    if stage == Stage.SECOND:
        return [bytes(half.box) for half in halves_for(holder)]
    return []
