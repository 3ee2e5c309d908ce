"""How many stand how towards an obligation: counts that add up, and what is left to plan. Pure."""

from dataclasses import dataclass, fields

from trainings.obligations.deadlines import State

# State of a requirement → the column it is counted in. What is no longer asked is counted nowhere.
COLUMN_OF = {
    State.UP_TO_DATE: "up_to_date",
    State.TO_RENEW: "soon",
    State.UPCOMING: "to_do",
    State.TO_DO: "to_do",
    State.DUE_SOON: "to_do",
    State.OVERDUE: "late",
    State.EXPIRED: "late",
    State.EXEMPT: "exempt",
    State.SUSPENDED: "paused",
}
# What takes a moment of work to be found for: neither what begins later nor what sleeps.
TO_PLAN = frozenset({State.TO_DO, State.DUE_SOON, State.OVERDUE, State.EXPIRED, State.TO_RENEW})


@dataclass
class Count:
    """People of one place, each counted once. ``soon``: what they did holds, and is to renew."""

    up_to_date: int = 0
    soon: int = 0
    to_do: int = 0
    late: int = 0
    exempt: int = 0
    paused: int = 0
    minutes: int = 0

    def add(self, state: str, people: int, minutes_each: int) -> None:
        column = COLUMN_OF.get(State(state))
        if column is not None:
            setattr(self, column, getattr(self, column) + people)
        if State(state) in TO_PLAN:
            self.minutes += people * minutes_each

    def __iadd__(self, other: "Count"):
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))
        return self

    @property
    def concerned(self) -> int:
        return self.asked + self.exempt + self.paused

    @property
    def asked(self) -> int:
        """The denominator: without those who are exempt, or away for long."""
        return self.covered + self.to_do + self.late

    @property
    def covered(self) -> int:
        """Those whose training holds today."""
        return self.up_to_date + self.soon

    @property
    def percent(self) -> int | None:
        """In a hundred, never rounded up: a hundred means everybody. None when nobody is asked."""
        return self.covered * 100 // self.asked if self.asked else None

    @property
    def hours(self) -> int:
        """Working time to plan, in whole hours begun."""
        return -(-self.minutes // 60)
