"""What human resources read: obligations with their counts, names by unit, one person's cycles."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q

from src.directory.enums import Role, UnitKind
from src.directory.models import Unit
from src.directory.viewer import WHOLE_CITY
from src.foundations import clock, keyset, runs
from src.foundations.models import JobRun

from .early import early_for
from .enums import RequirementState
from .models import AbsenceSpan, AssignmentRule, Exemption, Obligation, Requirement
from .predicates import read
from .words import Line, Why, lines, moved, names_for, sentence, why_them

PAGE_SIZE = 25
NAMES_PAGE_SIZE = 50
LATE = (RequirementState.OVERDUE, RequirementState.EXPIRED)
HELD = (RequirementState.UP_TO_DATE, RequirementState.TO_RENEW)
ORDERS = {
    "": ("due_on", "pk"),
    "nom": ("agent__last_name", "agent__first_name", "pk"),
}


@dataclass
class Followed:
    """One obligation and how many people of one's branches stand where."""

    obligation: Obligation
    counts: Counter = field(default_factory=Counter)

    @property
    def concerned(self) -> int:
        return self.counts.total() - self.counts[RequirementState.NOT_APPLICABLE]

    @property
    def held(self) -> int:
        return sum(self.counts[state] for state in HELD)

    @property
    def late(self) -> int:
        return sum(self.counts[state] for state in LATE)

    @property
    def by_state(self) -> list[tuple[str, str, int]]:
        """Each state somebody is in: its code, its words, how many."""
        return [(one.value, one.label, self.counts[one]) for one in RequirementState if self.counts[one]]


def obligations(viewer, asked: dict, cursor: str = "") -> tuple[list[Followed], keyset.Page]:
    """Obligations as asked, last prepared first, with their counts: two statements."""
    found = Obligation.objects.visible_to(viewer).select_related("track")
    for word in asked.get("q", "").split()[:8]:
        found = found.filter(Q(track__title__icontains=word) | Q(decision__icontains=word))
    states = {
        "preparation": Q(activated_at__isnull=True),
        "active": Q(activated_at__isnull=False, ended_on__isnull=True),
        "terminee": Q(ended_on__isnull=False),
    }
    if asked.get("etat") in states:
        found = found.filter(states[asked["etat"]])
    page = keyset.paginate(found, order=("-created_at", "-pk"), cursor=cursor, size=PAGE_SIZE)
    counts = counts_of(viewer, [one.pk for one in page.items])
    return [Followed(one, counts[one.pk]) for one in page.items], page


def counts_of(viewer, obligations: list[int]) -> dict[int, Counter]:
    """How many people of one's branches are in each state, by obligation."""
    found: dict[int, Counter] = defaultdict(Counter)
    rows = Requirement.objects.current().in_branches_of(viewer).filter(obligation__in=obligations)
    for obligation, state, count in rows.order_by().values_list("obligation_id", "state").annotate(n=Count("pk")):
        found[obligation][state] = count
    return found


def obligation_of(viewer, reference: str) -> Obligation | None:
    found = Obligation.objects.visible_to(viewer).filter(reference=reference)
    return found.select_related("track", "renewal_track").prefetch_related("equivalences").first()


# ---- rules in words


@dataclass(frozen=True)
class Told:
    """A version of a rule in words."""

    rule: AssignmentRule
    sentence: str
    lines: list[Line]

    @property
    def has_branches(self) -> bool:
        """Whether the tree says more than the sentence."""
        return len(self.lines) > 1


def rules_in_force(obligation: Obligation) -> list[AssignmentRule]:
    """Those that ask today, or will."""
    return list(obligation.rules.in_force(clock.today()).order_by("pk"))


def told(rules: list[AssignmentRule]) -> list[Told]:
    """Rules as a sentence and as a tree, in two statements whatever their number."""
    trees = [read(rule.predicate) for rule in rules]
    names = names_for(trees)
    return [Told(rule, sentence(tree, names), lines(tree, names)) for rule, tree in zip(rules, trees, strict=True)]


# ---- work that takes long


def run_of(run_id) -> JobRun | None:
    """The run a page tells of; None when there never was one, or it was forgotten."""
    return JobRun.objects.filter(pk=run_id).first() if run_id else None


def is_running(run: JobRun | None) -> bool:
    return run is not None and not run.is_finished and runs.any_open([run.pk])


# ---- names


def units_of(viewer) -> list[Unit]:
    """Directions and services among which names may be chosen: those of one's branches."""
    found = Unit.objects.current(clock.today()).filter(kind__in=(UnitKind.DIRECTION, UnitKind.SERVICE, UnitKind.SITE))
    if WHOLE_CITY in viewer.role_paths(Role.HR):
        found = found.exclude(kind=UnitKind.SITE)
    return list(found.filter(viewer.role_condition(Role.HR, "path")).order_by("name", "pk"))


def names(viewer, obligation: Obligation, asked: dict, units: list[Unit]):
    """Who is concerned in one's branches, as asked. Those who no longer are appear when their state is asked."""
    found = Requirement.objects.current().in_branches_of(viewer).filter(obligation=obligation)
    if asked.get("etat"):
        found = found.filter(state=asked["etat"])
    else:
        found = found.exclude(state=RequirementState.NOT_APPLICABLE)
    unit = next((one for one in units if one.code == asked.get("service")), None)
    if unit is not None:
        found = found.filter(agent__current_affectation__unit__path__startswith=unit.path)
    for word in asked.get("q", "").split()[:6]:
        found = found.filter(
            Q(agent__last_name__icontains=word)
            | Q(agent__first_name__icontains=word)
            | Q(agent__personnel_number__iexact=word)
        )
    return found.select_related("agent__current_affectation__unit__direction")


def names_page(found, asked: dict, cursor: str = "") -> keyset.Page:
    return keyset.paginate(found, order=ORDERS[asked.get("tri", "")], cursor=cursor, size=NAMES_PAGE_SIZE)


# ---- one person


@dataclass
class Concerned:
    """One person and one obligation: where they stand, why, what happened before, what was decided."""

    requirement: Requirement
    why: list[Why]
    moved: list[str]
    history: list[Requirement]
    exemption: Exemption | None
    absences: list[AbsenceSpan]
    early: list


def concerned(viewer, obligation: Obligation, person: int) -> Concerned | None:
    """What human resources read of somebody of their branches; None for anybody else."""
    requirement = (
        Requirement.objects.current()
        .in_branches_of(viewer)
        .filter(obligation=obligation, agent_id=person)
        .select_related("agent__current_affectation__unit__direction", "satisfied_by__track", "renews")
        .first()
    )
    if requirement is None:
        return None
    requirement.obligation = obligation
    cycles = Requirement.objects.filter(obligation=obligation, agent_id=person).select_related("satisfied_by__track")
    running = Q(until__isnull=True) | Q(until__gte=clock.today())
    exemption = Exemption.objects.filter(running, obligation=obligation, agent_id=person).order_by("-pk").first()
    return Concerned(
        requirement,
        why_them(requirement.explanation),
        moved(requirement.explanation),
        list(cycles.order_by("-cycle_no")),
        exemption,
        list(AbsenceSpan.objects.filter(agent_id=person).order_by("-starts_on", "-pk")[:10]),
        early_for(requirement),
    )
