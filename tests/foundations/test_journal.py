"""The journal's chain: what is written is sealed, and any tampering is named."""

import io
import json
import random
import threading
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction

from src.foundations import chain, clock, guards, journal
from src.foundations.models import AuditEntry, Seal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _an_empty_journal_of_one_stream(monkeypatch, db):
    """Rooms write entries of their own when a database is prepared."""
    monkeypatch.setattr(journal, "_streams", {journal.STREAM: journal._streams[journal.STREAM]})
    tampered(("DELETE FROM foundations_seal", []), ("DELETE FROM foundations_auditentry", []))


@pytest.fixture
def stream():
    return journal.stream(journal.STREAM)


def tampered(*statements):
    """Do what only the owner of the database can: lift the guards, change, put them back."""
    guards.remove_guards()
    with connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
    guards.install_guards()


def verify() -> tuple[int, str]:
    """Exit code and errors of the command."""
    errors = io.StringIO()
    try:
        call_command("audit_verify", stdout=io.StringIO(), stderr=errors)
    except SystemExit as leaving:
        return leaving.code, errors.getvalue().strip()
    return 0, errors.getvalue().strip()


@pytest.fixture
def five_entries():
    entries = [journal.record("test.done", object_ref=f"K4T9M{n}", payload={"n": n}) for n in range(1, 6)]
    assert chain.seal_pending() == {"audit": 5}
    return entries


def test_record_writes_one_entry_under_a_pseudonym(django_assert_num_queries):
    user = get_user_model().objects.create(username="nadia")
    journal.pseudonym(user)

    with time_machine.travel(clock.now(), tick=False), django_assert_num_queries(1):
        entry = journal.record("role.granted", actor=user, object_ref="PRO", payload={"role": "moderator"})
        now = clock.now()

    row = AuditEntry.objects.get()
    assert (row.at, row.actor, row.verb, row.object_ref, row.payload) == (
        now,
        journal.pseudonym(user),
        "role.granted",
        "PRO",
        {"role": "moderator"},
    )
    assert row.pk == entry.pk
    assert "nadia" not in row.actor
    assert Seal.objects.count() == 0


def test_entries_and_seals_can_neither_change_nor_leave(five_entries):
    for statement in (
        "UPDATE foundations_auditentry SET verb = 'x'",
        "DELETE FROM foundations_auditentry",
        "UPDATE foundations_seal SET hash = 'x'",
        "DELETE FROM foundations_seal",
    ):
        with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    assert verify() == (0, "")


def test_the_sealer_chains_what_waits_once_and_in_order(five_entries, stream):
    again = chain.seal_pending()
    seals = list(Seal.objects.order_by("seq"))

    assert again == {"audit": 0}
    assert [(seal.seq, seal.row_pk) for seal in seals] == [(n + 1, entry.pk) for n, entry in enumerate(five_entries)]
    assert [seal.prev_hash for seal in seals] == [journal.GENESIS, *(seal.hash for seal in seals[:-1])]
    assert chain.heads() == {"audit": (5, seals[-1].hash)}
    assert chain.verify(stream).links == 5


def test_chain_now_seals_in_the_same_transaction():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        journal.record("identity.opened", chain_now=True)
        1 / 0  # noqa: B018
    journal.record("identity.opened", chain_now=True)

    assert (AuditEntry.objects.count(), Seal.objects.count(), verify()) == (1, 1, (0, ""))


def test_an_entry_that_committed_late_is_still_sealed(five_entries):
    # A transaction took the smaller key and committed after the others were sealed.
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO foundations_auditentry (id, at, actor, verb, object_ref, payload) "
            "VALUES (0, %s, '', 'late', '', '{}')",
            [clock.now()],
        )

    assert (chain.seal_pending(), verify()) == ({"audit": 1}, (0, ""))


def test_a_changed_row_is_named(five_entries):
    tampered(("UPDATE foundations_auditentry SET object_ref = 'ZZZZZZ' WHERE id = %s", [five_entries[2].pk]))

    assert verify() == (1, f"audit seq 3: row {five_entries[2].pk} was changed")


@pytest.mark.parametrize("column", ["verb", "actor", "payload", "at"])
def test_a_change_in_any_column_is_seen(five_entries, column):
    value = {"payload": '{"n": 99}', "at": clock.now() - timedelta(days=3)}.get(column, "x")
    tampered((f"UPDATE foundations_auditentry SET {column} = %s WHERE id = %s", [value, five_entries[0].pk]))

    assert verify() == (1, f"audit seq 1: row {five_entries[0].pk} was changed")


def test_a_removed_row_is_named(five_entries):
    tampered(("DELETE FROM foundations_auditentry WHERE id = %s", [five_entries[3].pk]))

    assert verify() == (1, f"audit seq 4: row {five_entries[3].pk} was removed")


def test_a_removed_row_and_its_link_are_named(five_entries):
    tampered(
        ("DELETE FROM foundations_auditentry WHERE id = %s", [five_entries[1].pk]),
        ("DELETE FROM foundations_seal WHERE seq = 2", []),
    )

    assert verify() == (1, "audit seq 2: link 2 was removed")


def test_two_rows_that_trade_places_are_named(five_entries):
    first, second = five_entries[1].pk, five_entries[3].pk
    tampered(
        ("UPDATE foundations_auditentry SET id = -99 WHERE id = %s", [first]),
        ("UPDATE foundations_auditentry SET id = %s WHERE id = %s", [first, second]),
        ("UPDATE foundations_auditentry SET id = %s WHERE id = -99", [second]),
    )

    assert verify() == (1, f"audit seq 2: row {first} was changed")


def test_two_links_that_trade_places_are_named(five_entries):
    tampered(
        ("UPDATE foundations_seal SET seq = 99 WHERE seq = 2", []),
        ("UPDATE foundations_seal SET seq = 2 WHERE seq = 3", []),
        ("UPDATE foundations_seal SET seq = 3 WHERE seq = 99", []),
    )

    assert verify() == (1, "audit seq 2: the link before was changed")


def test_a_row_changed_with_its_link_breaks_the_next_link(five_entries, stream):
    entry = five_entries[2]
    entry.object_ref = "ZZZZZZ"
    content = chain.row_hash(stream, entry)
    seal = Seal.objects.get(seq=3)
    forged = chain.link_hash("audit", 3, entry.pk, content, seal.prev_hash)
    tampered(
        ("UPDATE foundations_auditentry SET object_ref = 'ZZZZZZ' WHERE id = %s", [entry.pk]),
        ("UPDATE foundations_seal SET row_hash = %s, hash = %s WHERE seq = 3", [content, forged]),
    )

    assert verify() == (1, "audit seq 4: the link before was changed")


def test_a_chain_cut_at_its_end_is_seen_by_the_head_noted_elsewhere(five_entries):
    seq, digest = chain.heads()["audit"]
    tampered(
        ("DELETE FROM foundations_auditentry WHERE id = %s", [five_entries[4].pk]),
        ("DELETE FROM foundations_seal WHERE seq = 5", []),
    )
    errors = io.StringIO()

    assert verify() == (0, "")
    with pytest.raises(SystemExit) as leaving:
        call_command("audit_verify", expect=[f"audit:{seq}:{digest}"], stderr=errors)
    assert (leaving.value.code, errors.getvalue().strip()) == (
        1,
        "audit seq 5: the chain is cut before the noted head",
    )


def test_heads_print_in_the_form_expect_reads(five_entries):
    output = io.StringIO()
    call_command("audit_verify", heads=True, stdout=output)
    call_command("audit_verify", expect=output.getvalue().split(), stdout=io.StringIO())

    assert output.getvalue() == f"audit:5:{chain.heads()['audit'][1]}\n"


def test_a_row_that_was_never_sealed_is_named_once_it_should_have_been(five_entries):
    with time_machine.travel(clock.now() - timedelta(minutes=11)):
        late = journal.record("test.planted")

    assert verify() == (1, f"audit seq 6: row {late.pk} was never sealed")


def test_a_clean_journal_prints_its_counts(five_entries):
    output = io.StringIO()
    call_command("audit_verify", stdout=output)

    assert json.loads(output.getvalue()) == {"audit": 5}


@pytest.mark.parametrize("text", ["audit", "audit:1:x", "nothing:1:" + "0" * 64])
def test_an_unreadable_head_is_a_usage_error(text):
    with pytest.raises(Exception, match="STREAM:SEQ:HASH") as refusal:
        call_command("audit_verify", expect=[text])
    assert refusal.value.returncode == 2


def test_the_chain_doesnt_depend_on_the_sessions_time_zone(five_entries, stream, settings):
    settings.TIME_ZONE = "Pacific/Auckland"

    assert chain.verify(stream).fault is None


def test_a_stream_needs_whole_numbers_as_keys():
    from src.foundations.models import JobRun

    with pytest.raises(ValueError, match="whole numbers"):
        journal.register_stream("runs", JobRun, lambda row: {})


def test_a_long_chain_is_read_window_by_window(stream, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(chain, "_WINDOW", 10)
    written(25)

    # Three windows of links and their rows, the window that is empty, the search for a row never sealed.
    with django_assert_num_queries(8) as asked:
        verified = chain.verify(stream)

    assert (verified.links, verified.fault) == (25, None)
    # Rows that lie close together are read as a range: a list of two thousand keys costs as much as the hashes.
    assert [query["sql"] for query in asked if " IN (" in query["sql"]] == []


def test_a_chain_whose_rows_lie_far_apart_is_verified_too(stream, monkeypatch):
    monkeypatch.setattr(chain, "_WINDOW", 4)
    monkeypatch.setattr(chain, "_BATCH", 3)
    now = clock.now()
    AuditEntry.objects.bulk_create([AuditEntry(pk=10_000 + 50 * n, at=now, verb="test.far") for n in range(9)])
    while chain.seal_pending()["audit"]:
        pass

    assert (chain.verify(stream).links, verify()) == (9, (0, ""))

    tampered(("DELETE FROM foundations_auditentry WHERE id = %s", [10_350]))
    assert verify() == (1, "audit seq 8: row 10350 was removed")


def test_a_hundred_tamperings_of_a_hundred_are_named(stream, monkeypatch):
    monkeypatch.setattr(chain, "_WINDOW", 16)
    entries = written(60)
    rng = random.Random(20261125)
    named = []
    guards.remove_guards()
    for _turn in range(100):
        kind = rng.choice(["changed", "removed", "with its link", "swapped"])
        first, second = sorted(rng.sample(range(60), 2))
        with transaction.atomic():
            expected = tamper(kind, entries[first].pk, entries[second].pk, first + 1, rng)
            named.append((str(chain.verify(stream).fault), expected))
            transaction.set_rollback(True)
    guards.install_guards()

    assert [found for found, expected in named if found != expected] == []
    assert (len(named), verify()) == (100, (0, ""))


def written(count):
    """That many sealed entries, their primary keys in a row."""
    now = clock.now()
    entries = AuditEntry.objects.bulk_create(
        [AuditEntry(at=now, verb="test.bulk", object_ref=f"K4T{n:03}") for n in range(count)]
    )
    assert chain.seal_pending() == {"audit": count}
    return entries


def tamper(kind, pk, other, seq, rng):
    """Change the journal as its owner could; return what the verifier must say."""
    with connection.cursor() as cursor:
        if kind == "changed":
            column = rng.choice(["verb", "object_ref", "actor"])
            cursor.execute(f"SELECT {column} FROM foundations_auditentry WHERE id = %s", [pk])
            value = list(cursor.fetchone()[0] or "-")
            place = rng.randrange(len(value))
            value[place] = "~" if value[place] != "~" else "_"
            cursor.execute(f"UPDATE foundations_auditentry SET {column} = %s WHERE id = %s", ["".join(value), pk])
            return f"audit seq {seq}: row {pk} was changed"
        if kind == "swapped":
            for old, new in ((pk, -99), (other, pk), (-99, other)):
                cursor.execute("UPDATE foundations_auditentry SET id = %s WHERE id = %s", [new, old])
            return f"audit seq {seq}: row {pk} was changed"
        cursor.execute("DELETE FROM foundations_auditentry WHERE id = %s", [pk])
        if kind == "removed":
            return f"audit seq {seq}: row {pk} was removed"
        cursor.execute("DELETE FROM foundations_seal WHERE stream = 'audit' AND seq = %s", [seq])
        return f"audit seq {seq}: link {seq} was removed"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_writers_and_sealers_at_once_leave_one_whole_chain():
    errors = []

    def work(number):
        try:
            for n in range(10):
                if number < 4:
                    journal.record("test.race", payload={"n": n}, chain_now=n % 3 == 0)
                else:
                    chain.seal_pending()
        except Exception as error:  # noqa: BLE001 - counted below
            errors.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    chain.seal_pending()

    assert (errors, Seal.objects.count(), verify()) == ([], 40, (0, ""))
