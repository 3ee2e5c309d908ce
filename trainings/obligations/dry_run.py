"""What an obligation would ask if it were active: how many people, why, and what isn’t known. Nothing is written."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date

from src.foundations import clock

from . import facts
from .cycles import advance
from .deadlines import State
from .models import AssignmentRule, Obligation


@dataclass
class DryRun:
    """Counts of people; ``because``: for each question that held, how many it concerned."""

    day: date
    concerned: int = 0
    up_to_date: int = 0
    without_fact: int = 0
    away: int = 0
    exempt: int = 0
    by_rule: Counter = field(default_factory=Counter)
    because: Counter = field(default_factory=Counter)
    by_direction: Counter = field(default_factory=Counter)
    first_due_on: date | None = None
    last_due_on: date | None = None

    @property
    def to_do(self) -> int:
        return self.concerned - self.up_to_date - self.exempt


def try_out(
    obligation: Obligation,
    day: date | None = None,
    *,
    instead: AssignmentRule | None = None,
    progress: Callable[[int], None] = lambda people: None,
) -> DryRun:
    """Evaluate everybody against one obligation, draft or not, as if it were new; slice by slice.

    ``instead``: a rule that isn't kept yet, asked in the place of those in force.
    """
    day = day or clock.today()
    found = DryRun(day)
    units = facts.map_of_units()
    terms = facts.terms_in_force(day, [obligation], units)
    if instead is not None:
        terms[obligation.pk] = replace(terms[obligation.pk], rules=(facts.rule_of(instead, units),))
    looked_at = 0
    for agents in facts.slices():
        read = facts.read_slice(agents, day, terms, units)
        for agent in agents:
            person = read.people[agent]
            cycles = advance(terms[obligation.pk], person, None, day, read.decided(agent, obligation.pk, None))
            if cycles:
                _counted(found, cycles[-1], person, day)
        looked_at += len(agents)
        progress(looked_at)
    return found


def as_json(found: DryRun) -> dict:
    """The counts as a run keeps them: no name, no person."""
    kept = {}
    for one in fields(DryRun):
        value = getattr(found, one.name)
        if isinstance(value, Counter):
            value = [[list(key) if isinstance(key, tuple) else key, count] for key, count in value.items()]
        kept[one.name] = value.isoformat() if isinstance(value, date) else value
    return kept


def from_json(kept: dict) -> DryRun:
    """What ``as_json`` wrote."""
    read = {}
    for one in fields(DryRun):
        value = kept[one.name]
        if isinstance(value, list):
            value = Counter({tuple(key) if isinstance(key, list) else key: count for key, count in value})
        is_day = one.name == "day" or one.name.endswith("_on")
        read[one.name] = date.fromisoformat(value) if is_day and value else value
    return DryRun(**read)


def _counted(found: DryRun, cycle, person, day: date) -> None:
    found.concerned += 1
    found.up_to_date += cycle.state in (State.UP_TO_DATE, State.TO_RENEW)
    found.exempt += cycle.state == State.EXEMPT
    found.away += person.is_away(day)
    found.without_fact += cycle.lacks_anchor
    post = person.at(day)
    found.by_direction[post.direction if post is not None else ""] += 1
    questions = set()
    for rule in cycle.explanation["rules"]:
        found.by_rule[rule["rule"]] += 1
        questions.update((leaf["field"], leaf["op"], json.dumps(leaf["value"])) for leaf in rule["because"])
    found.because.update(questions)
    if cycle.is_open:
        found.first_due_on = min(found.first_due_on or cycle.due_on, cycle.due_on)
        found.last_due_on = max(found.last_due_on or cycle.due_on, cycle.due_on)
