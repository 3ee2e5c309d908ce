"""A restore drill: from an encrypted archive into an empty machine, equal to the row, the byte and the chain link."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection

from tests.browser.server import SETTINGS, prepared_city

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow]


class Machine:
    """A folder, a database and keys: where the commands run."""

    def __init__(self, var: Path, keys: Path, **more):
        self.var = var
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "TERRAIN_VAR": str(var),
            "TERRAIN_KEYS": str(keys),
            **more,
        }

    def run(self, *arguments) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def told(self, *arguments) -> dict:
        code, out, err = self.run(*arguments)
        assert code == 0, out + err
        return json.loads(out.splitlines()[-1])


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """The demo city with a private file, its archive, and the keys that open it."""
    folder = tmp_path_factory.mktemp("backup")
    var = folder / "city"
    shutil.copytree(prepared_city(), var)
    for name, content in {
        "private/scans/é.pdf": b"%PDF-1.7" + os.urandom(600_000),
        "public/images/a.png": b"",
    }.items():
        file = var / "media" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    machine = Machine(var, var / "keys")
    machine.told("audit_verify", "--seal")
    code, out, err = machine.run("backup", "--new-keys", folder / "pair")
    assert code == 0, out + err
    machine.secret = folder / "pair" / "terrain-backup.secret"
    machine.public = folder / "pair" / "terrain-backup.public"
    machine.archive = folder / "city.backup"
    machine.counts = machine.told("backup", machine.archive, "--public-key", machine.public)
    return machine


def restored(city, var, *more, keys=None, archive=None):
    empty = Machine(var, keys or city.var / "keys")
    return empty, empty.run("restore", archive or city.archive, "--secret-key", city.secret, *more)


def test_an_archive_restores_into_an_empty_machine(city, tmp_path):
    empty, (code, out, err) = restored(city, tmp_path / "new")
    told = json.loads(out.splitlines()[-1])

    assert code == 0, err
    assert {name: told[name] for name in ("tables", "rows", "files", "guards_missing", "problems")} == {
        "tables": city.counts["tables"],
        "rows": city.counts["rows"],
        "files": city.counts["files"],
        "guards_missing": 0,
        "problems": 0,
    }
    assert (
        empty.told("audit_verify")
        == city.told("audit_verify")
        == told["journal"] | {name: 0 for name in city.told("audit_verify") if name not in told["journal"]}
    )
    scans = "media/private/scans/é.pdf"
    assert (empty.var / scans).read_bytes() == (city.var / scans).read_bytes()
    with sqlite3.connect(empty.var / "terrain.sqlite3") as file:
        assert file.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
        indexed = file.execute("SELECT count(*) FROM search_words").fetchone()
    with sqlite3.connect(city.var / "terrain.sqlite3") as file:
        assert indexed == file.execute("SELECT count(*) FROM search_words").fetchone() != (0,)


def test_evidence_of_a_day_past_is_the_same_bytes_from_a_restored_archive(city, tmp_path):
    """The pack of a mandatory training, signed sheets included, made before and after."""
    with sqlite3.connect(city.var / "terrain.sqlite3") as file:
        asked = file.execute("SELECT reference FROM trainings_obligations_obligation WHERE activated_at IS NOT NULL")
        references = sorted(reference for (reference,) in asked)
    empty, (code, _out, err) = restored(city, tmp_path / "new")
    assert code == 0, err
    day, packs = str(date.today() - timedelta(days=1)), {}

    for name, machine in (("before", city), ("after", empty)):
        for reference in references:
            file = tmp_path / f"{name}-{reference}.zip"
            code, out, err = machine.run("training_evidence", "--obligation", reference, "--at", day, "--out", file)
            assert code == 0, out + err
            packs.setdefault(reference, []).append(file.read_bytes())

    assert len(references) >= 2 and all(before == after for before, after in packs.values())
    assert any(b"feuilles-de-presence/" in before for before, _after in packs.values())


def test_an_archive_holds_no_key_and_nothing_readable(city):
    archive = city.archive.read_bytes()
    keys = [path.read_text().strip() for path in (city.var / "keys").glob("*.key")]

    assert keys
    assert [key for key in keys if bytes.fromhex(key) in archive or key.encode() in archive] == []
    assert [word for word in (b"SQLite format 3", b"%PDF-1.7", b"django_migrations") if word in archive] == []


def test_verify_reads_whole_and_writes_nothing(city, tmp_path):
    empty, (code, out, err) = restored(city, tmp_path / "new", "--verify")
    told = json.loads(out.splitlines()[-1])

    assert (code, told["verified"], told["rows"]) == (0, True, city.counts["rows"]), err
    assert not (empty.var / "terrain.sqlite3").exists()
    assert not (empty.var / "media").exists()


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda data: data[:-1], "L’archive est coupée"),
        (lambda data: data[: len(data) // 2], "L’archive est coupée"),
        (lambda data: data[:40], "L’archive est coupée"),
        (lambda data: data + b"x", "ou sa fin a été modifiée"),
        (lambda data: data[:300_000] + bytes([data[300_000] ^ 1]) + data[300_001:], "L’archive a été modifiée"),
        (lambda data: b"bonjour" + data, "Ce fichier n’est pas une sauvegarde de Terrain."),
    ],
    ids=["last-byte", "half", "head", "longer", "one-bit", "other-file"],
)
def test_a_damaged_archive_is_named_and_nothing_is_written(city, tmp_path, damage, sentence):
    damaged = tmp_path / "damaged.backup"
    damaged.write_bytes(damage(city.archive.read_bytes()))
    empty, (code, _out, err) = restored(city, tmp_path / "new", archive=damaged)

    assert code in (1, 2)
    assert sentence in err.replace("'", "’")
    assert not (empty.var / "terrain.sqlite3").exists()


def test_a_city_already_there_is_not_overwritten(city):
    before = (city.var / "terrain.sqlite3").read_bytes()
    code, _out, err = city.run("restore", city.archive, "--secret-key", city.secret)

    assert (code, "n’est pas vide\u00a0: rien n’a été écrit" in err.replace("'", "’")) == (2, True), err
    assert (city.var / "terrain.sqlite3").read_bytes() == before


def test_missing_field_keys_are_told(city, tmp_path):
    (tmp_path / "none").mkdir()
    _empty, (code, out, err) = restored(city, tmp_path / "new", "--verify", keys=tmp_path / "none")

    assert (code, json.loads(out.splitlines()[-1])["problems"]) == (1, 1)
    assert "Des clés de champ manquent ou sont plus anciennes que l’archive" in err.replace("'", "’")


def test_another_key_does_not_open(city, tmp_path):
    city.run("backup", "--new-keys", tmp_path / "other")
    code, _out, err = city.run(
        "restore", city.archive, "--verify", "--secret-key", tmp_path / "other" / "terrain-backup.secret"
    )

    assert (code, "écrite pour une autre clé" in err) == (2, True), err


@pytest.mark.postgres
def test_a_postgresql_archive_restores_into_an_empty_database(tmp_path):
    """The same drill on PostgreSQL, under production settings, statement limits included."""
    from tests.suite import production_environment

    environment = production_environment(tmp_path) | {
        "TERRAIN_DB_USER": "postgres",
        "TERRAIN_DB_HOST": connection.settings_dict["HOST"],
        "TERRAIN_DB_PORT": connection.settings_dict["PORT"],
    }
    names = [f"terrain_drill_{uuid.uuid4().hex[:8]}_{each}" for each in "ab"]
    keys = Path(environment["TERRAIN_KEYS"])
    first = Machine(tmp_path / "first", keys, **environment | {"TERRAIN_DB_NAME": names[0]})
    second = Machine(tmp_path / "second", keys, **environment | {"TERRAIN_DB_NAME": names[1]})
    for machine in (first, second):
        machine.environment |= {"TERRAIN_VAR": str(machine.var), "TERRAIN_KEYS": str(keys)}
        machine.var.mkdir()
    admin = ["-h", connection.settings_dict["HOST"], "-p", connection.settings_dict["PORT"], "-U", "postgres"]
    try:
        ready = os.environ.get("TERRAIN_TEST_PG_TEMPLATE", "template0")
        for name, template in zip(names, (ready, "template0"), strict=True):
            subprocess.run(["createdb", *admin, "-T", template, name], check=True)
        for command in (["keys", "--create"], ["createcachetable"], ["migrate", "-v0"]):
            code, out, err = first.run(*command)
            assert code == 0, out + err
        sizes = ("--agents=300", "--ideas=60", "--supports=300", "--comments=80", "--measures=20", "--directions=3")
        first.told("demo_scale", *sizes)
        first.told("audit_verify", "--seal")
        scan = first.var / "media" / "private" / "scan.pdf"
        scan.parent.mkdir(parents=True)
        scan.write_bytes(os.urandom(300_000))
        first.run("backup", "--new-keys", tmp_path / "pair")
        saved = first.told(
            "backup", tmp_path / "a.backup", "--public-key", tmp_path / "pair" / "terrain-backup.public"
        )
        secret = tmp_path / "pair" / "terrain-backup.secret"
        told = second.told("restore", tmp_path / "a.backup", "--secret-key", secret)
        again = second.run("restore", tmp_path / "a.backup", "--secret-key", secret)

        assert (told["rows"], told["tables"], told["files"]) == (saved["rows"], saved["tables"], 1)
        assert (told["guards_missing"], told["problems"]) == (0, 0)
        assert second.told("audit_verify") == first.told("audit_verify")
        assert again[0] == 2
        assert (second.var / "media" / "private" / "scan.pdf").read_bytes() == scan.read_bytes()
    finally:
        for name in names:
            subprocess.run(["dropdb", *admin, "--if-exists", "--force", name], check=True)
