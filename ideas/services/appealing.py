"""The author's one appeal against a "no" or a "later": studied again, and answered by somebody else within 30 days."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from src.workflow.enums import Actor, StageKind

from .. import validators
from ..rules import REFUSED
from .hearing import answered_by
from .steps import move


def appeal_answer(*, idea, actor, text: str, at=None):
    """Ask for the answer to be looked at again, with what is new; by name, by handle or by code.

    The idea returns to the study, a new answer is owed within 30 days, and the one given stays readable. Refuses
    somebody else (PermissionDenied), no text (ValidationError), another answer than "no" and "later", and a second
    appeal (TransitionNotAllowed, with a sentence).
    """
    try:
        text = validators.clean_statement(text, largest=validators.BODY_MAX)
    except ValidationError as error:
        raise ValidationError({"text": error})
    return move(idea, "appeal", actor=actor, data={"text": text}, at=at)


def appeal_once(idea, viewer, data) -> str | None:
    """Guard: one appeal an idea. The database refuses a second one too."""
    if appeals_of(idea).exists():
        return _("You already appealed against an answer to this idea: the answer given since is the last.")
    return None


def appeals_of(idea):
    """The passages by which the author appealed: one at most."""
    return idea.journal.filter(from_kind__in=REFUSED, to_kind=StageKind.IN_REVIEW, actor_role=Actor.AUTHOR)


def answered_before(idea) -> set[int]:
    """Who signed or drafted an announced answer to the idea, since its last "later" came back on its own date."""
    return answered_by([idea])[idea.pk]


def another_decider(idea, viewer) -> str | None:
    """Why this person doesn't answer again: they gave, or drafted, the answer that is looked at again."""
    if viewer is None or viewer.user_id not in answered_before(idea):
        return None
    if appeals_of(idea).exists():
        return _("You gave the first answer to this idea: somebody else answers the appeal.")
    return _("You gave the answer to this idea that is looked at again: somebody else answers this time.")
