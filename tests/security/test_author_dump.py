"""The database dumped as its owner dumps it: an author's traits, decoded, stand in the tables about accounts alone.

The adversary holds the whole dump (``pg_dump``, every table, the search index and the journal in it) and no key. The
same search finds a signed idea of the same person at once.
"""

import os
import re
import subprocess

import pytest
from django.db import connection

from ideas import services
from src.directory.models import User
from src.foundations.testing import drain_outbox
from src.participation.services import openings

from .city import STRANGE, announce, build_city, found_in, plant, prepare
from .test_author_never_leaks import ABOUT_ACCOUNTS, BY_ACCOUNT_ID

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
_COPY = re.compile(r'^COPY public\."?(\w+)"? \(')
_ESCAPES = {"\\n": "\n", "\\t": "\t", "\\r": "\r", "\\\\": "\\"}


def dumped() -> dict[str, list[str]]:
    """Each row of each table as the dump writes it, its escapes and its bytes decoded."""
    database = connection.settings_dict
    command = ["pg_dump", "--no-owner", "-h", database["HOST"], "-p", str(database["PORT"]), "-U", database["USER"]]
    done = subprocess.run(
        [*command, database["NAME"]], capture_output=True, check=True, env=os.environ | {"PGPASSWORD": ""}, timeout=120
    )
    tables: dict[str, list[str]] = {}
    table = None
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        if begins := _COPY.match(line):
            table = begins[1]
        elif line == "\\.":
            table = None
        elif table is not None:
            tables.setdefault(table, []).append("\t".join(map(_decoded, line.split("\t"))))
    return tables


def _decoded(cell: str) -> str:
    clear = re.sub(r"\\[ntr\\]", lambda found: _ESCAPES[found[0]], cell)
    if clear.startswith("\\x"):
        return bytes.fromhex(clear[2:]).decode("latin-1")
    return clear


def test_a_dump_names_no_author_even_of_an_opened_secret():
    city = build_city()
    plant(city)
    prepare(city)
    announce(city)
    asked = openings.ask(
        actor=User.objects.get(username="juridique"),
        kind="idea",
        reference=city.idea.reference,
        ground="danger",
        motive="Peut-être Zéphyrine-Canari Quetzal-Inouï : elle parle souvent de cette barrière.",
    )
    second = User.objects.get(username="mediation")
    opened = openings.confirm(opening=asked, actor=second)
    assert found_in(openings.read_name(opening=opened, actor=second).name)
    drain_outbox()

    tables = dumped()
    marks = {city.idea.reference, str(city.idea.handle), city.idea.handle.hex, opened.reference}
    named = [
        (table, row[:200])
        for table, rows in tables.items()
        if table not in ABOUT_ACCOUNTS
        for row in rows
        if found_in(row) and not (found_in(row) == [str(STRANGE)] and table in BY_ACCOUNT_ID)
    ]
    tied = [
        (t, row) for t, rows in tables.items() for row in rows if str(STRANGE) in row and any(m in row for m in marks)
    ]
    assert named == []
    assert tied == []
    # The dump was read: the idea, its sealed link, the opening, the index and the chain are in it.
    held = {"ideas_idea", "participation_sealedauthor", "participation_identityopening", "foundations_seal"}
    assert held <= set(tables)
    assert any(city.idea.reference in row for row in tables["ideas_idea"])

    signed = services.submit_idea(
        actor=User.objects.get(pk=STRANGE),
        space=city.world.ideas["own"].space,
        body="Une poubelle de plus au portail, côté rue.",
        identity_mode="named",
    ).idea
    drain_outbox()
    naive = dumped()
    assert any(found_in(row) and signed.reference in row for row in naive["ideas_idea"])
