"""The memory of refusals: what would change an answer, what came of it, and the conditions that staff watch."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from src.accountability.enums import REFUSALS, ConditionKind, Outcome
from src.accountability.models import Decision, ReopeningCondition
from src.directory.viewer import as_viewer
from src.foundations import clock, keyset, together
from src.participation.small_numbers import Cell, publishable
from src.search.selectors import matching
from src.workflow.enums import Actor

from .. import rules
from ..models import Idea, IdeaSupport, ReopeningAnswer, ReopeningRound, RoundState, Wish
from ..services.reopening import BY_PROMISED_DAY, BY_SUPPORTERS
from .hearing import hearing_sentence
from .story import Answer, answers_before

# A condition is worth looking at from so long before its day.
SOON = timedelta(days=30)
PAGE = 20
# Where the totals of a round are told.
ADDRESSES = ("idees/<idea_reference:reference>/", "idees/<idea_reference:reference>/rouvrir/")
WATCHED, SOON_DUE, ASKED, MET = "watched", "soon", "asked", "met"
STATES = {
    WATCHED: lambda: Q(met_on__isnull=True),
    SOON_DUE: lambda: Q(met_on__isnull=True, due_on__lte=clock.today() + SOON),
    ASKED: lambda: Q(round__state=RoundState.OPEN),
    MET: lambda: Q(met_on__isnull=False),
}


@dataclass(frozen=True, kw_only=True)
class Totals:
    """What a closed round may tell: under the smallest number nothing; a side too small goes with the other."""

    answers: int
    yes: int
    no: int


@dataclass(frozen=True, kw_only=True)
class RoundView:
    """The question put once a condition is met, and what came of it."""

    round: ReopeningRound
    # The page of the question: that of the idea answered, when others joined it.
    url: str
    is_open: bool
    ends_on: date
    closed_on: date | None
    state: str
    result: str
    totals: Totals | None
    # The smallest number, when the answers are fewer: the page says why no total is there.
    hidden_under: int
    # The viewer is asked, and what they said so far.
    asks_me: bool
    my_wish: str


@dataclass(frozen=True, kw_only=True)
class ConditionView:
    """One condition of an answer, as everybody who sees the idea reads it."""

    condition: ReopeningCondition
    kind_label: str
    words: str
    due_on: date | None
    met_on: date | None
    met_by: str
    met_text: str
    round: RoundView | None


@dataclass(frozen=True, kw_only=True)
class ReopenedView:
    """Why a refusal is being looked at again, or was: a condition met, or its own date."""

    by_supporters: bool
    text: str
    on: date
    is_open: bool
    # Who answers it, where it isn't somebody of the unit that has it in hand.
    hearing: str = ""


@dataclass(frozen=True, kw_only=True)
class EarlierAnswer:
    """An answer given before the one that stands, and what became of its conditions."""

    answer: Answer
    conditions: list[ConditionView]


@dataclass(frozen=True, kw_only=True)
class WatchedCondition:
    """A line of the staff's list."""

    condition: ReopeningCondition
    idea: Idea
    kind_label: str
    outcome_label: str
    is_due: bool
    round: ReopeningRound | None
    # The viewer answers for the direction: they may say that it is met.
    may_meet: bool


@dataclass(frozen=True, kw_only=True)
class WatchedPage:
    rows: list[WatchedCondition]
    next_cursor: str
    previous_cursor: str


def conditions_of(answer, idea, viewer) -> list[ConditionView]:
    """The conditions of a "no" or a "later", in their order. One statement, one more while a question is put."""
    if answer is None or answer.outcome not in REFUSALS:
        return []
    viewer = as_viewer(viewer)
    found = ReopeningCondition.objects.filter(decision=answer.decision).select_related("met_by", "round")
    return [
        ConditionView(
            condition=condition,
            kind_label=str(ConditionKind(condition.kind).label),
            words=condition.words,
            due_on=condition.due_on,
            met_on=condition.met_on,
            met_by=condition.met_by.short_name if condition.met_by else "",
            met_text=condition.met_text,
            round=_round_view(getattr(condition, "round", None), idea, viewer),
        )
        for condition in found.order_by("position")
    ]


def answered_before_this(answer, idea, viewer) -> list[EarlierAnswer]:
    """What the City answered before, for an idea answered again. One statement, one more a refusal."""
    return [
        EarlierAnswer(answer=before, conditions=conditions_of(before, idea, viewer))
        for before in answers_before(idea, answer)
    ]


def question_of(viewer, idea) -> ReopeningRound | None:
    """The last question put about an idea, with its condition; None when none was."""
    related = ("condition__decision__batch", "condition__met_by")
    return idea.reopenings.select_related(*related).order_by("-pk").first()


def round_view(viewer, idea, opened: ReopeningRound) -> RoundView:
    """A question as this viewer reads it: asked or not, and what they said so far."""
    return _round_view(opened, idea, as_viewer(viewer))


def reopened_of(idea, journal) -> ReopenedView | None:
    """The last passage that sent a refusal back to the study without its author, from the journal already read."""
    entry = next((entry for entry in reversed(journal) if entry.actor_role in (BY_SUPPORTERS, BY_PROMISED_DAY)), None)
    if entry is None:
        return None
    again = any(
        later.pk > entry.pk and later.from_kind in rules.REFUSED and later.actor_role == Actor.AUTHOR
        for later in journal
    )
    if again:
        # An appeal came after: its own box tells where the idea stands.
        return None
    return ReopenedView(
        by_supporters=entry.actor_role == BY_SUPPORTERS,
        text=entry.text,
        on=timezone.localdate(entry.at),
        is_open=idea.decision_id is None,
        hearing=hearing_sentence(idea) if idea.decision_id is None and entry.actor_role == BY_SUPPORTERS else "",
    )


def asked_to_reopen(viewer):
    """Questions that wait for this person's word: ideas they supported, and their own. One statement."""
    viewer = as_viewer(viewer)
    if not viewer.is_authenticated:
        return ReopeningRound.objects.none()
    mine = Idea.objects.of(viewer).values("pk")
    supported = IdeaSupport.objects.filter(user_id=viewer.user_id).values("idea")
    answered = ReopeningAnswer.objects.filter(user_id=viewer.user_id).values("round")
    waiting = Q(idea__in=mine, author_wish="") | (Q(idea__in=supported) & ~Q(pk__in=answered) & ~Q(idea__in=mine))
    return (
        ReopeningRound.objects.filter(
            waiting, state=RoundState.OPEN, ends_on__gte=clock.today(), idea__in=Idea.objects.visible_to(viewer)
        )
        .select_related("idea")
        .order_by("ends_on", "pk")
    )


def earlier_answers(references: list[str]) -> dict[str, Decision]:
    """Reference → the last announced answer, for ideas shown beside what somebody writes. One statement."""
    if not references:
        return {}
    given = Decision.objects.announced().filter(subject_kind=Idea.subject_kind, subject_reference__in=references)
    # The last one read for a reference is the last one announced.
    return {
        decision.subject_reference: decision
        for decision in given.select_related("batch").order_by("batch__announced_at", "pk")
    }


# ------------------------------------------------------------------------------------------------------- for staff
def watched_conditions(
    viewer,
    *,
    state: str = WATCHED,
    kind: str = "",
    direction: str = "",
    q: str = "",
    cursor: str = "",
    size: int = PAGE,
) -> WatchedPage:
    """Conditions of standing refusals, the oldest answer first, among ideas the viewer sees. Two statements, three
    more with a search.

    ``state``: "watched" for those not met, "soon" for those whose day is near, "asked" while people are, "met".
    """
    viewer = as_viewer(viewer)
    ideas = Idea.objects.visible_to(viewer).filter(is_imported=False)
    if direction:
        ideas = ideas.filter(direction__code=direction)
    found = ReopeningCondition.objects.filter(STATES[state](), decision__subject_kind=Idea.subject_kind)
    if state == MET:
        # Those of answers given since are history, and shown too.
        found = found.filter(decision__subject_reference__in=ideas.values("reference"))
    else:
        standing = ideas.filter(stage_kind__in=rules.REFUSED, decision__isnull=False)
        found = found.filter(decision__in=standing.values("decision"))
    if q:
        about = ideas.filter(pk__in=matching(Idea.subject_kind, q, among=ideas))
        found = found.filter(Q(words__icontains=q) | Q(decision__subject_reference__in=about.values("reference")))
    if kind:
        found = found.filter(kind=kind)
    page = keyset.paginate(
        found.select_related("decision__batch", "round", "met_by"), order=("pk",), cursor=cursor, size=size
    )
    references = {condition.decision.subject_reference for condition in page.items}
    by_reference = {
        idea.reference: idea
        for idea in Idea.objects.visible_to(viewer).for_work(viewer).filter(reference__in=references)
    }
    rows = [_watched(condition, by_reference, viewer) for condition in page.items]
    return WatchedPage(
        rows=[row for row in rows if row], next_cursor=page.next_cursor, previous_cursor=page.previous_cursor
    )


@together.reading
def conditions_in_hand(viewer, *, due: bool = False):
    """How many conditions not met wait in the viewer's units; ``due``: those whose day has come. One statement."""
    ideas = Idea.objects.in_hands_of(viewer, *rules.ANSWERERS).filter(stage_kind__in=rules.REFUSED)
    found = ReopeningCondition.objects.filter(met_on__isnull=True, decision__in=ideas.values("decision"))
    return (yield together.counted(found.filter(due_on__lte=clock.today()) if due else found))


# ------------------------------------------------------------------------------------------------ published figures
def totals_of(opened: ReopeningRound) -> Totals | None:
    """What a closed round may tell of its answers; None when they are too few to be counted in public."""
    if opened.yes is None:
        return None
    shown, together = publishable([Cell(Wish.YES.value, opened.yes), Cell(Wish.NO.value, opened.no)])
    told = {cell.key: cell.count for cell in shown}
    answers = sum(told.values()) + together
    return Totals(answers=answers, yes=told.get(Wish.YES, 0), no=told.get(Wish.NO, 0)) if answers else None


def published_counts():
    """Every closed round as pages tell it, for the test that attacks all published tables."""
    for opened in ReopeningRound.objects.filter(yes__isnull=False).order_by("pk"):
        shown, together = publishable([Cell(Wish.YES.value, opened.yes), Cell(Wish.NO.value, opened.no)])
        yield {cell.key: cell.count for cell in shown} | ({"": together} if together else {})


# ---------------------------------------------------------------------------------------------------------- plumbing
def _round_view(opened, idea, viewer) -> RoundView | None:
    if opened is None:
        return None
    running = opened.is_open and opened.ends_on >= clock.today()
    mine = idea.is_of(viewer)
    asked = running and (mine or (viewer.is_authenticated and _supports(viewer, idea)))
    totals = totals_of(opened)
    return RoundView(
        round=opened,
        url=f"{idea.get_absolute_url()}rouvrir/",
        is_open=running,
        ends_on=opened.ends_on,
        closed_on=opened.closed_on,
        state=opened.state,
        result=_result(opened),
        totals=totals,
        hidden_under=settings.TERRAIN_K if opened.yes is not None and totals is None else 0,
        asks_me=asked,
        my_wish=_my_wish(opened, viewer, mine) if asked else "",
    )


def _supports(viewer, idea) -> bool:
    known = getattr(idea, "supported", None)
    return known if known is not None else IdeaSupport.objects.filter(idea=idea, user_id=viewer.user_id).exists()


def _my_wish(opened, viewer, mine: bool) -> str:
    if mine:
        return opened.author_wish
    return opened.answers.filter(user_id=viewer.user_id).values_list("wish", flat=True).first() or ""


def _result(opened: ReopeningRound) -> str:
    if opened.state == RoundState.OPEN:
        return _("The answers are being counted.") if opened.ends_on < clock.today() else ""
    return {
        RoundState.REOPENED: _("Most of those who answered asked for it: the idea was looked at again."),
        RoundState.KEPT: _("Most of those who answered didn’t ask for it, or nobody did: the answer stays."),
        RoundState.DROPPED: _("The idea was looked at again for another reason before the end."),
    }[RoundState(opened.state)]


def _watched(condition, by_reference, viewer) -> WatchedCondition | None:
    idea = by_reference.get(condition.decision.subject_reference)
    if idea is None:
        return None
    return WatchedCondition(
        condition=condition,
        idea=idea,
        kind_label=str(ConditionKind(condition.kind).label),
        outcome_label=str(Outcome(condition.decision.outcome).label),
        is_due=condition.met_on is None and condition.due_on is not None and condition.due_on <= clock.today() + SOON,
        round=getattr(condition, "round", None),
        may_meet=condition.met_on is None
        and condition.decision_id == idea.decision_id
        and rules.can(viewer, "meet", idea),
    )
