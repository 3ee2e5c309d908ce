"""Who may answer, who organises, and where a questionnaire stands: computed when asked, never stored."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.participation.enums import Circle, IdentityMode, PhaseVerb
from src.participation.limits import inside_limits, limits_of, who_may_propose
from src.participation.rules import anonymous_offered, identity_modes_offered, phases_of, takes_part
from src.participation.rules import is_open as space_is_open

from .enums import AnswerMode, State

ACTIVITY = "questionnaire"


def state_of(questionnaire, now: datetime | None = None) -> State:
    """Where it stands now; a late tick closes nothing late."""
    moment = now or clock.now()
    if questionnaire.revision is None:
        return State.PREPARED
    if questionnaire.closed_at is not None:
        # Secret answers are opened by the relay, some moments after the closing.
        return State.COUNTING if questionnaire.is_secret and not questionnaire.is_told else State.CLOSED
    if space_is_open(questionnaire.space, PhaseVerb.ANSWER, moment) and not questionnaire.space.is_draft:
        return State.OPEN
    return State.COUNTING if is_over(questionnaire, moment) else State.COMING


def is_over(questionnaire, moment: datetime) -> bool:
    """Whether its last period of answers has ended: nothing more is planned."""
    phases = [phase for phase in phases_of(questionnaire.space) if PhaseVerb.ANSWER in phase.verbs]
    return bool(phases) and all(phase.ends_at is not None and phase.ends_at <= moment for phase in phases)


def is_open(questionnaire, now: datetime | None = None) -> bool:
    """Whether answers are taken now."""
    return state_of(questionnaire, now) == State.OPEN


def until(questionnaire, now: datetime | None = None) -> datetime | None:
    """When the period of answers that runs ends; None without an end."""
    moment = now or clock.now()
    ends = [
        phase.ends_at
        for phase in phases_of(questionnaire.space)
        if PhaseVerb.ANSWER in phase.verbs and phase.starts_at <= moment and (phase.ends_at or moment) >= moment
    ]
    return max(ends) if ends and all(ends) else None


def last_day(ends: datetime | None) -> date | None:
    """The last day one may answer: a period that ends at midnight ends with the day before."""
    return timezone.localdate(ends - timedelta(seconds=1)) if ends else None


def day_of(moment: datetime | None) -> date | None:
    """The city's day of a moment."""
    return timezone.localdate(moment) if moment else None


def opens_at(questionnaire, now: datetime | None = None) -> datetime | None:
    """When the next period of answers begins, when one is planned."""
    moment = now or clock.now()
    coming = [
        phase.starts_at
        for phase in phases_of(questionnaire.space)
        if PhaseVerb.ANSWER in phase.verbs and phase.starts_at > moment
    ]
    return min(coming, default=None)


def why_not_answer(user, questionnaire) -> str:
    """The sentence for somebody who may not answer; empty for those who may, were it open."""
    viewer = as_viewer(user)
    if questionnaire.is_open_link:
        if viewer.is_authenticated:
            return _("You are signed in: sign out first. This questionnaire keeps nothing of who answers.")
        return ""
    if not takes_part(viewer, questionnaire.space):
        return _("This questionnaire is for the people of its space.")
    if not inside_limits(viewer, questionnaire.space):
        return _("Only the people concerned answer (%(who)s).") % {"who": who_may_propose(questionnaire.space)}
    return ""


def modes_offered(questionnaire) -> list[str]:
    """The ways one may answer: those the space offers, or the one way of the questionnaire."""
    if questionnaire.answer_mode != AnswerMode.IDENTITY:
        return [AnswerMode(questionnaire.answer_mode)]
    return list(identity_modes_offered(questionnaire.space))


def may_organise(user, questionnaire) -> bool:
    """Whether the person builds, opens and closes it; the same answer as ``organised_by``."""
    viewer = as_viewer(user)
    return viewer.has_role(Role.ADMINISTRATOR) or questionnaire.space_id in viewer.role_spaces(Role.FACILITATOR)


def may_use_workshop(user) -> bool:
    """Whether there is anything the person organises."""
    viewer = as_viewer(user)
    return viewer.has_role(Role.ADMINISTRATOR) or bool(viewer.role_spaces(Role.FACILITATOR))


def paper_mode(space) -> str:
    """The identity of what a sheet says: nobody's where the space allows it, else a protected name; or none."""
    if anonymous_offered(space):
        return IdentityMode.ANONYMOUS
    return IdentityMode.PROTECTED if IdentityMode.PROTECTED in identity_modes_offered(space) else ""


def why_no_sheet(questionnaire) -> str:
    """Why no sheet of paper is taken here: whoever types one reads it, and no name is asked; empty when it is."""
    space = questionnaire.space
    if questionnaire.is_secret:
        return _("Answers are secret here: a sheet, which somebody reads to type it, can't be taken.")
    if not paper_mode(space):
        return _("Answers are signed here: a sheet, which asks for no name, can't be taken.")
    if any(limit.job_family_id is not None for limit in limits_of(space)):
        return _("A sheet doesn't say its author's job: it can't be taken here.")
    return ""


def why_not_from(space, place) -> str:
    """Why sheets gathered at this place aren't taken; empty when they are.

    A sheet says nothing of its author: in a space of some units, the place where it was filled stands for them.
    """
    above = {int(part) for part in place.path.split("/") if part} if place is not None else set()
    units = {limit.unit_id for limit in limits_of(space) if limit.unit_id is not None}
    if units and not units & above:
        return _("These sheets don't come from a place concerned (%(who)s).") % {"who": who_may_propose(space)}
    if space.circle == Circle.MEMBERS and space.member_unit_id not in above:
        return _("These sheets don't come from a place of this space.")
    return ""
