"""Every address × every role × {own unit, other unit} answers what table.tsv declares; a missing address fails.

After a deliberate change: `TERRAIN_WRITE_TABLE=1 pytest tests/access`, then read the difference line by line.
"""

import os
import zlib
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.urls import URLResolver

from tests.access.addresses import COLUMNS, WHOLE, addresses, asked_of_each_role_here, fill
from tests.access.world import WHOSE, build_world

ASKED_ELSEWHERE = "-"
TABLE = Path(__file__).with_name("table.tsv")
pytestmark = pytest.mark.django_db


def read_table() -> dict[tuple[str, str, str], list[str]]:
    rows = {}
    for line in TABLE.read_text().splitlines():
        if line and not line.startswith("#"):
            method, route, whose, *cells = line.split("\t")
            rows[(method, route, whose)] = cells
    return rows


def is_asked(key: tuple[str, str, str], role: str) -> bool:
    """Who has no role is asked everything; of the others, one cell in four, always the same (all with TERRAIN_WHOLE=1)."""
    return WHOLE or role in ("anonymous", "agent") or zlib.crc32("\t".join((*key, role)).encode()) % 4 == 0


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


@pytest.fixture
def bare_refusals(monkeypatch):
    """A refusal is its status alone here: its page is read elsewhere, and took a sixth of the time."""
    monkeypatch.setattr(
        URLResolver,
        "resolve_error_handler",
        lambda _resolver, code: lambda _request, exception=None: HttpResponse(status=code),
    )


def test_every_address_answers_each_role_as_declared(bare_refusals):
    world = build_world().with_panels()
    answers = {}
    for method, address, whose in cases():
        if not asked_of_each_role_here(address.route):
            continue
        key = (method, address.route, whose)
        url = fill(address, world.values(address.route, whose))
        answers[key] = [world.ask(role, method, url) if is_asked(key, role) else ASKED_ELSEWHERE for role in COLUMNS]

    if os.environ.get("TERRAIN_WRITE_TABLE"):
        lines = ["# method\troute\twhose\t" + "\t".join(COLUMNS)]
        lines += [
            "\t".join([*key, *cells])
            for key, cells in sorted(answers.items(), key=lambda item: (item[0][1], item[0][0], item[0][2]))
        ]
        TABLE.write_text("\n".join(lines) + "\n")
    declared = read_table()
    wrong = {
        (*key, role): (said, found)
        for key, cells in answers.items()
        for role, said, found in zip(COLUMNS, declared.get(key) or [""] * len(COLUMNS), cells, strict=True)
        if found not in (said, ASKED_ELSEWHERE)
    }
    assert wrong == {}
    failing = [key for key, cells in answers.items() if any(cell.startswith("5") for cell in cells)]
    assert failing == []
