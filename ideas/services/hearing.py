"""Who answers what is looked at again: the nearest person who decides and never answered it, else somebody above."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from src.accountability.models import Decision
from src.directory.enums import Role
from src.directory.models import RoleGrant, Unit
from src.foundations import together
from src.participation.models import SpaceRoleGrant

from ..models import Idea
from .role_holders import held_today, present


@dataclass(frozen=True)
class Hearing:
    """Who may answer an idea again. ``people`` is empty where nobody else holds the role, there or above."""

    people: frozenset[int]
    # Where they decide; None for a space or the whole city.
    unit: Unit | None = None
    # Whoever decides nearest answered already: somebody above does now.
    is_above: bool = False

    @property
    def is_missing(self) -> bool:
        return not self.people


def hearing_of(idea) -> Hearing:
    """Who may answer an idea that is looked at again."""
    return hearings_of([idea])[idea.pk]


@together.reading
def hearings_of(ideas: list[Idea]):
    """Idea → who may answer it again. Two statements at most, whatever the number of ideas."""
    if not ideas:
        return {}
    paths = {idea.pk: [int(part) for part in idea.unit.path.split("/") if part] if idea.unit else [] for idea in ideas}
    decides = Q(held_today(), role=Role.DECISION_MAKER, user__is_active=True)
    units = {pk for path in paths.values() for pk in path}
    held = RoleGrant.objects.filter(decides, Q(unit__isnull=True) | Q(unit_id__in=units))
    spaces = {idea.space_id for idea in ideas}
    held, in_spaces, before = yield (
        held.select_related("unit"),
        SpaceRoleGrant.objects.filter(decides, space_id__in=spaces),
        _answers_to(ideas),
    )
    before = _people_of(ideas, before)
    by_unit = defaultdict(list)
    for grant in held:
        by_unit[grant.unit_id].append(grant)
    by_space = defaultdict(list)
    for grant in in_spaces:
        by_space[grant.space_id].append(grant)
    acting = yield from present.asking(
        [grant for grants in (*by_unit.values(), *by_space.values()) for grant in grants]
    )
    found = {}
    for idea in ideas:
        levels = [by_unit.get(pk, []) for pk in reversed(paths[idea.pk])]
        levels += [by_space.get(idea.space_id, []), by_unit.get(None, [])]
        found[idea.pk] = _nearest([level for level in levels if level], acting, before[idea.pk] | idea.author_ids)
    return found


def answered_by(ideas: list[Idea]) -> dict[int, set[int]]:
    """Idea → who signed or drafted an announced answer to it, since its last "later" came back on its own date."""
    return _people_of(ideas, _answers_to(ideas))


def _answers_to(ideas: list[Idea]):
    given = Decision.objects.announced().filter(
        subject_kind=Idea.subject_kind, subject_reference__in=[idea.reference for idea in ideas]
    )
    return given.values_list("subject_reference", "turn", "decided_by", "drafted_by")


def _people_of(ideas: list[Idea], given) -> dict[int, set[int]]:
    people = defaultdict(set)
    for reference, turn, *pair in given:
        people[reference, turn].update(pk for pk in pair if pk is not None)
    return {idea.pk: people[idea.reference, idea.turn] for idea in ideas}


def _nearest(levels: list[list], acting: dict, apart: set[int]) -> Hearing:
    for number, grants in enumerate(levels):
        people = frozenset(acting[grant] for grant in grants) - apart
        if people:
            return Hearing(people=people, unit=getattr(grants[0], "unit", None), is_above=number > 0)
    return Hearing(people=frozenset(), is_above=True)
