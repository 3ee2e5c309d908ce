"""One byte changed in what is published, and the script says in which file; from the files alone, in its own process."""

import hashlib
import json
import random
import subprocess
import sys

import pytest

from src.participation.ballots import boxes, publication
from src.participation.ballots.enums import Method, Secrecy
from tests.factories import ballots as make

from .counting_stand_ins import counted_ballot, rules, tally_of, written_in
from .test_counting_properties import script

TIMES = 100
MANIFEST, RESULTS, RECEIPTS, URN = publication.MANIFEST, publication.RESULTS, publication.RECEIPTS, publication.URN
VOTES = {
    Method.APPROVAL: [([0, 1], 9), ([1], 8), ([2], 7), []],
    Method.YES_NO: [([1], 14), ([0], 11), []],
    Method.GRADES: [([0, 2, 5], 8), ([3, 1, 6], 8), ([6, 4, -1], 9)],
    Method.EQUAL_SHARES: [([0, 1], 9), ([1, 2], 8), ([2], 7)],
}


@pytest.fixture
def secret(db, tmp_path):
    """The files of a secret ballot, its fingerprint and its receipts."""
    made = make.counted([[0], [0, 1], [1], []] * 5, secrecy=Secrecy.SECRET)
    files = publication.files(made.ballot, with_urn=True)
    return written_in(tmp_path / "files", files), files, publication.fingerprint(made.ballot)


def simple(tmp_path, method):
    labels = ("yes", "no") if method == Method.YES_NO else ("un banc", "un vélo", "de l'eau")
    spec = rules(method, labels, costs=(30, 20, 10), budget=50, most_choices=3)
    ballot = counted_ballot(spec, tally_of(spec, VOTES[method]), tally_of(spec, VOTES[method]), electors=90)
    files = publication.files(ballot)
    return written_in(tmp_path / "files", files), files, publication.fingerprint(ballot)


def ran(folder, *asked):
    """As somebody runs it: a Python of its own, its folder alone, nothing of ours within reach."""
    command = [sys.executable, "-I", str(folder / publication.SCRIPT), str(folder), *asked]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env={}, check=False, encoding="utf-8")
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


def changed(dice, content: bytes) -> bytes:
    """One byte of it, anywhere, made another."""
    place = dice.randrange(len(content))
    other = dice.choice([value for value in range(256) if value != content[place]])
    return content[:place] + bytes([other]) + content[place + 1 :]


def test_what_is_published_is_found_right(secret):
    folder, files, fingerprint = secret
    receipt = files[RECEIPTS].decode().splitlines()[7]

    code, said = ran(folder, "--fingerprint", fingerprint, "--receipt", receipt.lower().replace("-", " "))

    assert code == 0
    assert said.splitlines() == [
        f"Empreinte de {MANIFEST} : {fingerprint}",
        f"Votre reçu {receipt.lower().replace('-', ' ')} est dans la liste : votre bulletin a été compté.",
        "Le compte a été refait à partir des totaux : même résultat.",
        "Tout concorde.",
    ]


def test_without_the_fingerprint_it_says_what_it_cannot_tell(secret):
    folder, _files, _fingerprint = secret

    code, said = ran(folder)

    assert code == 0
    assert "Sans l'empreinte du procès-verbal, rien ne distingue ces fichiers d'autres refaits ensemble." in said


def test_one_byte_of_any_file_of_a_secret_ballot_is_told_by_its_name(secret):
    """With the fingerprint of the minutes: that file, and no other, 100 times of 100 for each of the four."""
    folder, files, fingerprint = secret
    alone, dice = script(), random.Random(2031)
    for name in (MANIFEST, RESULTS, RECEIPTS, URN):
        found = 0
        for _time in range(TIMES):
            (folder / name).write_bytes(changed(dice, files[name]))
            faults, _notes = alone.verify(folder, fingerprint)
            found += {one for one, _words in faults} == {name}
        (folder / name).write_bytes(files[name])
        assert found == TIMES, name
    assert alone.verify(folder, fingerprint)[0] == []


def test_one_byte_is_told_without_the_fingerprint_too(secret):
    """Then a file and the manifest accuse each other, and both are named."""
    folder, files, _fingerprint = secret
    alone, dice = script(), random.Random(2032)
    for name in (MANIFEST, RESULTS, RECEIPTS, URN):
        found = 0
        for _time in range(TIMES):
            (folder / name).write_bytes(changed(dice, files[name]))
            faults, _notes = alone.verify(folder)
            found += bool(faults) and any(name in one or name in words for one, words in faults)
        (folder / name).write_bytes(files[name])
        assert found == TIMES, name


@pytest.mark.parametrize("method", VOTES)
def test_one_byte_of_the_files_of_each_method(method, tmp_path):
    folder, files, fingerprint = simple(tmp_path, method)
    alone, dice = script(), random.Random(f"{method}-2033")
    assert alone.verify(folder, fingerprint)[0] == []
    assert any("même résultat" in note for note in alone.verify(folder, fingerprint)[1])
    for name in (MANIFEST, RESULTS):
        found = 0
        for _time in range(TIMES):
            (folder / name).write_bytes(changed(dice, files[name]))
            faults, _notes = alone.verify(folder, fingerprint)
            found += {one for one, _words in faults} == {name}
        (folder / name).write_bytes(files[name])
        assert found == TIMES, name


def test_a_receipt_of_one_other_sign_is_not_in_the_list(secret):
    folder, files, fingerprint = secret
    alone, dice, found = script(), random.Random(2034), 0
    receipts = files[RECEIPTS].decode().splitlines()
    for _time in range(TIMES):
        own = dice.choice(receipts)
        place = dice.choice([place for place, sign in enumerate(own) if sign != "-"])
        other = dice.choice([sign for sign in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if sign != own[place]])
        faults, _notes = alone.verify(folder, fingerprint, own[:place] + other + own[place + 1 :])
        found += [name for name, _words in faults] == [RECEIPTS]
    assert found == TIMES


def test_a_box_taken_out_or_put_in_is_told(secret):
    """By somebody who makes the manifest again: the receipts and the count say it, and the fingerprint."""
    folder, files, fingerprint = secret
    alone, urn = script(), files[URN]
    for made in (urn[: -boxes.BOX_BYTES], urn + bytes(boxes.BOX_BYTES)):
        (folder / URN).write_bytes(made)
        assert {name for name, _words in alone.verify(folder, fingerprint)[0]} == {URN}
    (folder / URN).write_bytes(urn)
    lines = files[RECEIPTS].decode().splitlines(keepends=True)
    for made in (lines[1:], [*lines, "ZZZZ-ZZZZ-ZZZZ\n"], lines[::-1], [lines[0], *lines]):
        (folder / RECEIPTS).write_text("".join(made))
        assert {name for name, _words in alone.verify(folder, fingerprint)[0]} == {RECEIPTS}


def agreed(folder, files) -> str:
    """The same folder with a manifest made again, as a dishonest site would; and the fingerprint it would print."""
    held = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for name, content in files.items()
        if name not in (MANIFEST, publication.SCRIPT)
    }
    manifest = (json.dumps({"v": 1, "files": held}, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()
    written_in(folder, files | {MANIFEST: manifest})
    return hashlib.sha256(manifest).hexdigest()


def test_receipts_that_do_not_hold_are_told_even_when_everything_was_made_again(secret):
    folder, files, _fingerprint = secret
    alone, lines = script(), files[RECEIPTS].decode().splitlines(keepends=True)
    assert alone.verify(folder, agreed(folder, files))[0] == []

    for made in (lines[::-1], [lines[0], *lines[:-1]], lines[1:]):
        told = files | {RECEIPTS: "".join(made).encode()}
        del told[URN]
        (folder / URN).unlink(missing_ok=True)
        assert [name for name, _words in alone.verify(folder, agreed(folder, told))[0]] == [RECEIPTS]
    urn = files[URN][:-1] + bytes([files[URN][-1] ^ 1])
    assert [name for name, _words in alone.verify(folder, agreed(folder, files | {URN: urn}))[0]] == [URN]


def test_totals_that_do_not_add_up_are_told_even_when_everything_was_made_again(tmp_path):
    alone = script()
    for method, change in (
        (Method.APPROVAL, lambda told: told["web"]["counts"].__setitem__(0, 8)),
        (Method.APPROVAL, lambda told: told["paper"].__setitem__("blank", 0)),
        (Method.YES_NO, lambda told: told["total"].__setitem__("blank", 3)),
        (Method.GRADES, lambda told: told["web"]["grades"][1].__setitem__(2, 1)),
        (Method.GRADES, lambda told: told["total"].__setitem__("void", 1)),
        (Method.EQUAL_SHARES, lambda told: told["total"]["sets"][0].__setitem__(1, 17)),
        (Method.EQUAL_SHARES, lambda told: told["total"]["sets"][0][0].append(2)),
        (Method.EQUAL_SHARES, lambda told: told.__setitem__("voted", 47)),
    ):
        folder, files, _fingerprint = simple(tmp_path, method)
        told = json.loads(files[RESULTS])
        change(told)
        fingerprint = agreed(folder, files | {RESULTS: json.dumps(told).encode()})
        assert {name for name, _words in alone.verify(folder, fingerprint)[0]} == {RESULTS}, method


def test_a_file_that_is_missing_is_told(secret):
    folder, files, fingerprint = secret
    (folder / URN).unlink()
    code, said = ran(folder, "--fingerprint", fingerprint)
    assert code == 0 and f"{URN} n'est pas là : les bulletins scellés n'ont pas été vérifiés." in said

    (folder / RECEIPTS).unlink()
    code, said = ran(folder, "--fingerprint", fingerprint)
    assert code == 1 and f"FAUX  {RECEIPTS} manque" in said

    (folder / MANIFEST).unlink()
    code, said = ran(folder, "--fingerprint", fingerprint)
    assert code == 2 and said.startswith("Rien n'a pu être vérifié")


def test_another_fingerprint_accuses_the_manifest(secret):
    folder, _files, fingerprint = secret

    code, said = ran(folder, "--fingerprint", fingerprint[:-1] + ("0" if fingerprint[-1] != "0" else "1"))

    assert code == 1
    assert f"FAUX  {MANIFEST} n'a pas l'empreinte du procès-verbal" in said


def test_rubbish_is_no_crash(tmp_path):
    folder = written_in(tmp_path / "files", {publication.SCRIPT: publication.script(), MANIFEST: b"\xff\x00["})

    assert ran(folder)[0] == 1
    for content in (b"", b"[]", b"{}", b'{"v":1,"files":[]}', b"null", b"1" * 5000):
        (folder / MANIFEST).write_bytes(content)
        assert ran(folder)[0] in (1, 2)
