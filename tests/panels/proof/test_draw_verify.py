"""One byte changed in what is sealed, and the script says in which file; from the files alone, in its own process."""

import ast
import importlib.util
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from panels import proof
from panels.proof import files

from . import draws

TIMES = 100
RECEIPT = "recu.json"


def script():
    """The script as a stranger loads it: by its path, out of any package."""
    path = Path(files.__file__).with_name(files.SCRIPT)
    loaded = importlib.util.spec_from_file_location("draw_verify_alone", path)
    module = importlib.util.module_from_spec(loaded)
    loaded.loader.exec_module(module)
    return module


ALONE = script()


@pytest.fixture(scope="module")
def sealed():
    return draws.made("dice")


@pytest.fixture
def folder(sealed, tmp_path):
    return sealed.written_in(tmp_path / "tirage")


def asked(sealed, folder, **more):
    """The script with everything a guarantor has, and somebody's receipt."""
    for name, content in ((RECEIPT, sealed.receipts[11].as_json()), (proof.PROFILES, sealed.profiles)):
        if not (folder / name).exists():
            (folder / name).write_bytes(content)
    given = {"seal": sealed.seal, "certified": sealed.certified} | more
    return ALONE.Draw(folder, **given, receipt=str(folder / RECEIPT), profiles=str(folder / proof.PROFILES))


def ran(folder, *given, encoding="utf-8"):
    """As somebody runs it: a Python of its own, its folder alone, nothing of ours within reach."""
    alone = ["-I"] if encoding == "utf-8" else ["-s"]
    command = [sys.executable, *alone, str(folder / proof.SCRIPT), *map(str, given)]
    env = {"PYTHONIOENCODING": encoding}
    done = subprocess.run(command, capture_output=True, cwd=folder, env=env, check=False, timeout=60)
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout.decode(encoding)


def changed(dice, content: bytes) -> bytes:
    """One byte of it, anywhere, made another."""
    place = dice.randrange(len(content))
    other = dice.choice([value for value in range(256) if value != content[place]])
    return content[:place] + bytes([other]) + content[place + 1 :]


@pytest.mark.parametrize("kind", draws.BEACONS)
def test_a_right_draw_is_found_right(tmp_path, kind):
    sealed = draws.made(kind)
    folder = sealed.written_in(tmp_path / "tirage")
    own = folder / RECEIPT
    own.write_bytes(sealed.receipts[11].as_json())
    (folder / proof.PROFILES).write_bytes(sealed.profiles)
    told = proof.read_certification(sealed.files[proof.CERTIFICATION])
    moves = proof.read_substitutions(sealed.files[proof.SUBSTITUTIONS])
    times = sum("P-00011" in row for row in sealed.rows)
    spaced = proof.seal_words(sealed.seal)[0].upper()

    code, said = ran(
        folder, folder, "--seal", spaced, "--certified", sealed.certified,
        "--receipt", own, "--profiles", folder / proof.PROFILES,
    )  # fmt: skip

    assert code == 0
    assert said.splitlines() == [
        f"Scellé : {sealed.seal}. Si ce n'est pas celui du procès-verbal, tout ceci peut avoir été refait.",
        f"Le tirage désigne la ligne {told['row']} de tableau.txt, devant 2 témoins.",
        "1000 panels relus : taille, quotas, croisements, listes, foyers.",
        f"Remplacement n° 1 : {moves[0]['outgoing']} par {moves[0]['incoming']}",
        f"Remplacement n° 2 : {moves[1]['outgoing']} par {moves[1]['incoming']}",
        f"Remplacement n° 3 : {moves[2]['outgoing']} par {moves[2]['incoming']}, hors de la réserve.",
        f"Votre reçu est scellé tel que vous l'avez. Votre chance : vous êtes dans {times} panels sur 1000.",
        "Tout concorde.",
    ]


def test_a_sealed_draw_waits_for_its_dice(sealed, folder):
    for name in (proof.CERTIFICATION, proof.SUBSTITUTIONS):
        (folder / name).unlink()

    assert ran(folder, folder)[0] == 0


@pytest.mark.parametrize("with_seal", [True, False])
@pytest.mark.parametrize(
    "name",
    [
        proof.MANIFEST, proof.SEAL, proof.LEAVES, proof.QUOTAS, proof.TABLE, proof.CERTIFICATION, proof.SUBSTITUTIONS,
        proof.PROFILES, RECEIPT,
    ],
)  # fmt: skip
def test_one_byte_is_told_by_the_name_of_its_file(tmp_path, name, with_seal):
    """That file and no other, 100 times of 100, with the seal of the minutes and without it."""
    sealed = draws.made("public_number" if name == proof.CERTIFICATION else "dice")
    folder = sealed.written_in(tmp_path / "tirage")
    held = sealed.files | {proof.PROFILES: sealed.profiles, RECEIPT: sealed.receipts[11].as_json()}
    given = {"seal": sealed.seal, "certified": sealed.certified} if with_seal else {}
    given |= {"receipt": str(folder / RECEIPT)} | ({"profiles": str(folder / name)} if name == proof.PROFILES else {})
    for private in (RECEIPT, proof.PROFILES):
        (folder / private).write_bytes(held[private])
    assert ALONE.Draw(folder, **given).faults == []
    dice, found = random.Random(f"{name}-{with_seal}"), 0

    for _time in range(TIMES):
        (folder / name).write_bytes(changed(dice, held[name]))
        faults = ALONE.Draw(folder, **given).faults
        found += len(faults) == 1 and Path(faults[0][0]).name == name

    assert found == TIMES


def test_another_table_or_other_quotas_are_told_however_well_written(sealed, folder):
    """Two rows exchanged, a maximum lowered: files that are right in all but the seal."""
    rows = [sealed.rows[1], sealed.rows[0], *sealed.rows[2:]]
    lower = [one | {"maximum": one["maximum"] - (one["value"] == "femme")} for one in draws.QUOTAS]
    for name, made in (
        (proof.TABLE, proof.table_file(rows)),
        (proof.QUOTAS, proof.quotas_file(seats=draws.SEATS, quotas=lower, crossed=draws.CROSSED)),
    ):
        (folder / name).write_bytes(made)
        assert ALONE.Draw(folder).faults == [(name, "n'est pas celui que le manifeste décrit")]
        (folder / name).write_bytes(sealed.files[name])


def test_a_number_set_aside_is_followed_by_the_script(tmp_path):
    sealed = draws.made("public_number")
    folder = sealed.written_in(tmp_path / "tirage")
    (folder / proof.SUBSTITUTIONS).unlink()
    number = next(
        number
        for number in map(str, range(10_000))
        if proof.row_of("public_number", number, seal=sealed.seal, rows=1000)[1] == 1
    )
    certified = proof.certification_file(
        sealed.files[proof.MANIFEST],
        beacon_value=number,
        witnesses=[("A", "garante")],
        place="Mairie",
        on="2026-12-12",
    )
    (folder / proof.CERTIFICATION).write_bytes(certified)

    draw = ALONE.Draw(folder)

    assert draw.faults == []
    assert draw.row == proof.read_certification(certified)["row"]


def test_another_seal_or_certification_accuses_its_file(sealed, folder):
    other = sealed.seal[:-1] + ("0" if sealed.seal[-1] != "0" else "1")

    assert {name for name, _words in asked(sealed, folder, seal=other).faults} == {proof.SEAL, proof.MANIFEST}
    faults = asked(sealed, folder, certified=other).faults
    assert faults == [(proof.CERTIFICATION, "n'a pas l'empreinte notée au procès-verbal")]


def test_a_receipt_of_somebody_else_or_with_a_kinder_profile_proves_nothing(sealed, folder):
    own, other = (json.loads(sealed.receipts[place].as_json()) for place in (11, 12))
    for lie in (
        own | {"ticket": other["ticket"]},
        own | {"values": own["values"] | {"age": "16-29"}},
        own | {"household": "FOYER-9"},
        own | {"nonce": other["nonce"]},
        own | {"position": 12},
        own | {"path": other["path"]},
        own | {"path": own["path"][:-1]},
        own | {"ticket": "P-99999"},
    ):
        (folder / RECEIPT).write_bytes(proof.canonical.written(lie))
        assert [Path(name).name for name, _words in asked(sealed, folder).faults] == [RECEIPT], lie


def resealed(sealed, **more):
    """The files of a site that lies and seals its lie: everything agrees, but what is told."""
    told = files.read(sealed.files[proof.MANIFEST]) | more
    told["seed"] = proof.seed_of(told["pool_root"], sealed.files[proof.QUOTAS], told["draw"])
    made = {key: value for key, value in sealed.files.items() if key not in (proof.CERTIFICATION, proof.SUBSTITUTIONS)}
    made[proof.MANIFEST] = proof.canonical.written(told)
    made[proof.SEAL] = proof.seal_file(proof.seal_of(made[proof.MANIFEST]))
    return made


def faults_of(made, tmp_path, sealed, **given):
    for name, content in made.items():
        tmp_path.joinpath(name).write_bytes(content)
    profiles = tmp_path / proof.PROFILES
    profiles.write_bytes(sealed.profiles)
    return ALONE.Draw(tmp_path, profiles=str(profiles), **given).faults


def with_table(sealed, rows, **more):
    table = proof.table_file(rows)
    made = resealed(sealed, table_sha256=proof.canonical.fingerprint(table), **more)
    return made | {proof.TABLE: table}


def swapped(sealed, broken):
    """The same table with one row changed: the first one-for-one change after which ``broken`` holds."""
    row = sealed.rows[3]
    for out in row:
        for new in sorted(set(sealed.entries) - set(row)):
            made = tuple(sorted(set(row) - {out} | {new}))
            if broken([sealed.entries[one] for one in made]):
                return [*sealed.rows[:3], made, *sealed.rows[4:]]
    raise AssertionError("no such row")


def number(people, **values):
    return sum(all(one.values[key] == value for key, value in values.items()) for one in people)


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (lambda row: number(row, list="electors") == 7 and number(row, age="65+") in (1, 2, 3), "'list', 'electors'"),
        (lambda row: number(row, age="16-29") == 4, "'age', '16-29'"),
        (
            lambda row: (
                number(row, list="electors") == 6
                and 3 <= number(row, gender="femme") <= 5
                and 1 <= number(row, age="65+") <= 3
                and 1 <= number(row, age="16-29") <= 3
                and not draws.sits(row)
            ),
            "deux personnes du même foyer",
        ),
    ],
    ids=["source list", "quota", "household"],
)
def test_a_guarantor_finds_the_one_row_that_breaks_a_rule(sealed, tmp_path, broken, words):
    made = with_table(sealed, swapped(sealed, broken), floor="1/1000")

    (fault,) = faults_of(made, tmp_path, sealed)

    assert fault[0] == proof.TABLE
    assert fault[1].startswith("a 1 panels contraires aux règles : ligne 3, ")
    assert words in fault[1]


def test_a_guarantor_finds_a_crossed_quota_that_breaks(sealed, tmp_path):
    crossed = [{"values": [("gender", "femme"), ("age", "65+")], "minimum": 0, "maximum": 1}]
    quotas = proof.quotas_file(seats=draws.SEATS, quotas=draws.QUOTAS, crossed=crossed)
    sealed = draws.Sealed(**(vars(sealed) | {"files": sealed.files | {proof.QUOTAS: quotas}}))
    made = resealed(sealed, quotas_sha256=proof.canonical.fingerprint(quotas))
    bad = [
        place
        for place, row in enumerate(sealed.rows)
        if number([sealed.entries[one] for one in row], gender="femme", age="65+") > 1
    ]

    (fault,) = faults_of(made, tmp_path, sealed)

    assert fault[0] == proof.TABLE
    assert fault[1].startswith(f"a {len(bad)} panels contraires aux règles : ligne {bad[0]}, ")


def test_a_sealed_lie_on_chances_is_told(sealed, tmp_path):
    counts = [sum(ticket in row for row in sealed.rows) for ticket in sealed.entries]

    for more in ({"floor": f"{min(counts) + 1}/1000"}, {"without_chance": 1}):
        faults = faults_of(resealed(sealed, **more), tmp_path, sealed)
        assert [name for name, _words in faults] == [proof.TABLE], more
    for more in ({"rows": 999}, {"people": 41}, {"seats": 7}, {"reserve": "the mayor's"}, {"v": 2}):
        assert faults_of(resealed(sealed, **more), tmp_path, sealed), more


def test_dice_never_choose_in_a_table_of_another_size(tmp_path):
    sealed = draws.made("public_number", table=draws.rows()[:999])
    made = resealed(sealed, beacon={"kind": "dice", "name": "Trois dés", "on": "2026-12-12"})

    assert [name for name, _words in faults_of(made, tmp_path, sealed)] == [proof.MANIFEST]


def rechained(told, tag):
    told = {key: value for key, value in told.items() if key != "digest"}
    return told | {"digest": proof.canonical.digest(tag, told).hex()}


def test_a_certified_lie_on_the_row_is_told(sealed, folder):
    told = proof.read_certification(sealed.files[proof.CERTIFICATION])
    for lie in ({"row": (told["row"] + 1) % 1000}, {"counter": told["counter"] + 1}, {"previous": "0" * 64}):
        (folder / proof.CERTIFICATION).write_bytes(proof.canonical.written(rechained(told | lie, "certification")))
        faults = ALONE.Draw(folder).faults
        assert [name for name, _words in faults] == [proof.CERTIFICATION], lie


def test_a_substitution_out_of_the_reserve_is_told(sealed, folder):
    told = files.read(sealed.files[proof.SUBSTITUTIONS])
    entries, row = told["entries"], proof.read_certification(sealed.files[proof.CERTIFICATION])["row"]
    seed = proof.read_manifest(sealed.files[proof.MANIFEST])["seed"]
    behind = proof.reserve_of(seed, row, sorted(sealed.entries), sealed.rows[row])[-1]
    assert behind not in [one["incoming"] for one in entries[:2]]
    for place, lie in (
        (0, {"incoming": entries[2]["incoming"]}),
        (0, {"rank": entries[0]["rank"] + 1}),
        (0, {"outgoing": "P-99999"}),
        (0, {"previous": "0" * 64}),
        (1, {"passed": [[entries[0]["outgoing"], "declined"]]}),
        (1, {"passed": [[behind, "declined"]]}),
        (1, {"number": 3}),
        (2, {"signed": ["guarantor", "guarantor"]}),
        (2, {"reason": ""}),
        (2, {"incoming": entries[0]["outgoing"], "rank": None}),
    ):
        made = [*entries[:place], rechained(entries[place] | lie, "substitution")]
        for after in entries[place + 1 :]:
            made.append(rechained(after | {"previous": made[-1]["digest"]}, "substitution"))
        (folder / proof.SUBSTITUTIONS).write_bytes(proof.canonical.written(told | {"entries": made}))
        assert [name for name, _words in ALONE.Draw(folder).faults] == [proof.SUBSTITUTIONS], lie


def test_with_profiles_the_first_possible_of_the_reserve_is_asked_for(sealed, folder):
    """Somebody behind another who could have come: allowed by the public files, told to the guarantor."""
    entries, told = sealed.entries, proof.read_certification(sealed.files[proof.CERTIFICATION])
    panel = set(sealed.rows[told["row"]])
    seed = proof.read_manifest(sealed.files[proof.MANIFEST])["seed"]
    reserve = proof.reserve_of(seed, told["row"], sorted(entries), panel)
    out, able = next(
        (out, able)
        for out in sorted(panel)
        if len(able := [who for who in reserve if draws.sits([entries[one] for one in panel - {out} | {who}])]) > 1
    )
    skipping = proof.Substitution("2026-12-20", out, able[1], "withdrew")
    given = (sealed.files[name] for name in (proof.MANIFEST, proof.LEAVES, proof.TABLE, proof.CERTIFICATION))
    (folder / proof.SUBSTITUTIONS).write_bytes(proof.substitutions_file(*given, [skipping]))

    assert ALONE.Draw(folder).faults == []
    assert asked(sealed, folder).faults == [
        (proof.SUBSTITUTIONS, "n'appelle pas la première personne possible, au n° 1"),
    ]


def test_a_void_draw_says_why(sealed, folder):
    void = proof.void_file(
        panel="premier-accueil", number=1, previous=sealed.seal, reason="Un dé est tombé.", on="2026-12-12"
    )
    (folder / proof.VOID).write_bytes(void)
    draw = ALONE.Draw(folder)
    assert draw.faults == []
    assert draw.notes[-1] == "Ce tirage a été annulé : 2026-12-12, Un dé est tombé."

    dice = random.Random(5)
    for _time in range(TIMES):
        (folder / proof.VOID).write_bytes(changed(dice, void))
        assert [name for name, _words in ALONE.Draw(folder).faults] == [proof.VOID]


def hostile(folder, name):
    """What may lie under a name instead of the file."""
    path = folder / name
    held = path.read_bytes()

    def saved(content):
        folder.with_name("ailleurs").write_bytes(content)
        return folder.with_name("ailleurs")

    yield "missing", lambda: None
    yield "empty", lambda: path.write_bytes(b"")
    yield "truncated", lambda: path.write_bytes(held[: len(held) // 2])
    yield "binary", lambda: path.write_bytes(bytes(range(256)) * 40)
    yield "a number of 100,000 figures", lambda: path.write_bytes(b'{"v": ' + b"9" * 100_000 + b"}")
    yield "an infinite number", lambda: path.write_bytes(b'{"v": 1e999, "rows": 1e999}')
    yield "not a number", lambda: path.write_bytes(b'{\n "v": NaN\n}\n')
    yield "depths", lambda: path.write_bytes(b"[" * 200_000)
    yield "a list", lambda: path.write_bytes(b"[]\n")
    yield "null", lambda: path.write_bytes(b"null\n")
    yield "half of a character", lambda: path.write_bytes(b'"\\ud800"\n')
    yield "a folder", lambda: path.mkdir()
    yield "a link", lambda: path.symlink_to("/dev/zero")
    yield "a link to the very file", lambda: path.symlink_to(saved(held))
    yield "a link to nothing", lambda: path.symlink_to("nowhere")
    yield "a link to itself", lambda: path.symlink_to(path)
    yield "a pipe", lambda: os.mkfifo(path)


@pytest.mark.parametrize(
    "name",
    [*(proof.MANIFEST, proof.SEAL, proof.LEAVES, proof.QUOTAS, proof.TABLE, proof.CERTIFICATION, proof.SUBSTITUTIONS),
     proof.VOID, proof.PROFILES, RECEIPT],
)  # fmt: skip
def test_hostile_files_get_a_sentence(folder, name):
    sealed = draws.made("dice")
    sealed.written_in(folder)
    for path, content in ((RECEIPT, sealed.receipts[11].as_json()), (proof.PROFILES, sealed.profiles)):
        (folder / path).write_bytes(content)
    (folder / proof.VOID).write_bytes(
        proof.void_file(panel="a", number=1, previous=sealed.seal, reason="Un dé est tombé.", on="2026-12-12")
    )
    later = (proof.CERTIFICATION, proof.SUBSTITUTIONS, proof.VOID)
    assert asked(sealed, folder).faults == []
    for kind, put in hostile(folder, name):
        path = folder / name
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
        put()
        draw = ALONE.Draw(
            folder, seal=sealed.seal, receipt=str(folder / RECEIPT), profiles=str(folder / proof.PROFILES)
        )
        accused = [Path(one).name for one, _words in draw.faults]
        assert accused == ([] if kind == "missing" and name in later else [name]), kind
        assert all(words and "Error" not in words for _name, words in draw.faults)


def test_a_line_of_100_megabytes_is_not_read(sealed, folder):
    with (folder / proof.TABLE).open("wb") as table:
        table.truncate(100 << 20)

    code, said = ran(folder, folder)

    assert code == 1
    assert f"FAUX  {proof.TABLE} n'est pas un simple fichier de moins de 32 Mo : il n'a pas été ouvert." in said


def test_what_is_said_fits_a_narrow_terminal_and_holds_no_escape(sealed, folder):
    reason = "Un dé\x1b[2J est tombé\u202e."
    (folder / proof.VOID).write_bytes(
        proof.void_file(panel="a", number=1, previous="", reason=reason, on="2026-12-12")
    )

    code, said = ran(folder, folder, encoding="ascii")

    assert code == 0
    assert "\x1b" not in said and "?[2J" in said


def test_help_and_wrong_requests(sealed, folder):
    for given, code in ((["--help"], 0), (["-h"], 0), ([], 2), (["a", "b"], 2), ([folder, "--other"], 2)):
        found, said = ran(folder, *given)
        assert found == code
        assert "python draw_verify.py DOSSIER" in said and "usage" not in said
    code, said = ran(folder, folder / "nowhere")
    assert code == 2
    assert f"FAUX  {proof.MANIFEST} manque." in said


def test_the_script_stands_alone():
    """Under 200 lines, of the standard library; it shares no name with the rest, and nothing imports it."""
    source = proof.script().decode()
    assert len(source.splitlines()) < 200
    named = {
        name.split(".")[0]
        for one in ast.walk(ast.parse(source, feature_version=(3, 9)))
        for name in (
            [alias.name for alias in one.names]
            if isinstance(one, ast.Import)
            else [one.module]
            if isinstance(one, ast.ImportFrom)
            else []
        )
    }
    assert named <= sys.stdlib_module_names
    for path in Path(files.__file__).parent.glob("*.py"):
        for one in ast.walk(ast.parse(path.read_text())):
            if isinstance(one, ast.ImportFrom) and path.name != files.SCRIPT:
                assert one.module != "draw_verify"
                assert one.level == 1 or one.module.split(".")[0] in sys.stdlib_module_names, path
            if isinstance(one, ast.Import):
                assert {alias.name.split(".")[0] for alias in one.names} <= sys.stdlib_module_names, path
