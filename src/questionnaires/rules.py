"""Who may answer, who organises, and where a questionnaire stands: computed when asked, never stored."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.participation.enums import PhaseVerb
from src.participation.limits import inside_limits, who_may_propose
from src.participation.rules import identity_modes_offered, phases_of, takes_part
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
