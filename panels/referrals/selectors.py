"""Reads of referrals, shaped for their pages. Who said what in a form test comes through nowhere."""

from collections import Counter
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import F, Q
from django.utils.translation import gettext as _

from panels.rules import membership_id
from src.directory.enums import UnitKind
from src.directory.models import Unit
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.participation.small_numbers import Cell, publishable
from theme.charts import Series

from .enums import ASKING_ROLES, ReferralKind, ReferralState, TaskResult
from .models import Disagreement, MemberPlace, Referral, TaskAnswer, TestSheet, Word


def listed(viewer, panel, *, state: str = "", kind: str = "", late: bool = False):
    """The referrals of a panel somebody may know of, the last moved first; one statement."""
    found = Referral.objects.visible_to(viewer).filter(panel=panel)
    if state in ReferralState.values:
        found = found.filter(state=state)
    if kind in ReferralKind.values:
        found = found.filter(kind=kind)
    if late:
        found = found.late()
    return found.select_related("unit").latest_first()


def one_of(viewer, panel, reference: str) -> Referral | None:
    """One of them, with what its page reads."""
    found = Referral.objects.visible_to(viewer).for_pages()
    return found.filter(panel=panel, reference=reference).first()


def own_word(viewer, referral: Referral) -> Word | None:
    """What the person wrote on a question, draft or given."""
    return Word.objects.filter(referral=referral, membership_id=membership_id(viewer, referral.panel)).first()


def own_disagreement(viewer, referral: Referral) -> Disagreement | None:
    """What the person wrote against the answer."""
    return Disagreement.objects.filter(referral=referral, membership_id=membership_id(viewer, referral.panel)).first()


def own_sheet(viewer, referral: Referral) -> TestSheet | None:
    """How the person's own try went, with its answers by task."""
    found = TestSheet.objects.filter(test__referral=referral, membership_id=membership_id(viewer, referral.panel))
    return found.prefetch_related("answers__task").first()


def own_place(viewer, referral: Referral) -> MemberPlace | None:
    """What the person answered to the invitation."""
    return MemberPlace.objects.filter(
        workshop__referral=referral, membership_id=membership_id(viewer, referral.panel)
    ).first()


def words_given(referral: Referral):
    """What members gave, by the number of their seat; one statement."""
    return (
        Word.objects.filter(referral=referral, is_given=True)
        .select_related("membership")
        .order_by("membership__number")
    )


def disagreements_of(referral: Referral) -> list[str]:
    """What was written against the answer, in an order that says nothing of who wrote it."""
    return sorted(referral.disagreements.values_list("text", flat=True))


@dataclass(frozen=True)
class TaskFigures:
    """One task: how many did it alone, with help, not at all; minutes; where people got stuck."""

    text: str
    counts: dict[str, int]
    minutes: float | None
    stuck: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def rows(self) -> list[tuple[str, int]]:
        return [(TaskResult(result).label, self.counts.get(result, 0)) for result in TaskResult.values]

    @property
    def chart(self) -> Series:
        """Its bars, on the scale of all who tried."""
        return Series(title=self.text, points=self.rows, maximum=max(self.total, 1))


def figures_of(referral: Referral) -> list[TaskFigures]:
    """How each task went; two statements. Texts are in the order of the alphabet: none follows a tester."""
    answers: dict[int, list[TaskAnswer]] = {}
    tasks = list(referral.form_test.tasks.all())
    for one in TaskAnswer.objects.filter(task__test=referral.form_test).order_by("pk"):
        answers.setdefault(one.task_id, []).append(one)
    return [_task_figures(task, answers.get(task.pk, [])) for task in tasks]


def _task_figures(task, answers) -> TaskFigures:
    minutes = [one.minutes for one in answers if one.minutes is not None]
    return TaskFigures(
        text=task.text,
        counts=Counter(one.result for one in answers),
        minutes=round(sum(minutes) / len(minutes), 1) if minutes else None,
        stuck=sorted(one.stuck for one in answers if one.stuck),
    )


def public_figures(referral: Referral) -> list[dict]:
    """The same for everybody, once eleven people tried: small numbers go together; nothing before."""
    if (referral.taking_part or 0) < settings.TERRAIN_K:
        return []
    told = []
    for one in figures_of(referral):
        cells = [Cell(result, one.counts.get(result, 0)) for result in TaskResult.values]
        shown, others = publishable(cells)
        rows = [(TaskResult(cell.key).label, cell.count) for cell in shown]
        told.append({"text": one.text, "rows": [*rows, *([(_("Other results"), others)] if others else [])]})
    return told


def seats_left(workshop) -> dict[str, int]:
    """Seats nobody has, on each side; two statements."""
    return {
        "members": workshop.member_seats - workshop.member_places.exclude(number=None).count(),
        "agents": workshop.agent_seats - workshop.agent_places.count(),
    }


def units_of(viewer):
    """The units in whose name somebody asks: those of their roles, and the directions beneath."""
    viewer = as_viewer(viewer)
    condition = Q(pk__in=[])
    for path in {path for role in ASKING_ROLES for path in viewer.role_paths(role)}:
        condition |= Q(path=path) | Q(kind=UnitKind.DIRECTION, path__startswith=path)
    return Unit.objects.filter(condition).current(clock.today()).order_by("path")


def shows_count(referral: Referral) -> bool:
    """Whether how many took part is told to everybody: of a form, once it leads to nobody."""
    if referral.is_form_test:
        return (referral.taking_part or 0) >= settings.TERRAIN_K
    return referral.is_question


def counts_for(viewer, panel) -> Counter:
    """How many referrals of a panel stand in each state, for somebody who may enter; one statement."""
    states = Referral.objects.visible_to(viewer).filter(panel=panel).order_by().values_list("state", flat=True)
    return Counter(states)


def public_of(panel):
    """What everybody reads of a panel's referrals; one statement."""
    found = Referral.objects.public().filter(panel=panel).select_related("unit")
    return found.order_by(F("accepted_at").desc(), "-pk")
