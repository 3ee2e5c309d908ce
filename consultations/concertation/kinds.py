"""The kind of space that a unit's standing meetings live in: what an organiser chooses in the administration."""

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from src.meetings.enums import Rhythm, Weekday
from src.meetings.models import MeetingSeries
from src.meetings.rules import ACTIVITY
from src.meetings.services import open_series
from src.participation.enums import Circle, PhaseVerb
from src.participation.kinds import PlannedPhase, SpaceKind, register


def asked() -> dict:
    """How often they meet, and on which usual day; everything else has a usual answer, changed on the spot."""
    return {
        "every": forms.TypedChoiceField(
            label=_("How often they meet"), choices=Rhythm.choices, coerce=int, initial=Rhythm.QUARTER
        ),
        "weekday": forms.TypedChoiceField(
            label=_("Usual day"), choices=Weekday.choices, coerce=int, initial=Weekday.TUESDAY
        ),
    }


def set_up(space, *, actor=None, every: int, weekday: int) -> MeetingSeries:
    """Begin the meetings of the unit whose members the space is for; without one, of the unit that runs it."""
    unit = space.member_unit or space.steering_unit
    return open_series(space=space, unit=unit, actor=actor, every=every, weekday=weekday)


def lacks(space) -> list[str]:
    """A standing space is a unit's: nobody would be its member otherwise."""
    return [] if space.member_unit_id else [gettext("Say which unit meets: the members’ unit.")]


CONCERTATION = SpaceKind(
    code="concertation",
    name=_("Concertation space of a unit"),
    purpose=_("Let a unit meet regularly, say what matters, and see what becomes of it."),
    does=(
        _("Agents of the unit raise topics, under their name or a protected one, and support those of others."),
        _("The agenda, the invitation and the minutes are on one page; what was promised comes back each time."),
        _("A unit that has not met for its agreed period shows it, to its members and to its direction."),
    ),
    example=_("For example: one meeting a quarter at the depot, before the first round."),
    activity=ACTIVITY,
    process="",
    phases=(PlannedPhase(pgettext_lazy("phase", "Topics"), (PhaseVerb.PROPOSE, PhaseVerb.SUPPORT), None),),
    icon="calendar",
    circle=Circle.MEMBERS,
    fields=asked,
    set_up=set_up,
    lacks=lacks,
)

register(CONCERTATION)
