"""A choice as the people who decide see it: what was studied, the answers in preparation, and how many are chosen."""

from dataclasses import dataclass
from statistics import median

from django.db.models import Count as Total
from django.db.models import Q

from src.accountability.models import Decision
from src.accountability.selectors import prepared_decisions
from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.participation.ballots.standing import Vote, VoteLine, vote_of
from src.participation.models import Space
from src.workflow.enums import StageKind

from ..models import Assessment, Idea
from ..services.beside_choice import YES, looked_at_again, yes_announced_in
from ..services.choosing import WAITING, Count, count_of


@dataclass(frozen=True)
class Candidate:
    """One idea to answer, with what was prepared for it."""

    reference: str
    title: str
    url: str
    supports: int
    # The middle of the scores given, out of 4; None when nobody scored it.
    score: float | None
    decision: Decision | None
    # What the vote of the space said of it, when there was one.
    vote: VoteLine | None = None

    @property
    def is_chosen(self) -> bool:
        return self.decision is not None and self.decision.outcome in YES


@dataclass(frozen=True)
class ChoicePage:
    """One choice: the figures of its space, its candidates, and where it stands."""

    space: Space
    sent: int
    candidates: list[Candidate]
    still_studied: int
    own_is_there: bool
    count: Count
    is_announced: bool
    vote: Vote | None = None

    @property
    def to_write_after_vote(self) -> list[Candidate]:
        """Those the vote spoke of that have no answer yet, best first."""
        return sorted((row for row in self.without_answer if row.vote), key=lambda row: row.vote.rank)

    @property
    def decisions(self) -> list[Decision]:
        return [row.decision for row in self.candidates if row.decision is not None]

    @property
    def without_answer(self) -> list[Candidate]:
        return [row for row in self.candidates if row.decision is None]


def decides_there(viewer, space) -> bool:
    """Whether the viewer decides for the unit that runs the space."""
    unit = space.steering_unit
    return unit is not None and viewer.is_agent and viewer.has_role(Role.DECISION_MAKER, unit_path=unit.path)


def choices_of(viewer) -> list[Space]:
    """The spaces where the viewer has a choice to make: something studied waits there. One statement.

    What is looked at again isn't part of it: it has a page and a date of its own.
    """
    viewer = as_viewer(viewer)
    waiting = Idea.objects.in_hands_of(viewer, Role.DECISION_MAKER).filter(stage_kind=StageKind.DECISION_PENDING)
    waiting = waiting.exclude(looked_at_again())
    return list(
        Space.objects.filter(chosen_count__isnull=False, pk__in=waiting.order_by().values("space_id")).order_by("name")
    )


def choice_page(viewer, slug: str) -> ChoicePage:
    """The choice of a space; Space.DoesNotExist when it has none or isn't shown to the viewer."""
    viewer = as_viewer(viewer)
    space = Space.objects.visible_to(viewer).select_related("steering_unit").get(slug=slug, chosen_count__isnull=False)
    here = Idea.objects.filter(space=space, is_imported=False)
    is_announced = yes_announced_in(space).exists()
    waiting = here.in_hands_of(viewer, Role.DECISION_MAKER).filter(stage_kind=StageKind.DECISION_PENDING)
    ideas = list(
        (waiting.exclude(looked_at_again()) if is_announced else waiting)
        .select_related("counts")
        .order_by("-week", "reference")
    )
    references = [idea.reference for idea in ideas]
    prepared = {
        decision.subject_reference: decision
        for decision in prepared_decisions(viewer).filter(
            subject_kind=Idea.subject_kind, subject_reference__in=references, is_fast_lane=False
        )
    }
    scores, vote = _scores(ideas), vote_of(space, Idea.subject_kind)
    figures = here.aggregate(
        sent=Total("pk"),
        studied=Total("pk", filter=Q(stage_kind__in=WAITING - {StageKind.DECISION_PENDING}) & ~Q(scale="")),
    )
    return ChoicePage(
        space=space,
        sent=figures["sent"],
        candidates=[
            Candidate(
                reference=idea.reference,
                title=idea.title,
                url=idea.get_absolute_url(),
                supports=idea.counts.supports,
                score=scores.get(idea.pk),
                decision=prepared.get(idea.reference),
                vote=vote.lines.get(idea.reference) if vote else None,
            )
            for idea in ideas
        ],
        still_studied=figures["studied"],
        own_is_there=here.of(viewer).filter(stage_kind__in=WAITING).exclude(scale="").exists(),
        count=count_of(space, list(prepared.values())),
        is_announced=is_announced,
        vote=vote,
    )


def _scores(ideas) -> dict[int, float]:
    """The middle score of each idea, every criterion and assessor together."""
    given: dict[int, list[int]] = {}
    cards = Assessment.objects.filter(seat__idea__in=ideas).values_list("seat__idea_id", *Assessment.CRITERIA)
    for idea_id, *values in cards:
        given.setdefault(idea_id, []).extend(value for value in values if value is not None)
    return {idea_id: median(values) for idea_id, values in given.items() if values}
