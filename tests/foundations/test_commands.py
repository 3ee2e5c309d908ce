"""The commands: what they print, what they return, and that running them twice changes nothing."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command, get_commands, load_command_class
from django.core.management.base import CommandError

from src.foundations import checks, clock, diagnosis, outbox, sealing, ticking
from src.foundations.models import OutboxEvent, RateBucket, TickRun

pytestmark = pytest.mark.django_db

OURS = sorted(name for name, app in get_commands().items() if app == "src.foundations")


def run(*args, **options):
    """Exit code, output, errors."""
    output, errors = io.StringIO(), io.StringIO()
    try:
        call_command(*args, stdout=output, stderr=errors, **options)
    except SystemExit as leaving:
        return leaving.code, output.getvalue(), errors.getvalue()
    return 0, output.getvalue(), errors.getvalue()


@pytest.fixture
def periodic():
    kept = dict(ticking._periodic)
    ticking._periodic.clear()
    yield ticking.on_tick
    ticking._periodic.clear()
    ticking._periodic.update(kept)


def test_the_commands_of_the_cellar_are_these():
    assert OURS == ["audit_verify", "doctor", "flush", "keys", "messages", "relay", "retention", "rqworker", "tick"]


@pytest.mark.parametrize("name", OURS)
def test_each_command_has_its_help(name):
    command = load_command_class("src.foundations", name)

    assert len(command.create_parser("manage.py", name).format_help()) > 100
    assert command.help.endswith(".") or command.help.endswith(").")


def test_tick_counts_then_does_nothing_more(periodic):
    periodic("a", every=timedelta(hours=1))(lambda now: None)

    assert [json.loads(run("tick")[1]) for _ in range(2)] == [
        {"ran": 1, "later": 0, "failed": 0},
        {"ran": 0, "later": 1, "failed": 0},
    ]


def test_tick_returns_1_and_names_what_failed(periodic):
    @periodic("a.bad", every=timedelta(hours=1))
    def bad(now):
        raise ValueError("x")

    periodic("b.good", every=timedelta(hours=1))(lambda now: None)
    code, output, errors = run("tick")

    assert (code, json.loads(output)) == (1, {"ran": 1, "later": 0, "failed": 1})
    assert errors.startswith("a.bad: ValueError (test_commands.py:")


def test_tick_lists_and_refuses_an_unknown_name(periodic):
    periodic("a", every=timedelta(hours=1))(lambda now: None)

    assert run("tick", list=True)[1] == "a\t1:00:00\n"
    with pytest.raises(CommandError) as refusal:
        run("tick", only="b")
    assert refusal.value.returncode == 2


def test_relay_once_runs_what_is_due_and_revive_brings_the_dead_back():
    OutboxEvent.objects.all().delete()
    outbox.emit("test.nobody", {})
    OutboxEvent.objects.update(dead_at=clock.now())

    assert [run("relay", once=True)[1], run("relay", revive="test.nobody")[1], run("relay", revive="")[1]] == [
        "0\n",
        "1\n",
        "0\n",
    ]


def test_keys_lists_makes_and_rotates_without_showing_any(tmp_path, settings):
    settings.TERRAIN_KEYS_DIR = tmp_path
    settings.TERRAIN_KEYS_CREATE = False
    missing = run("keys")
    made = run("keys", create=True)
    rotated = run("keys", rotate="outbox")

    assert (missing[0], made[0], rotated[0]) == (1, 0, 0)
    assert "outbox\t0\n" in missing[1]
    assert "outbox\t1\n" in made[1]
    assert "outbox\t2\n" in rotated[1]
    assert all(key.read_text() not in made[1] for key in tmp_path.glob("*.key"))
    with pytest.raises(CommandError) as refusal:
        run("keys", rotate="nothing")
    assert refusal.value.returncode == 2


def test_retention_counts_then_deletes_then_finds_nothing():
    RateBucket.objects.create(bucket="a", key="b", tokens=1, refilled_at=0, allowed=True)
    dry = run("retention", dry_run=True)[1].splitlines()
    applied = run("retention", apply=True)[1].splitlines()
    again = run("retention", apply=True)[1].splitlines()

    assert "foundations.RateBucket\t1" in dry
    assert "foundations.RateBucket\t1" in applied
    assert "foundations.RateBucket\t0" in again
    assert json.loads(dry[-1])["due"] >= 1
    assert json.loads(applied[-1])["deleted"] >= 1


def test_retention_wants_to_know_which():
    with pytest.raises(CommandError):
        run("retention")


@pytest.fixture
def healthy(monkeypatch):
    """A doctor who sees only the cellar, on an installation without a fault."""
    monkeypatch.setattr(checks, "_migrations_seen", True)
    names = ("database", "documents", "jobs", "journal", "keys", "mail", "site")
    monkeypatch.setattr(diagnosis, "_sections", {name: diagnosis._sections[name] for name in names})
    OutboxEvent.objects.all().delete()
    for purpose in sealing.purposes():
        sealing.keyed_hash("x", purpose)


def test_doctor_says_in_french_what_can_and_cannot_be_done(healthy):
    code, output, _ = run("doctor")

    assert code == 0, output
    lines = output.splitlines()
    assert lines[-1] == "Tout le nécessaire est là."
    assert "✓ Le travail se fait dans le serveur, sans Redis." in lines
    assert "· Avec ces réglages, aucun courriel ne part." in lines
    assert "✓ La base protège elle-même le journal et les colonnes figées." in lines
    assert "· La ville de démonstration est permise ici. N’ouvrez jamais cette installation au public." in lines
    assert all(line[0] in "✓·" for line in lines[:-1])


def test_doctor_returns_1_when_something_must_be_repaired(healthy):
    outbox.emit("test.topic", {})
    OutboxEvent.objects.update(dead_at=clock.now(), last_error="ValueError (x.py:1)")
    TickRun.objects.create(name="x.y", failures=1, last_error="KeyError (y.py:2)")
    code, output, _ = run("doctor")

    assert code == 1
    assert output.splitlines()[-1] == "Quelque chose est à réparer."
    assert (
        "✗ 1 effet a été abandonné après dix essais. Réparez la cause, puis lancez\u00a0: manage.py relay --revive."
        in output
    )
    assert "✗ test.topic: ValueError (x.py:1)" in output
    assert "✗ Le travail périodique «\u00a0x.y\u00a0» échoue\u00a0: KeyError (y.py:2)." in output


def test_doctor_shows_other_rooms_lines_and_writes_json(healthy, monkeypatch):
    diagnosis.register("zoo", lambda: [diagnosis.Line(diagnosis.Level.PROBLEM, "Les girafes manquent.")])
    code, output, _ = run("doctor", json=True)

    assert (code, json.loads(output)["zoo"]) == (1, [["problem", "Les girafes manquent."]])


def test_doctor_names_a_missing_guard(healthy, monkeypatch):
    from src.foundations import guards

    monkeypatch.setattr(guards, "installed", lambda *_: guards.declared() - {"guard_foundations_seal_no_delete"})
    code, output, _ = run("doctor")

    assert code == 1
    assert "Des protections de la base manquent\u00a0: guard_foundations_seal_no_delete." in output
