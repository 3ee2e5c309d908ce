"""Suggestions: kept without their author, turned into an idea in one gesture, or set aside with a reason."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import clock, journal
from src.foundations.text import tidy
from src.participation import suggestions
from src.workflow.exceptions import TransitionNotAllowed

from .. import rules
from ..displays import Display
from ..enums import SuggestionState
from ..models import RatingPoint, Suggestion
from .reporting import checked


@transaction.atomic
def suggest(
    *, point: RatingPoint, text: str, language: str = "fr", display: Display | None = None, at=None
) -> Suggestion:
    """Keep a suggestion of a visitor; the same display gives the first one. Refuses a text too short or too long."""
    if not point.is_open:
        raise TransitionNotAllowed(_("This point takes no suggestions any more."))
    if display is not None and (known := Suggestion.objects.filter(display=display.kept).first()):
        return known
    return Suggestion.objects.create(
        point=point,
        text=checked(text),
        language=language,
        week=clock.week_of(at or clock.now()),
        display=display.kept if display else None,
    )


@transaction.atomic
def make_idea(*, suggestion: Suggestion, actor, box: str) -> Suggestion:
    """Turn a suggestion into an idea of a box, as anonymous: nobody wrote it here, its text alone goes.

    The room of ideas takes it through the registry, with its own promise of an answer. Refuses somebody who isn't
    correspondent there (PermissionDenied), a suggestion handled meanwhile (TransitionNotAllowed), and what the box
    refuses (ValidationError).
    """
    if not rules.may_make_idea(actor, suggestion.point):
        raise PermissionDenied(_("The correspondents of this unit make ideas of its suggestions."))
    _claim(suggestion, actor, SuggestionState.TAKEN, idea="…")
    taken = suggestions.take(actor=actor, box=box, text=suggestion.text, unit=suggestion.point.unit)
    Suggestion.objects.filter(pk=suggestion.pk).update(idea=taken.url)
    suggestion.refresh_from_db()
    journal.record(
        "ratings.suggestion_taken",
        actor=actor,
        object_ref=f"suggestion:{suggestion.reference}",
        payload={"idea": taken.reference},
    )
    return suggestion


@transaction.atomic
def set_aside(*, suggestion: Suggestion, actor, reason: str) -> Suggestion:
    """Set a suggestion aside, with the reason. Refuses as ``make_idea`` does, and an empty reason."""
    if not rules.may_handle(actor, suggestion.point):
        raise PermissionDenied(_("This suggestion belongs to another unit."))
    reason = tidy(reason, one_line=True)
    if not 3 <= len(reason) <= 200:
        raise ValidationError({"reason": _("Say in a few words why it is set aside.")})
    _claim(suggestion, actor, SuggestionState.SET_ASIDE, reason=reason)
    journal.record("ratings.suggestion_set_aside", actor=actor, object_ref=f"suggestion:{suggestion.reference}")
    return suggestion


def _claim(suggestion: Suggestion, actor, state: str, **columns) -> None:
    """Of two people at the same moment, one handles it."""
    touched = Suggestion.objects.filter(pk=suggestion.pk, state=SuggestionState.NEW).update(
        state=state, handled_on=clock.today(), handled_by=actor, **columns
    )
    if not touched:
        raise TransitionNotAllowed(_("Somebody has just handled this suggestion."))
    suggestion.refresh_from_db()
