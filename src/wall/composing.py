"""From the lines of a week to the sheet of a place: which ones are its own, and how large the place must be."""

from collections import defaultdict
from dataclasses import dataclass

from .enums import Scope, Section
from .registry import Line

# Kept of a section: more than a page holds, so that A3 or a withdrawn line changes nothing.
KEPT = 6
# Neighbours told in turn, so that all places don't hang the same one.
NEIGHBOURS = 5


@dataclass(frozen=True)
class About:
    """What a sheet speaks of: a level, its unit (None for the city)."""

    scope: Scope
    unit: object | None


def about(place, k: int) -> About:
    """A place of ``k`` people or more speaks of itself; a smaller one of its direction, or of the city."""
    is_direction = place.direction_id == place.pk
    if place.headcount >= k:
        return About(Scope.DIRECTION if is_direction else Scope.PLACE, place)
    direction = place.direction
    if not is_direction and direction is not None and direction.headcount >= k:
        return About(Scope.DIRECTION, direction)
    return About(Scope.CITY, None)


class Composer:
    """The lines of one week, ready to be dealt out to any number of places."""

    def __init__(self, lines: list[Line], k: int):
        self.k = k
        ordered = sorted(lines, key=lambda line: (-line.on.toordinal(), line.reference))
        self.for_all = [line for line in ordered if line.for_all]
        self.own = [line for line in ordered if not line.for_all]
        self.by_direction = defaultdict(list)
        for line in self.own:
            self.by_direction[line.direction_id].append(line)
        # A protected idea is told in its direction only; elsewhere, those somebody signed.
        signed = [line for line in self.own if not line.sealed]
        self.neighbours = sorted(signed, key=self._interest)

    @staticmethod
    def _interest(line: Line) -> int:
        return {Section.ANSWERED: 0, None: 1, Section.UNDER_WAY: 2, Section.PROPOSED: 3}.get(line.section, 4)

    def content(self, place) -> tuple[Scope, dict]:
        """The scope and the frozen text of a place's sheet; no statement."""
        subject = about(place, self.k)
        mine = self._mine(subject)
        sections = []
        for section in (Section.ANSWERED, Section.UNDER_WAY, Section.PROPOSED, Section.OPEN):
            found = [line for line in mine if line.section == section]
            if section == Section.OPEN:
                found = [*self.for_all, *found]
            sections.append(self._section(section, found, subject))
        sections.append(self._section(Section.NEARBY, self._nearby(place, mine), subject, elsewhere=True))
        return subject.scope, {
            "about": subject.unit.name if subject.unit is not None else "",
            "sections": [section for section in sections if section["lines"]],
        }

    def _mine(self, subject: About) -> list[Line]:
        if subject.scope == Scope.CITY:
            return self.own
        if subject.scope == Scope.DIRECTION:
            return self.by_direction[subject.unit.pk]
        # At the level of a place, what isn't signed doesn't exist: not as a line, not in a count.
        branch = subject.unit.path
        candidates = self.by_direction[subject.unit.direction_id]
        return [line for line in candidates if not line.sealed and line.place_path.startswith(branch)]

    def _nearby(self, place, mine: list[Line]) -> list[Line]:
        own = {(line.kind, line.reference) for line in mine}
        others = [line for line in self.neighbours if (line.kind, line.reference) not in own]
        if not others:
            return []
        best = self._interest(others[0])
        equals = [line for line in others if self._interest(line) == best][:NEIGHBOURS]
        return [equals[place.pk % len(equals)]]

    def _section(self, section: Section, lines: list[Line], subject: About, *, elsewhere: bool = False) -> dict:
        return {
            "key": section.value,
            "lines": [self._line(line, subject, elsewhere) for line in lines[:KEPT]],
            "more": max(len(lines) - KEPT, 0),
        }

    def _line(self, line: Line, subject: About, elsewhere: bool) -> dict:
        return {
            "kind": line.kind,
            "reference": line.reference,
            "title": line.title,
            "url": line.url,
            "status": line.status,
            "text": line.text,
            "signed": line.signed,
            "next": line.next_step,
            "where": self._where(line, subject, elsewhere),
        }

    def _where(self, line: Line, subject: About, elsewhere: bool) -> str:
        """The place a line comes from, when it isn't the sheet's own and has k people or more."""
        if line.sealed or line.for_all:
            return ""
        named = line.place_name if line.place_people >= self.k else ""
        if elsewhere or subject.scope == Scope.CITY:
            return named or line.direction_name
        if subject.scope == Scope.PLACE and line.place_path == subject.unit.path:
            return ""
        return named
