"""What ballots show of a space beside its other activities, and who took part."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from src.participation.activities import ActivityCard, Participants
from src.participation.enums import ActivityPhase

from . import selectors, words
from .enums import State
from .models import Ballot, RollEntry

PHASES = {
    State.PREPARED: ActivityPhase.INFORM,
    State.READY: ActivityPhase.INFORM,
    State.OPEN: ActivityPhase.DELIBERATE,
    State.CLOSED: ActivityPhase.DELIBERATE,
    State.COUNTED: ActivityPhase.RESTITUTE,
    State.CANCELLED: ActivityPhase.RESTITUTE,
}


def cards(space, viewer) -> list[ActivityCard]:
    """The opened ballots of a space; one statement whatever their number, beside those of the gate."""
    found = selectors.with_own_part(Ballot.objects.visible_to(viewer), viewer)
    found = found.filter(space=space, frozen_at__isnull=False).order_by("opens_at", "pk")
    return [_card(card) for card in selectors.cards(found)]


def participants(space) -> Participants:
    """Who voted, to be told of what comes next; never who chose what."""
    roll = RollEntry.objects.filter(ballot__space=space, person__isnull=False)
    return Participants(user_ids=roll.values_list("person_id", flat=True).distinct().iterator())


def _card(card: selectors.Card) -> ActivityCard:
    verb, url = _("See the ballot"), card.url
    if card.state == State.COUNTED:
        verb, url = _("See the results"), f"{card.url}resultats/"
    elif card.waits:
        verb = pgettext("button", "Vote")
    return ActivityCard(
        title=card.ballot.title,
        url=card.url,
        kind_label=pgettext("activity", "Ballot"),
        phase=PHASES[card.state],
        state_label=str(card.state.label),
        tone=card.tone,
        icon=card.icon,
        verb=verb,
        verb_url=url,
        until=card.when if card.state in (State.OPEN, State.READY) else "",
        count=_("You voted") if card.voted else words.minutes_words(card.ballot.minutes) if card.waits else "",
    )
