"""Who chose what, asked of everything PostgreSQL keeps of a vote, before and after the closing, and after the count.

The adversary holds every table with ``xmin``, ``ctid``, ids and sizes, a dump taken while the vote was open and one
after the count, the files of the journal (WAL) and what ``pg_waldump`` reads in them, the outbox, the audit journal,
the statistics and the logs; neither the keys folder nor a holder's key. While the vote is open they pair each line of
the roll with a box: that succeeds, it is the point of the boxes. Then they try to tell each person's choice, knowing the
totals: they must do no better than chance. The same attacks break a naive table written in the same transactions.
"""

import logging
import random
import re
from hashlib import sha256

import pytest
from django.db import connection, transaction

from src.foundations.models import AuditEntry, OutboxEvent
from src.participation.ballots.models import CountedBox, RollEntry, SealedBox
from src.participation.ballots.services import wiping
from tests.factories import ballots as make
from tests.participation.test_attacks import p_value, place

from .cluster import dumped, journal_bytes, journal_lines, own_cluster, where_in_the_journal

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PEOPLE, OPTIONS = 504, 4
# Where a choice would be read, however it is written: in clear, in the hexadecimal of a dump.
CLEAR = (b'"c":[', b'"c":['.hex().encode())
_INSERT = re.compile(r"tx: +(\d+),.*desc: (?:INSERT|MULTI_INSERT).*rel \d+/\d+/(\d+) blk (\d+)")


def marks(table: str, columns: str) -> list[tuple]:
    """Rows of a table with what PostgreSQL tells of their order."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}, xmin::text::bigint, ctid::text FROM {table}")
        return [(*values, xmin, place(mark)) for *values, xmin, mark in cursor.fetchall()]


def rewritten(table: str) -> str:
    """The number under which the journal names a table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_filenode(%s)", [table])
        return str(cursor.fetchone()[0])


class World:
    """A secret vote, one of four proposals each, in the order of no list; ``chose`` is the truth."""

    def __init__(self, seed: int, cluster):
        self.cluster, self.choice = cluster, random.Random(seed)
        self.made = make.opened(secrecy="secret", people=PEOPLE)
        people = list(self.made.people)
        self.choice.shuffle(people)
        self.chose = {person.pk: self.choice.randrange(OPTIONS) for person in people}
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS naive_vote")
            cursor.execute("CREATE TABLE naive_vote (id serial PRIMARY KEY, choice text)")
        self.effects, self.journal = OutboxEvent.objects.count(), AuditEntry.objects.count()
        self.start = where_in_the_journal()
        with self.made.while_open():
            for person in people:
                self.vote(person)
        self.roll = marks("ballots_rollentry", "person_id, id::text")
        self.boxes = marks("ballots_sealedbox", "digest, ciphertext")
        self.naive = marks("naive_vote", "choice, id")
        self.wal = self.of_the_journal()
        self.dump = dumped("--exclude-table=naive_vote")

    def vote(self, person) -> None:
        """The vote, and the naive row beside it."""
        chosen = self.chose[person.pk]
        with transaction.atomic():
            self.made.cast(person, [chosen])
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO naive_vote (choice) VALUES (%s)", [f'{{"c":[{chosen}]}}'])

    def of_the_journal(self) -> dict[str, list[int]]:
        """By table, its transactions in the order in which the journal has them."""
        nodes = {rewritten(f"ballots_{name}"): name for name in ("rollentry", "sealedbox", "countedbox")}
        found: dict[str, list[int]] = {name: [] for name in nodes.values()}
        for line in journal_lines(self.cluster, self.start):
            read = _INSERT.search(line)
            if read and read[2] in nodes:
                found[nodes[read[2]]].append(int(read[1]))
        return found

    def end(self) -> None:
        """Closed, wiped, opened by two, counted."""
        self.made.close()
        wiping.wipe_due(None)
        self.counted = marks("ballots_countedbox", "digest, ciphertext")
        self.made.count()

    def paired(self) -> dict[int, tuple]:
        """Each person's box, by their transaction, and by the next one when none is of the same: this succeeds."""
        by_transaction = {box[2]: box for box in self.boxes}
        return {row[0]: by_transaction.get(row[2]) or by_transaction[row[2] + 1] for row in self.roll}


def guesses(world: World):
    """(attack, guess of each person's choice): every order of people, dealt the totals that were told; bits of boxes."""
    counts = world.made.ballot.result["total"]["counts"]
    dealt = [option for option in range(OPTIONS) for _vote in range(counts[option])]
    boxes = world.paired()
    by_xmin = {row[2]: row[0] for row in world.roll}
    rank = {row[0]: row[3] for row in world.counted}
    orders = {
        "roll by transaction": [row[0] for row in sorted(world.roll, key=lambda row: (row[2], row[3]))],
        "roll by place": [row[0] for row in sorted(world.roll, key=lambda row: row[3])],
        "roll by id": [row[0] for row in sorted(world.roll, key=lambda row: row[1])],
        "by account": sorted(row[0] for row in world.roll),
        "roll in the journal": [by_xmin[one] for one in world.wal["rollentry"] if one in by_xmin],
        "boxes in the journal": [by_xmin[one] for one in world.wal["sealedbox"] if one in by_xmin],
        "box by place": sorted(boxes, key=lambda person: boxes[person][3]),
        "box by digest": sorted(boxes, key=lambda person: boxes[person][0]),
        "box by content": sorted(boxes, key=lambda person: bytes(boxes[person][1])),
        "box by place once counted": sorted(boxes, key=lambda person: rank[boxes[person][0]]),
        "box by another hash": sorted(boxes, key=lambda person: sha256(bytes(boxes[person][1])[32:]).digest()),
    }
    for name, people in orders.items():
        assert len(people) == PEOPLE, name
        for way, ordered in (("", people), (", backwards", people[::-1])):
            yield f"{name}{way}", dict(zip(ordered, dealt, strict=True))
    for at in (0, 31, 32, 100, 303):
        yield f"byte {at} of the box", {person: bytes(box[1])[at] % OPTIONS for person, box in boxes.items()}


def best(world: World) -> tuple:
    """(p, attack, matches) of the attack that does best; p counts that the best of all was chosen."""
    totals = [list(world.chose.values()).count(option) for option in range(OPTIONS)]
    chance = max(totals) / PEOPLE
    found = [
        (p_value(hits, PEOPLE, chance), name, hits)
        for name, told in guesses(world)
        for hits in [sum(told[person] == chosen for person, chosen in world.chose.items())]
    ]
    p, name, hits = min(found)
    return min(1.0, p * len(found)), name, hits


def naive_matches(world: World) -> dict[str, int]:
    """How many choices the same orders give of the naive table."""
    told = {}
    for name, person_key, row_key in (
        ("transaction", lambda row: row[2], lambda row: row[2]),
        ("place", lambda row: row[3], lambda row: row[3]),
    ):
        people = [row[0] for row in sorted(world.roll, key=person_key)]
        rows = [
            int(row[0][6]) if row[0][5] == "[" else int(row[0].split("[")[1][0])
            for row in sorted(world.naive, key=row_key)
        ]
        told[name] = sum(world.chose[person] == chosen for person, chosen in zip(people, rows, strict=True))
    return told


def test_no_table_journal_dump_or_log_tells_a_choice(caplog):
    caplog.set_level(logging.INFO)
    with own_cluster() as cluster:
        # Chance itself does better than p = 0.01 once in a hundred worlds: a leak does so in the second one too.
        for seed in (31, 32):
            world = World(seed, cluster)
            assert (OutboxEvent.objects.count(), AuditEntry.objects.count()) == (world.effects, world.journal)
            assert {len(bytes(box[1])) for box in world.boxes} == {304}
            assert len(world.wal["rollentry"]) == len(world.wal["sealedbox"]) == PEOPLE
            assert len(world.paired()) == PEOPLE, "while it is open, each line leads to a box, and no further"
            assert naive_matches(world) == {"transaction": PEOPLE, "place": PEOPLE}, "the naive table falls"
            assert not any(mark in world.dump for mark in CLEAR), "a dump without the keys holds no choice"
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%%ballots_%%' AND query ~ '[0-9a-f]{64}'"
                )
                assert cursor.fetchone() == (0,)

            world.end()

            assert world.made.ballot.result["total"]["ballots"] == PEOPLE
            assert len({row[2] for row in world.counted}) == 1, "taken out in one transaction"
            assert [row[0] for row in sorted(world.counted, key=lambda row: row[3])] == sorted(
                row[0] for row in world.counted
            ), "in the order of the fingerprints, the only one that remains"
            assert not SealedBox.objects.exists()
            after = dumped("--exclude-table=naive_vote")
            assert not any(mark in after for mark in CLEAR)
            found = best(world)
            if found[0] > 0.01:
                break
        assert found[0] > 0.01, found
        written = journal_bytes(cluster)
        assert written.count(b'{"c":[') >= PEOPLE, "the naive rows are in the journal"
        assert b'"v":1,"c":[' not in written
    accounts = {person.username for person in world.made.people}
    logged = "\n".join(record.getMessage() + str(vars(record)) for record in caplog.records)
    assert not [one for one in accounts if re.search(rf"\b{one}\b", logged)]
    assert not [digest for digest, *_rest in world.boxes if digest in logged]


def test_the_rows_of_an_emptied_urn_are_wiped():
    with own_cluster():
        made = make.opened(secrecy="secret", people=30)
        made.cast_all([[0]] * 30)
        made.close()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_relation_size('ballots_sealedbox')")
            assert cursor.fetchone()[0] > 0, "dead rows are still there"
            cursor.execute("SELECT pg_stat_force_next_flush()")
            assert "ballots_sealedbox" in wiping.wipe_due(None)
            cursor.execute("SELECT pg_relation_size('ballots_sealedbox')")
            assert cursor.fetchone()[0] == 0
        assert (CountedBox.objects.count(), RollEntry.objects.count()) == (30, 30)


def test_a_dump_holds_no_simple_choice_either():
    made = make.opened(people=60)
    made.cast_all([[number % OPTIONS] for number in range(60)])
    with made.while_open():
        made.cast(made.people[0], [3])
    kept = dumped()
    assert not any(mark in kept for mark in CLEAR)
    lengths = re.findall(rb"^\d+\t\\\\x([0-9a-f]+)\t\d+\t\d+$", kept, re.MULTILINE)
    assert len({len(one) for one in lengths}) == 1 and len(lengths) >= 60
    made.close()
    assert not any(mark in dumped() for mark in CLEAR)
