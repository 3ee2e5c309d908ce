"""Published tables attacked by somebody who adds, subtracts and knows how small counts are merged (T27).

The adversary of the exhaustive tests knows the rule and the totals: they try every world that would have printed the
same tables, and recover a cell when all these worlds agree on it. A naive table, which hides small cells and prints its
total, falls to the same attack: its count stands beside ours.
"""

import ast
from collections import defaultdict
from itertools import product
from pathlib import Path

import pytest
from django.urls import get_resolver
from django.utils.translation import override

from ideas.models import IdeaCase
from ideas.selectors.moderation_figures import decided
from src.accountability.models import ResponseOwed
from src.config.api import api
from src.foundations import clock
from src.foundations.testing import forget_effects
from src.participation.published import published_tables
from src.participation.small_numbers import Cell, publishable
from tests.factories.directory import AgentFactory, DirectionFactory
from tests.factories.ideas import IdeaFactory

ROOT = Path(__file__).resolve().parents[2]
# What counts but isn't a table of people: read by administrators alone, or no count at all.
EXCUSED = {
    "api/v1/responses/": "the same promises for programs",
    "reponses/promesses/": "promises one by one, their direction told with the others under eleven",
    "reponses/promesses/export.csv": "the same promises as a file",
}


def recovered(worlds, output, k) -> int:
    """Cells between 1 and k-1 that every world with the same output agrees on, over all worlds."""
    same = defaultdict(list)
    for world in worlds:
        same[output(world)].append(world)
    found = 0
    # Beyond this total, worlds like these were not all drawn.
    whole = max(max(world) for world in worlds)
    for group in same.values():
        if sum(group[0]) > whole:
            continue
        for cell in range(len(group[0])):
            values = {world[cell] for world in group}
            found += len(group) if len(values) == 1 and 0 < values.pop() < k else 0
    return found


def naive(world, k):
    """Small cells hidden, the total printed."""
    return tuple(count if count >= k or not count else None for count in world), sum(world)


@pytest.mark.parametrize(("cells", "highest", "k"), [(2, 20, 5), (3, 16, 5), (4, 14, 5), (2, 40, 11), (3, 30, 11)])
def test_no_small_cell_of_a_table_is_recovered(cells, highest, k, settings):
    settings.TERRAIN_K = settings.TERRAIN_K_FLOOR = k
    worlds = list(product(range(highest + 1), repeat=cells))

    def ours(world):
        shown, together = publishable(Cell(str(key), count) for key, count in enumerate(world))
        return tuple((cell.key, cell.count) for cell in shown), together

    naively = recovered(worlds, lambda world: naive(world, k), k)
    print(f"{len(worlds)} worlds, k = {k}: {recovered(worlds, ours, k)} cells recovered; naive: {naively}")
    assert recovered(worlds, ours, k) == 0
    assert naively > 0


def test_no_small_count_of_the_moderation_is_recovered_across_its_tables(settings):
    """Reasons add up to a cell of another table: both are read together."""
    settings.TERRAIN_K = settings.TERRAIN_K_FLOOR = settings.TERRAIN_K_SENSITIVE = 5
    worlds = list(product(range(19), repeat=3))

    def ours(world):
        kept, *reasons = world
        outcomes = [("kept", kept), ("removed", sum(reasons))]
        told, why = decided(outcomes, zip(["secret", "publicite"], reasons, strict=True))
        return tuple(told.rows), tuple(why.rows)

    def apart(world):
        kept, *reasons = world
        tables = [[Cell("k", kept), Cell("r", sum(reasons))], [Cell(str(n), count) for n, count in enumerate(reasons)]]
        return tuple((tuple(shown), together) for shown, together in map(publishable, tables))

    with override("fr"):
        assert recovered(worlds, ours, 5) == 0
    # Each table alone was safe; the two beside each other were not.
    assert recovered(worlds, apart, 5) > 0


@pytest.mark.django_db
class TestTheCity:
    """The tables registered, as they are read, over counts around the threshold."""

    @pytest.fixture(params=[(3, 4, 30), (12, 2, 9), (11, 11, 11), (1, 0, 25)], ids=str)
    def city(self, request):
        small, middle, large = request.param
        idea, decider = IdeaFactory(), AgentFactory()
        counts = {"secret": large, "publicite": middle, "injure": small}
        IdeaCase.objects.bulk_create(
            IdeaCase(
                idea=idea, state="removed", reason_code=reason, text="Motif écrit.", opened_at=clock.now(),
                due_on=clock.today(), decided_at=clock.now(), decided_by=decider,
            )
            for reason, count in counts.items()
            for _case in range(count)
        )  # fmt: skip
        for count in request.param:
            direction = DirectionFactory()
            for _answer in range(count):
                ResponseOwed.objects.filter(idea=IdeaFactory()).update(unit=direction, answered_on=clock.today())
        forget_effects()

    def test_each_registered_table_shows_nothing_small_and_adds_up(self, city, settings):
        read = {table.name: list(table.read()) for table in published_tables()}
        k = settings.TERRAIN_K
        settings.TERRAIN_K = settings.TERRAIN_K_FLOOR = settings.TERRAIN_K_SENSITIVE = 1
        truth = {table.name: list(table.read()) for table in published_tables()}

        assert set(read) >= {"moderation", "responses"}
        for name, tables in read.items():
            for shown, true in zip(tables, truth[name], strict=True):
                assert all(count >= k for key, count in shown.items() if key), (name, shown)
                assert all(shown[key] == true[key] for key in shown if key), (name, shown, true)
                assert not shown or sum(shown.values()) == sum(true.values()), (name, shown, true)
                hidden = [key for key in true if key not in shown]
                assert len(hidden) != 1 or "" not in shown, (name, shown, true)


def test_every_address_that_counts_is_registered_or_excused():
    """Whatever view reads a module that knows the smallest number tells counts."""
    known_by = imports()
    counting = {
        module
        for module, names in known_by.items()
        if any(name.endswith(".small_numbers.publishable") for name in names)
    }
    reading = {module for module, names in known_by.items() if {name.rsplit(".", 1)[0] for name in names} & counting}
    told = {address for address, module in views() if module in reading | counting}
    known = {address for table in published_tables() for address in table.addresses}

    assert known <= {address for address, _module in views()}
    assert told - known == set(EXCUSED), told - known
    # The rule sees something.
    assert {"idees/moderation/", "reponses/", "api/v1/responses/figures/"} <= told


def imports() -> dict[str, set[str]]:
    """Module → what it imports, whole, and ``TERRAIN_K`` when it reads that setting to publish."""
    found = {}
    for path in [*ROOT.glob("src/**/*.py"), *ROOT.glob("ideas/**/*.py")]:
        if "migrations" in path.parts or "settings" in path.parts:
            continue
        parts = path.relative_to(ROOT).with_suffix("").parts
        names = set()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom):
                base = (
                    [*parts[: len(parts) - node.level], *filter(None, [node.module])] if node.level else [node.module]
                )
                names |= {".".join([*base, alias.name]) for alias in node.names}
        found[".".join(parts)] = names
    return found


def views() -> set[tuple[str, str]]:
    """Each address as the URLconf writes it, with the module that answers it."""

    def walk(resolver, prefix=""):
        for one in resolver.url_patterns:
            path = prefix + str(one.pattern)
            if hasattr(one, "url_patterns"):
                yield from walk(one, path)
            else:
                yield path, getattr(one.callback, "__module__", "")

    read = {
        (f"api/v1{prefix}{path}".replace("//", "/"), operation.view_func.__module__)
        for prefix, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
    }
    return read | set(walk(get_resolver()))
