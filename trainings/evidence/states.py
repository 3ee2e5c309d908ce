"""How everybody stood towards an obligation on a day: as the city knew it then, and as it knows it now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from src.directory.models import User
from src.foundations import clock
from trainings.obligations import facts
from trainings.obligations.cycles import Cycle, advance, state_at, was_concerned
from trainings.obligations.deadlines import Standing, state_of
from trainings.obligations.enums import RequirementState
from trainings.obligations.models import AbsenceSpan, Exemption, Obligation, Requirement, RequirementPast
from trainings.obligations.writing import COLUMNS

CHANGED = (
    "told_on",
    "due_on",
    "expires_on",
    "satisfied_by_id",
    "satisfied_on",
    "valid_until",
    "window_opens_on",
    "left_on",
    "catches_up_id",
)


@dataclass(frozen=True)
class Line:
    """One person's state. ``cycle`` is empty for somebody concerned whom nothing had been asked of."""

    agent: int
    direction: str
    cycle: int | None
    assigned_on: date | None
    due_on: date | None
    satisfied_on: date | None
    valid_until: date | None
    state: str

    @property
    def words(self) -> str:
        return str(RequirementState(self.state).label)


def end_of(day: date) -> datetime:
    """The moment a day ends in the city: what was written before it was known that day."""
    return clock.start_of_day(day + timedelta(days=1))


def known_then(obligation: Obligation, day: date) -> Iterator[Line]:
    """By what had been written down before the day ended, and nothing learnt since; agents in order."""
    known = Q(recorded_at__lt=end_of(day))
    past = _past(obligation, day)
    away = _away(obligation, day)
    exempt = set(_exempt(obligation, day).values_list("agent_id", flat=True))
    for row in _last_of_each(Requirement.objects.filter(known, obligation=obligation).defer("explanation")):
        said = past.get(row.pk, row)
        standing = Standing(
            concerned=said.left_on is None or said.left_on > day,
            assigned_on=row.assigned_on,
            due_on=said.due_on,
            expires_on=said.expires_on if said.catches_up_id is None else None,
            grace_days=obligation.grace_days,
            satisfied=said.satisfied_by_id is not None,
            valid_until=said.valid_until,
            renews_from=said.window_opens_on,
            exempt=row.agent_id in exempt,
            away=row.agent_id in away,
        )
        yield Line(
            row.agent_id, "", row.cycle_no, row.assigned_on, said.due_on, said.satisfied_on, said.valid_until,
            str(state_of(standing, day).value),
        )  # fmt: skip


def _last_of_each(found) -> Iterator[Requirement]:
    """The last cycle of each agent, in the order of agents."""
    last = None
    for row in found.order_by("agent_id", "cycle_no").iterator(chunk_size=2000):
        if last is not None and last.agent_id != row.agent_id:
            yield last
        last = row
    if last is not None:
        yield last


def _past(obligation: Obligation, day: date) -> dict[int, RequirementPast]:
    """What each cycle said when the day ended, where it has said something else since."""
    found: dict[int, RequirementPast] = {}
    rows = RequirementPast.objects.filter(requirement__obligation=obligation, replaced_at__gte=end_of(day))
    for row in rows.order_by("pk").iterator(chunk_size=2000):
        found.setdefault(row.requirement_id, row)
    return found


def _exempt(obligation: Obligation, day: date):
    running = Q(until__isnull=True) | Q(until__gte=day)
    return Exemption.objects.filter(running, obligation=obligation, decided_on__lte=day)


def _away(obligation: Obligation, day: date) -> set[int]:
    spans = AbsenceSpan.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day, noted_at__lt=end_of(day)
    )
    return set(spans.values_list("agent_id", flat=True))


def known_now(obligation: Obligation, day: date) -> Iterator[Line]:
    """By the posts, completions and absences as they are known now; slices of two thousand agents, in order."""
    units = facts.map_of_units()
    terms = facts.terms_in_force(day, [obligation], units)
    one = terms[obligation.pk]
    for agents in facts.slices():
        if not agents:
            continue
        read = facts.read_slice(agents, day, terms, units, those_who_left=True)
        rows = Requirement.objects.filter(facts.within(agents), obligation=obligation)
        asked: dict[int, Requirement] = {}
        for row in rows.defer("explanation").order_by("agent_id", "cycle_no"):
            if row.assigned_on <= day or row.agent_id not in asked:
                asked[row.agent_id] = row
        for agent in agents:
            line = _now(
                one, read.people[agent], asked.get(agent), day, read.decided(agent, obligation.pk, None), agent
            )
            if line is not None:
                yield line


def _now(terms, person, row: Requirement | None, day: date, decided, agent: int) -> Line | None:
    post = person.at(day)
    direction = post.direction if post is not None else ""
    if row is None:
        if not was_concerned(terms, person, day):
            return None
        fresh = advance(terms, person, None, day, decided)[-1]
        return Line(agent, direction, None, None, None, None, None, str(fresh.state.value))
    values = {
        engine: getattr(row, column) for column, engine in COLUMNS.items() if column not in ("state", "explanation")
    }
    state = state_at(terms, person, Cycle(**values), day, decided)
    done = row.satisfied_on is not None and row.satisfied_on <= day
    return Line(
        agent, direction, row.cycle_no, row.assigned_on, row.due_on, row.satisfied_on if done else None,
        row.valid_until if done else None, str(state.value),
    )  # fmt: skip


def numbers_of(agents) -> dict[int, str]:
    """Account → personnel number, empty for those erased."""
    found: dict[int, str] = {}
    keys = list(agents)
    for start in range(0, len(keys), 2000):
        rows = User.objects.filter(pk__in=keys[start : start + 2000]).values_list("pk", "personnel_number")
        found |= {pk: number or "" for pk, number in rows}
    return found
