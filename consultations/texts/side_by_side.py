"""What texts show of a space beside its other activities, and who contributed."""

from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.participation.activities import ActivityCard, Participants
from src.participation.enums import ActivityPhase, IdentityMode

from . import rules, selectors
from .enums import TextState
from .models import ReformText, UnitContribution

PHASES = {
    TextState.COMING: ActivityPhase.INFORM,
    TextState.OPEN: ActivityPhase.COLLECT,
    TextState.STUDIED: ActivityPhase.DELIBERATE,
    TextState.CLOSED: ActivityPhase.RESTITUTE,
}


def cards(space, viewer) -> list[ActivityCard]:
    """The published texts of a space; four statements whatever their number."""
    viewer = as_viewer(viewer)
    found = list(
        ReformText.objects.visible_to(viewer).published().filter(space=space).for_pages().order_by("created_at", "pk")
    )
    for one in found:
        # One space for all: what is read of it is read once.
        one.space = space
    return [_card(card, viewer) for card in selectors.cards(found)]


def participants(space) -> Participants:
    """Who contributed: accounts of signed contributions, handles of protected ones."""
    found = UnitContribution.objects.filter(unit__version__text__space=space, is_withdrawn=False)
    return Participants(
        user_ids=found.filter(author__isnull=False).values_list("author_id", flat=True).distinct().iterator(),
        handles=found.filter(identity_mode=IdentityMode.PROTECTED).values_list("handle", flat=True).iterator(),
    )


def _card(card: selectors.Card, viewer) -> ActivityCard:
    text, state = card.text, card.state
    has_changes = text.current.number > 1
    if state == TextState.OPEN and not (viewer.is_authenticated and rules.why_not_contribute(viewer, text)):
        verb, verb_url = _("Read and contribute"), card.url
    elif has_changes:
        verb, verb_url = _("See what changed"), selectors.url("changes", text, version=text.current.number)
    else:
        verb, verb_url = _("Read the text"), card.url
    return ActivityCard(
        title=text.title,
        url=card.url,
        kind_label=_("Reform text"),
        phase=PHASES[state],
        state_label=str(state.label),
        tone=card.tone,
        icon=card.icon,
        verb=verb,
        verb_url=verb_url,
        until=card.when if state == TextState.OPEN else "",
        count=card.said if card.count else "",
    )
