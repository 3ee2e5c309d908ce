"""Who may follow, and who goes along with those whose attempts are past."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock

from .enums import QuizDoor

TRAINER = Role.TRAINER


def may_learn(user) -> bool:
    """Agents follow trainings."""
    return as_viewer(user).is_agent


def may_go_along(user) -> bool:
    """Trainers see a quiz again with those whose last attempt is past, in the units where they hold the role."""
    return as_viewer(user).has_role(TRAINER)


def may_go_along_with(user, agent) -> bool:
    """The same for one person; never oneself."""
    viewer = as_viewer(user)
    affectation = agent.current_affectation
    path = affectation.unit.path if affectation else ""
    return viewer.user_id != agent.pk and viewer.has_role(TRAINER, unit_path=path)


def refuse_unless(allowed: bool) -> None:
    """Raise PermissionDenied when a rule doesn't hold."""
    if not allowed:
        raise PermissionDenied(_("This is not yours to do."))


def quiz_door(progress, rule: dict, attempts) -> tuple[QuizDoor, datetime | None]:
    """What can be done with a quiz now, and from when when it is a pause. ``attempts``: all of them, in order."""
    if progress is not None and progress.is_done:
        return QuizDoor.DONE, None
    if any(one.is_under_way for one in attempts):
        return QuizDoor.UNDER_WAY, None
    if len(attempts) >= rule["max_attempts"]:
        return QuizDoor.TOGETHER, None
    if attempts:
        until = attempts[-1].submitted_at + timedelta(hours=rule["cool_down_hours"])
        if clock.now() < until:
            return QuizDoor.COOLING, until
    return QuizDoor.READY, None
