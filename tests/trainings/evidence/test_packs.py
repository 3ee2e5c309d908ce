"""The evidence of an obligation: what was known then and now, hashed, byte-equal when made again."""

import csv
import datetime as dt
import hashlib
import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from src.directory.enums import Role
from src.directory.services import end_affectation
from src.foundations import chain, clock
from src.foundations.models import AuditEntry
from src.foundations.testing import drain_outbox
from tests.factories import training_ledger as ledger
from tests.factories import training_obligations as made
from tests.factories.directory import AgentFactory, UnitFactory
from tests.trainings.obligations.test_evaluating import posted
from trainings.evidence import packing, preparing, registry, states
from trainings.ledger.services import revoke
from trainings.obligations.models import Requirement, RequirementPast
from trainings.obligations.services import deciding
from trainings.obligations.services.evaluating import evaluate

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
PACKS = reverse("trainings_evidence:packs")


@pytest.fixture
def lived(settings):
    """A clock that may be told: what was written down on which day."""
    settings.TERRAIN_DEMO = True

    def at(days_ago: int):
        return clock.told_as(clock.now() - days_ago * DAY)

    return at


@pytest.fixture
def hr():
    return AgentFactory(roles=[(Role.HR, None)])


@pytest.fixture
def obligation(lived):
    with lived(100):
        return made.obligation(made.RECEPTION, track=ledger.track())


@pytest.fixture
def nadia():
    return posted(UnitFactory(code="ACC"), contact=True)


def ago(days: int) -> dt.date:
    return clock.today() - days * DAY


def night(lived, days_ago: int) -> None:
    with lived(days_ago):
        evaluate()


def pack(obligation, day) -> bytes:
    stream = io.BytesIO()
    packing.write(stream, obligation, day)
    return stream.getvalue()


def table(content: bytes, name: str) -> list[dict]:
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        text = found.read(name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def then(obligation, day) -> dict:
    return {line.agent: line.state for line in states.known_then(obligation, day)}


def now(obligation, day) -> dict:
    return {line.agent: line.state for line in states.known_now(obligation, day)}


def test_a_training_recorded_late_is_known_now_and_wasn_t_then(obligation, nadia, lived):
    night(lived, 90)
    with lived(10):
        ledger.completed(nadia, obligation.track, ago(60), source="papier")

    assert (then(obligation, ago(50)), now(obligation, ago(50))) == ({nadia.pk: "due_soon"}, {nadia.pk: "up_to_date"})
    assert then(obligation, ago(5)) == now(obligation, ago(5)) == {nadia.pk: "up_to_date"}
    assert now(obligation, ago(75)) == {nadia.pk: "to_do"}


def test_a_revocation_is_known_from_its_day(obligation, nadia, lived, hr):
    night(lived, 90)
    with lived(60):
        done = ledger.completed(nadia, obligation.track, ago(60))
    with lived(20):
        revoke(completion=done, reason="Saisie par erreur.", actor=hr)

    assert (then(obligation, ago(40)), now(obligation, ago(40))) == ({nadia.pk: "up_to_date"}, {nadia.pk: "to_do"})
    assert then(obligation, ago(10)) == {nadia.pk: "to_do"}


def test_an_absence_noted_late_suspends_in_what_is_known_now_alone(obligation, nadia, lived, hr):
    night(lived, 90)
    with lived(10):
        deciding.note_absence(agent=nadia, starts_on=ago(60), ends_on=ago(30), actor=hr)

    assert then(obligation, ago(45)) == {nadia.pk: "due_soon"}
    assert now(obligation, ago(45)) == {nadia.pk: "suspended"}


def test_a_later_day_is_the_one_that_was_known(obligation, nadia, lived, hr):
    night(lived, 90)
    owed = Requirement.objects.get()
    before = owed.due_on
    with lived(10):
        deciding.extend(requirement=owed, until=before + 40 * DAY, actor=hr)

    (was,) = states.known_then(obligation, ago(50))
    (is_now,) = states.known_now(obligation, ago(50))

    assert (was.due_on, is_now.due_on) == (before, before + 40 * DAY)


def test_who_left_since_was_concerned_and_who_came_late_to_the_file_is_told(obligation, nadia, lived):
    night(lived, 90)
    end_affectation(nadia, on=ago(20))
    night(lived, 15)
    late = posted(UnitFactory(), starts_on=ago(80), contact=True)
    night(lived, 1)

    assert then(obligation, ago(50)) == {nadia.pk: "due_soon"}
    found = {line.agent: (line.state, line.cycle) for line in states.known_now(obligation, ago(50))}
    assert found[nadia.pk] == ("due_soon", 1) and found[late.pk][0] == "upcoming"
    assert then(obligation, ago(5))[nadia.pk] == "not_applicable"


def test_nothing_is_written_of_a_state_alone(obligation, nadia, lived):
    night(lived, 90)
    evaluate(clock.today() + 400 * DAY)

    assert Requirement.objects.get().state == "overdue" and not RequirementPast.objects.exists()


def test_a_pack_is_whole_hashed_and_byte_equal(obligation, nadia, lived):
    night(lived, 90)
    ledger.completed(nadia, obligation.track, ago(60))

    first, second = pack(obligation, ago(30)), pack(obligation, ago(30))

    assert first == second
    hashes = {row["fichier"]: row["sha256"] for row in table(first, packing.MANIFEST)}
    with zipfile.ZipFile(io.BytesIO(first)) as found:
        names = found.namelist()
        assert hashes == {
            name: hashlib.sha256(found.read(name)).hexdigest() for name in names if name != packing.MANIFEST
        }
        assert {one.date_time for one in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert obligation.reference in found.read(packing.README).decode()
    (line,) = table(first, "registre.csv")
    assert (
        line["empreinte"] == chain.heads()["completions"][1]
        and line["sha256"] == obligation.track.versions.get().content_sha256
    )
    link = f"completions|{line['rang']}|{line['cle']}|{line['empreinte_ligne']}|{line['precedent']}"
    assert hashlib.sha256(link.encode()).hexdigest() == line["empreinte"]
    (state,) = table(first, "etats-connus-aujourdhui.csv")
    assert (state["matricule"], state["etat"]) == (nadia.personnel_number or "", "up_to_date")
    assert nadia.last_name not in first.decode("utf-8", errors="ignore")


def test_rooms_add_their_files(obligation, lived):
    registry.register("emargements", lambda of, day: [("b.pdf", b"B"), ("a.pdf", b"A")])
    try:
        content = pack(obligation, ago(1))
        with pytest.raises(ValueError):
            registry.register("emargements", lambda of, day: [])
    finally:
        registry.unregister("emargements")

    rows = {row["fichier"]: row["octets"] for row in table(content, packing.MANIFEST)}
    assert rows["emargements/a.pdf"] == rows["emargements/b.pdf"] == "1"


def test_the_command_writes_one_file_and_replaces_none(obligation, tmp_path, capsys):
    target = tmp_path / "preuves.zip"
    arguments = ["training_evidence", "--obligation", obligation.reference.lower(), "--out", str(target)]

    call_command(*arguments, "--at", ago(1).isoformat())

    assert hashlib.sha256(target.read_bytes()).hexdigest() in capsys.readouterr().out
    for refused in (["--at", ago(1).isoformat()], ["--at", "hier"]):
        with pytest.raises(CommandError):
            call_command(*arguments, *refused)
    other = [*arguments[:-1], str(tmp_path / "b.zip")]
    with pytest.raises(CommandError):
        call_command(*other, "--at", (clock.today() + DAY).isoformat())
    assert not (tmp_path / "b.zip").exists()


def test_the_screen_prepares_in_the_background_then_gives_the_file(client, hr, obligation):
    client.force_login(hr)
    asked = client.post(PACKS, {"obligation": obligation.pk, "day": ago(1).isoformat()})
    again = client.post(PACKS, {"obligation": obligation.pk, "day": ago(1).isoformat()})
    drain_outbox()
    run = preparing.asked_by(hr).get()

    page = client.get(asked["Location"]).content.decode()
    taken = client.get(reverse("trainings_evidence:taken", kwargs={"run": run.pk}))

    assert asked["Location"] == again["Location"] and run.result["sha256"] in page
    assert taken.content == pack(obligation, ago(1)) and taken["Content-Type"] == "application/zip"
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"trainings.evidence_asked", "trainings.evidence_taken"} <= verbs
    client.force_login(AgentFactory(roles=[(Role.HR, None)]))
    assert client.get(asked["Location"]).status_code == 404
    client.force_login(AgentFactory(roles=[(Role.HR, UnitFactory())]))
    assert client.get(PACKS).status_code == 403


def test_days_to_come_and_drafts_are_refused_in_words(client, hr, obligation):
    draft = made.obligation(active=False, track=ledger.track("Autre"))
    client.force_login(hr)

    tomorrow = client.post(PACKS, {"obligation": obligation.pk, "day": (clock.today() + DAY).isoformat()})

    assert tomorrow.status_code == 422 and "pas à venir" in tomorrow.content.decode()
    assert client.post(PACKS, {"obligation": draft.pk, "day": ago(1).isoformat()}).status_code == 422
    with pytest.raises(ValidationError):
        preparing.ask(obligation=draft, day=ago(1), actor=hr)
    with pytest.raises(PermissionDenied):
        preparing.ask(obligation=obligation, day=ago(1), actor=AgentFactory())


def test_the_monthly_page_tells_the_heads_that_audit_verify_takes(client, hr, obligation, nadia, monkeypatch):
    from django.http import HttpResponse

    from trainings.evidence.views import packs

    ledger.completed(nadia, obligation.track)
    monkeypatch.setattr(packs.documents, "pdf_or_html_response", lambda html, name: HttpResponse(html))
    client.force_login(hr)

    page = client.post(reverse("trainings_evidence:heads")).content.decode()

    seq, digest = chain.heads()["completions"]
    assert digest[:32] in page and digest[32:] in page
    call_command("audit_verify", "--expect", f"completions:{seq}:{digest}")


def test_statements_do_not_grow_with_people(obligation, nadia, lived, django_assert_num_queries):
    night(lived, 90)
    ledger.completed(nadia, obligation.track, ago(60))
    chain.seal_pending(thorough=True)
    with django_assert_num_queries(38):
        pack(obligation, ago(30))
    for _turn in range(3):
        ledger.completed(posted(UnitFactory(), contact=True), obligation.track, ago(60))
    evaluate()
    chain.seal_pending(thorough=True)
    with django_assert_num_queries(38):
        pack(obligation, ago(30))
