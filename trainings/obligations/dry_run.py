"""What an obligation would ask if it were active: how many people, why, and what isn’t known. Nothing is written."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from src.foundations import clock

from . import facts
from .cycles import advance
from .deadlines import State
from .models import Obligation


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


def try_out(obligation: Obligation, day: date | None = None) -> DryRun:
    """Evaluate everybody against one obligation, draft or not, as if it were new; slice by slice."""
    day = day or clock.today()
    found = DryRun(day)
    units = facts.map_of_units()
    terms = facts.terms_in_force(day, [obligation], units)
    for agents in facts.slices():
        read = facts.read_slice(agents, day, terms, units)
        for agent in agents:
            person = read.people[agent]
            cycles = advance(terms[obligation.pk], person, None, day, read.decided(agent, obligation.pk, None))
            if cycles:
                _counted(found, cycles[-1], person, day)
    return found


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
        questions.update((leaf["field"], leaf["op"], str(leaf["value"])) for leaf in rule["because"])
    found.because.update(questions)
    if cycle.is_open:
        found.first_due_on = min(found.first_due_on or cycle.due_on, cycle.due_on)
        found.last_due_on = max(found.last_due_on or cycle.due_on, cycle.due_on)
