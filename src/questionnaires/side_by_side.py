"""What questionnaires show of a space beside its other activities, and who answered."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from src.directory.viewer import as_viewer
from src.participation.activities import ActivityCard, Participants
from src.participation.enums import ActivityPhase, IdentityMode

from . import rules, selectors, words
from .enums import State
from .models import AnswerSet, Questionnaire

PHASES = {
    State.COMING: ActivityPhase.INFORM,
    State.OPEN: ActivityPhase.COLLECT,
    State.COUNTING: ActivityPhase.DELIBERATE,
    State.CLOSED: ActivityPhase.RESTITUTE,
}


def cards(space, viewer) -> list[ActivityCard]:
    """The published questionnaires of a space; five statements whatever their number."""
    viewer = as_viewer(viewer)
    found = (
        Questionnaire.objects.visible_to(viewer)
        .filter(space=space, revisions__published_at__isnull=False)
        .distinct()
        .for_pages()
        .order_by("created_at", "pk")
    )
    found = list(found)
    for one in found:
        # One space for all: what is read of it is read once.
        one.space = space
    barred = bool(found) and viewer.is_authenticated and bool(rules.why_not_answer(viewer, found[0]))
    return [_card(card, barred) for card in selectors.cards(viewer, found)]


def participants(space) -> Participants:
    """Who answered: accounts of signed answers, handles of protected ones."""
    sets = AnswerSet.objects.filter(questionnaire__space=space)
    return Participants(
        user_ids=sets.filter(author__isnull=False).values_list("author_id", flat=True).distinct().iterator(),
        handles=sets.filter(identity_mode=IdentityMode.PROTECTED).values_list("handle", flat=True).iterator(),
    )


def _card(card: selectors.Card, barred: bool) -> ActivityCard:
    one, state = card.questionnaire, State(card.state)
    verb, verb_url = _verb(card, state, barred)
    until = words.until_words(card.until) if state == State.OPEN else ""
    return ActivityCard(
        title=one.title,
        url=card.url,
        kind_label=_("Questionnaire"),
        phase=PHASES[state],
        state_label=str(state.label),
        tone=card.tone,
        icon=card.icon,
        verb=verb,
        verb_url=verb_url,
        until=_("Until %(moment)s") % {"moment": until} if until else "",
        # While it is open nothing is counted; closed, what its results tell.
        count=selectors.answered_words(one.release) if state == State.CLOSED else card.minutes,
    )


def _verb(card: selectors.Card, state: State, barred: bool) -> tuple[str, str]:
    if state == State.CLOSED:
        return _("See the results"), f"{card.url}resultats/"
    if state == State.OPEN and not barred:
        return (_("Read my answers again") if card.answered else pgettext("questionnaire", "Answer")), card.url
    return _("See what is asked"), card.url
