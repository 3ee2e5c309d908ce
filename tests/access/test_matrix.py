"""Every address × every role × {own unit, other unit} answers what table.tsv declares; a missing address fails.

After a deliberate change: `TERRAIN_WRITE_TABLE=1 pytest tests/access`, then read the difference line by line.
"""

import os
from pathlib import Path

import pytest

from tests.access.addresses import COLUMNS, addresses, asked_of_each_role_here, fill
from tests.access.world import WHOSE, build_world

TABLE = Path(__file__).with_name("table.tsv")
pytestmark = pytest.mark.django_db


def read_table() -> dict[tuple[str, str, str], list[str]]:
    rows = {}
    for line in TABLE.read_text().splitlines():
        if line and not line.startswith("#"):
            method, route, whose, *cells = line.split("\t")
            rows[(method, route, whose)] = cells
    return rows


def cases() -> list[tuple[str, object, str]]:
    """GET and POST of each address; addresses with an object are asked for one's own and for another's."""
    return [
        (method, address, whose)
        for address in addresses()
        for method in ("GET", "POST")
        for whose in (WHOSE if address.has_object else ("-",))
    ]


def test_every_address_is_declared_and_nothing_else():
    declared = set(read_table())

    present = {(method, address.route, whose) for method, address, whose in cases()}

    assert present - declared == set(), "addresses missing from tests/access/table.tsv"
    assert declared - present == set(), "lines of tests/access/table.tsv without an address"


def test_every_address_answers_each_role_as_declared():
    world = build_world()
    answers = {}
    for method, address, whose in cases():
        if not asked_of_each_role_here(address.route):
            continue
        cells = []
        for role in COLUMNS:
            url = fill(address, world.values(address.route, whose))
            cells.append(world.ask(role, method, url))
        answers[(method, address.route, whose)] = cells

    if os.environ.get("TERRAIN_WRITE_TABLE"):
        lines = ["# method\troute\twhose\t" + "\t".join(COLUMNS)]
        lines += [
            "\t".join([*key, *cells])
            for key, cells in sorted(answers.items(), key=lambda item: (item[0][1], item[0][0], item[0][2]))
        ]
        TABLE.write_text("\n".join(lines) + "\n")
    declared = read_table()
    wrong = {
        key: dict(zip(COLUMNS, zip(declared.get(key, []), cells, strict=False), strict=False))
        for key, cells in answers.items()
        if declared.get(key) != cells
    }
    assert wrong == {}
    failing = [key for key, cells in answers.items() if any(cell.startswith("5") for cell in cells)]
    assert failing == []
