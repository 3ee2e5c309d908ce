"""The first human reading of an idea: accept it, ask its author, or take it off the page with a reason."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock
from src.participation.services.moderation import check_removal
from src.workflow.enums import StageKind

from .. import rules, validators
from ..models import Idea
from .steps import move


def screen(*, idea, actor, at=None):
    """Accept an idea at screening: it waits to be oriented."""
    return move(idea, "", actor=actor, from_kind=StageKind.SUBMITTED, to_kind=StageKind.OPEN, at=at)


def ask_author(*, idea, actor, text, at=None):
    """Ask the author one question; the promised date is paused until they answer, 15 days at most."""
    return move(
        idea,
        "question",
        actor=actor,
        data={"text": _stated("text", text, validators.QUESTION_MAX)},
        at=at,
    )


def remove(*, idea, actor, reason_code, text, at=None):
    """Take an idea off the page: only its author and the moderators still read it, with the reason.

    Writes the decision of the moderation, to which the author may object (``moderating.note_removal``).
    """
    data = {"reason_code": str(reason_code), "text": check_removal(reason_code, text)}
    return move(idea, "reason", actor=actor, data=data, to_kind=StageKind.REMOVED, at=at)


def mark_first_reading(*, idea, actor, on=None) -> bool:
    """Note who read the idea first, and the day; True the first time. Refuses somebody who doesn't work on it."""
    viewer = as_viewer(actor)
    if not rules.can(viewer, "see_workshop", idea):
        raise PermissionDenied(_("Only the people who work on this idea mark its first reading."))
    day = on or clock.today()
    marked = Idea.objects.filter(pk=idea.pk, first_read_on__isnull=True).update(
        first_read_on=day, first_read_by=viewer.user
    )
    if marked:
        idea.first_read_on, idea.first_read_by = day, viewer.user
    return bool(marked)


def note_reading(idea, transition, viewer, data, entry) -> None:
    """Effect of each step somebody takes for the City: taking it is a reading."""
    if viewer is not None and idea.first_read_on is None and not idea.is_of(viewer):
        day = timezone.localdate(entry.at)
        Idea.objects.filter(pk=idea.pk, first_read_on__isnull=True).update(
            first_read_on=day, first_read_by=viewer.user
        )
        idea.first_read_on, idea.first_read_by = day, viewer.user


def _stated(field: str, text: str, largest: int = validators.STATEMENT_MAX) -> str:
    try:
        return validators.clean_statement(text, largest=largest)
    except ValidationError as error:
        raise ValidationError({field: error})
