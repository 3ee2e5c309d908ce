"""Suggestions left at a rating point become ideas here: anonymous, since nobody knows who wrote them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from src.foundations import clock
from src.participation import suggestions
from src.participation.enums import IdentityMode, PhaseVerb
from src.participation.models import Space
from src.participation.rules import anonymous_offered, is_open
from src.participation.services.contributions import Writer

from . import rules, validators
from .services.submitting import submit_idea


def boxes(actor) -> list[tuple[str, str]]:
    """Boxes that take anonymous ideas today, those the person may read; the longest standing first."""
    moment = clock.now()
    spaces = Space.objects.visible_to(actor).prefetch_related("phases").order_by("pk")
    return [(space.slug, space.name) for space in spaces if _takes(space, moment)]


def _takes(space, moment) -> bool:
    collects = rules.ACTIVITY in space.activities and space.process_id is not None
    plain = not (space.chosen_count or space.cohort_seats)
    return collects and plain and anonymous_offered(space) and is_open(space, PhaseVerb.PROPOSE, moment)


def take(*, actor, box: str, text: str, unit) -> suggestions.Taken:
    """Submit the text as an anonymous idea for the unit's direction, and say where it was left.

    Its promise of an answer begins like any other's. Refuses a box the person isn't offered.
    """
    space = Space.objects.filter(slug=box).first()
    if space is None or box not in dict(boxes(actor)):
        raise ValidationError(_("Choose a box that takes ideas today."))
    left = _("Left as a suggestion by somebody who was received here: %(place)s.") % {"place": unit.name}
    title = validators.title_from(text)
    if len(title) < validators.TITLE_MIN:
        title = _("Suggestion: %(words)s") % {"words": title}
    receipt = submit_idea(
        writer=Writer(),
        space=space,
        body=f"{text}\n\n{left}",
        title=title[: validators.TITLE_MAX],
        identity_mode=IdentityMode.ANONYMOUS,
        direction=unit.direction,
    )
    return suggestions.Taken(receipt.reference, receipt.url)


def register() -> None:
    """Tell the floor below that ideas take suggestions."""
    suggestions.register_taker(suggestions.Taker(boxes, take))
