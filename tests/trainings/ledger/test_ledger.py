"""Completions are only ever added; what somebody with the database in hand does to them is found."""

import datetime as dt
import io
import threading
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from src.foundations import chain, clock, guards, journal, personal_data
from src.foundations.models import AuditEntry, Seal
from tests.factories import training_ledger as made
from tests.factories.directory import AgentFactory, UnitFactory
from trainings.ledger import registry
from trainings.ledger.enums import Method
from trainings.ledger.models import Completion, CompletionRevocation
from trainings.ledger.services import Fact, record_completion, record_completions, revoke

pytestmark = pytest.mark.django_db

LEDGER, REVOCATIONS = "trainings_ledger_completion", "trainings_ledger_completionrevocation"


@pytest.fixture
def nadia():
    return AgentFactory(first_name="Nadia", last_name="Belkacem", unit=UnitFactory())


@pytest.fixture
def told(monkeypatch):
    """Whom the ledger told, batch by batch."""
    batches = []
    monkeypatch.setattr(registry, "_on_change", [batches.append])
    return batches


def tampered(*statements):
    """Do what only the owner of the database can: lift the guards, change, put them back."""
    guards.remove_guards()
    with connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
    guards.install_guards()


def verified(*options) -> tuple[int, str]:
    """Exit code and errors of the command."""
    errors = io.StringIO()
    try:
        call_command("audit_verify", *options, stdout=io.StringIO(), stderr=errors)
    except SystemExit as leaving:
        return leaving.code, errors.getvalue().strip()
    return 0, errors.getvalue().strip()


@pytest.fixture
def three(nadia):
    """Three completions, chained."""
    track = made.track()
    rows = [made.completed(nadia, track, dt.date(2026, 1, day), source=f"enrolment:{day}") for day in (5, 6, 7)]
    chain.seal_pending(thorough=True)
    return rows


def test_a_completion_tells_its_version_its_content_and_its_day(nadia, told):
    track = made.track()
    version = track.versions.get()
    late = dt.datetime(2026, 3, 31, 23, 30, tzinfo=ZoneInfo("America/Guadeloupe"))

    row = record_completion(
        agent=nadia, track=track, version=version, completed=late, method=Method.ONLINE, minutes=85,
        source="enrolment:1", evidence=[{"kind": "quiz", "ref": "12"}],
    )  # fmt: skip

    assert (row.agent, row.track, row.version, row.content_sha256) == (nadia, track, version, version.content_sha256)
    assert (row.completed_on, row.minutes, row.method) == (dt.date(2026, 4, 1), 85, "online")
    assert row.evidence == [{"kind": "quiz", "ref": "12"}]
    assert told == [[nadia.pk]]


def test_the_same_fact_told_twice_is_recorded_once(nadia, told):
    track = made.track()

    first = made.completed(nadia, track, source="enrolment:1")
    again = made.completed(nadia, track, source="enrolment:1", minutes=3)

    assert (again.pk, again.minutes, Completion.objects.count()) == (first.pk, 0, 1)
    assert told == [[nadia.pk]]


def test_many_are_recorded_in_a_few_statements(told, django_assert_num_queries):
    agents = [AgentFactory(unit=None) for _ in range(5)]
    track = made.track()
    facts = [Fact(one.pk, track, dt.date(2026, 2, 2), Method.IMPORTED, f"import:{one.pk}") for one in agents]

    with django_assert_num_queries(6):
        assert record_completions(facts) == 5

    assert record_completions(facts * 2) == 0
    assert told == [sorted(one.pk for one in agents)]


def test_a_day_to_come_is_refused_and_nothing_is_written(nadia, told):
    track = made.track()
    facts = [
        Fact(nadia.pk, track, clock.today(), Method.IMPORTED, "import:1"),
        Fact(nadia.pk, track, clock.today() + dt.timedelta(days=1), Method.IMPORTED, "import:2"),
    ]

    with pytest.raises(ValidationError, match="jour à venir"):
        record_completions(facts)

    assert (Completion.objects.count(), told) == (0, [])


def test_what_the_database_refuses(nadia):
    track, other = made.track(), made.track()
    row = made.completed(nadia, track)
    refused = [
        lambda: Completion.objects.filter(pk=row.pk).update(minutes=5),
        lambda: Completion.objects.filter(pk=row.pk).delete(),
        # The content of another version, the version of another track, none at all, a word of one's own.
        lambda: made.completed(nadia, track, version=other.versions.get()),
        lambda: made.completed(nadia, track, version=None),
        lambda: made.completed(nadia, track, method="telepathy"),
        lambda: made.completed(nadia, track, source=""),
    ]

    for act in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()

    assert list(Completion.objects.values_list("pk", "minutes")) == [(row.pk, 0)]


def test_what_was_completed_stays_when_the_track_or_the_account_goes(nadia):
    row = made.completed(nadia, made.track())

    for gone in (row.track, row.version, nadia):
        with pytest.raises(ProtectedError), transaction.atomic():
            gone.delete()
    personal_data.erase(nadia)

    nadia.refresh_from_db()
    assert (nadia.first_name, Completion.objects.get().agent_id) == ("", nadia.pk)


def test_a_revoked_completion_stays_and_no_longer_counts(nadia, told):
    hr = AgentFactory(unit=None)
    first, second = (made.completed(nadia, made.track()) for _ in range(2))

    revoke(completion=first, reason=" Feuille d’une autre personne. ", actor=hr)

    assert list(Completion.objects.that_count()) == [second]
    assert CompletionRevocation.objects.get().reason == "Feuille d’une autre personne."
    assert AuditEntry.objects.get(verb="trainings.completion_revoked").actor == journal.pseudonym(hr)
    assert told[-1] == [nadia.pk]
    for act, sentence in (
        (lambda: revoke(completion=first, reason="Encore.", actor=hr), "ne comptait déjà plus"),
        (lambda: revoke(completion=second, reason=" ", actor=hr), "pourquoi"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            act()
    for act in (
        lambda: CompletionRevocation.objects.update(reason="Autre."),
        lambda: CompletionRevocation.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_one_reads_ones_own(nadia):
    row = made.completed(nadia, made.track())
    made.completed(AgentFactory(unit=None), row.track)

    assert list(Completion.objects.visible_to(nadia)) == [row]
    assert [one["title"] for one in personal_data.export_of(nadia)["trainings_ledger.Completion"]] == [row.track.title]


def test_a_whole_ledger_verifies(three):
    assert verified() == (0, "")


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        (["UPDATE {ledger} SET minutes = 5 WHERE id = {b}"], "completions seq 2: row {b} was changed"),
        (["UPDATE {ledger} SET completed_on = '2026-01-01' WHERE id = {b}"], "completions seq 2: row {b} was changed"),
        (["DELETE FROM {ledger} WHERE id = {b}"], "completions seq 2: row {b} was removed"),
        (["DELETE FROM {ledger} WHERE id = {c}"], "completions seq 3: row {c} was removed"),
        # Two rows trade places: each is sound, neither where it was.
        (
            [
                "UPDATE {ledger} SET id = -1 WHERE id = {a}",
                "UPDATE {ledger} SET id = {a} WHERE id = {b}",
                "UPDATE {ledger} SET id = {b} WHERE id = -1",
            ],
            "completions seq 1: row {a} was changed",
        ),
        (
            [
                "UPDATE foundations_seal SET row_pk = -1 WHERE stream = 'completions' AND seq = 1",
                "UPDATE foundations_seal SET row_pk = {a} WHERE stream = 'completions' AND seq = 2",
                "UPDATE foundations_seal SET row_pk = {b} WHERE stream = 'completions' AND seq = 1",
            ],
            "completions seq 1: the link was changed",
        ),
        (
            [
                "DELETE FROM {ledger} WHERE id = {a}",
                "DELETE FROM foundations_seal WHERE stream = 'completions' AND seq = 1",
            ],
            "completions seq 1: link 1 was removed",
        ),
    ],
    ids=["minutes", "day", "removed", "last removed", "traded", "links traded", "removed with its link"],
)  # fmt: skip
def test_a_ledger_somebody_touched_is_found(three, statements, found):
    names = {"ledger": LEDGER} | dict(zip("abc", (row.pk for row in three), strict=True))

    tampered(*((sql.format(**names).replace("-1", "999999"), []) for sql in statements))

    assert verified() == (1, found.format(**names))


def test_a_ledger_cut_at_its_end_is_found_against_a_head_noted_before(three):
    _seq, head = chain.heads()["completions"]
    tampered(
        (f"DELETE FROM {LEDGER} WHERE id = %s", [three[2].pk]),
        ("DELETE FROM foundations_seal WHERE stream = 'completions' AND seq = 3", []),
    )

    assert verified()[0] == 0
    code, said = verified("--expect", f"completions:3:{head}")

    assert (code, said) == (1, "completions seq 3: the chain is cut before the noted head")


def test_a_row_slipped_in_without_a_link_is_found(three):
    """The sealer would chain it a moment later: one that waits for ten minutes was put there while it was stopped."""
    Completion.objects.bulk_create(
        [
            Completion(
                agent=three[0].agent, track=three[0].track, method=Method.IMPORTED, source="import:x",
                completed_on=dt.date(2026, 1, 8), recorded_at=clock.now() - dt.timedelta(hours=1),
            )
        ]
    )  # fmt: skip

    code, said = verified()

    assert (code, said.rpartition(" ")[2]) == (1, "sealed")


def test_a_revocation_taken_away_is_found(three):
    revoke(completion=three[0], reason="Erreur.", actor=three[0].agent)
    chain.seal_pending(thorough=True)

    tampered((f"DELETE FROM {REVOCATIONS}", []))

    assert verified()[0] == 1
    assert verified()[1].startswith("revocations seq 1: row")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_same_fact_from_two_places_at_once_is_recorded_once():
    agent, track = AgentFactory(unit=None), made.track()
    version, start = track.versions.get(), threading.Barrier(4)
    seen: list = []

    def act():
        try:
            start.wait()
            row = record_completion(
                agent=agent, track=track, version=version, method=Method.ONLINE, source="enrolment:1"
            )
            seen.append(row.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(seen), len(set(seen)), Completion.objects.count()) == (4, 1, 1)
    chain.seal_pending()
    assert Seal.objects.filter(stream="completions").count() == 1
