"""What is published of a counted ballot: figures that hide nobody's choice, receipts, and the files to count again.

``resultats.json`` holds the rules, the totals and the outcome; ``recus.txt`` the receipts of a secret vote;
``urne.bin`` its boxes, still closed, for those who audit it; ``manifeste.json`` the fingerprint of each of them, and
its own fingerprint is what the minutes print. ``urn_verify.py`` checks them and counts again, with nothing of ours.

These bytes are written once and for all: whoever changes how they are written raises ``VERSION`` and keeps writing
those of the ballots counted before as they were (``tests/ballots/test_publication.py`` holds one of them).
"""

import hashlib
import json
from pathlib import Path

from . import boxes, masks
from .counting import Spec, Tally, outcome
from .models import CountedBox

VERSION = 1
RESULTS, RECEIPTS, URN, MANIFEST, SCRIPT = "resultats.json", "recus.txt", "urne.bin", "manifeste.json", "urn_verify.py"
CHUNK = 1000


def result_of(ballot, *, web: Tally, paper: Tally, electors: int, voted: int, voted_on_paper: int) -> dict:
    """The figures as told, kept once: turnout, totals, by channel when nothing comes back by subtraction, outcome.

    Under eleven votes, or when nearly all are blank, ``hidden`` says why there is nothing else. ``files`` holds the
    fingerprints of the receipts and of the boxes: they go with the keys, and what the minutes print stays true.
    """
    spec, total = Spec.of(ballot), web + paper
    told = {
        "electors": electors,
        "voted": voted,
        "voted_on_paper": masks.told_on_paper(voted, voted_on_paper),
        "ballots": total.ballots,
        "files": _fingerprints(ballot),
    }
    why = masks.withheld(total)
    if why:
        return told | {"hidden": why}
    shown = masks.totals(spec, total)
    found = outcome(spec, total, electors=electors, voted=voted)
    return told | {"total": shown, **masks.apart(spec, web, paper), "outcome": masks.outcome(found, shown)}


def receipts(ballot) -> list[str]:
    """The receipts of a secret vote, in the order of their signs, papers among them; empty once the keys are gone."""
    digests = CountedBox.objects.filter(ballot=ballot).order_by("digest").values_list("digest", flat=True)
    return [boxes.receipt_of(digest) for digest in digests]


def files(ballot, *, with_urn: bool = False) -> dict[str, bytes]:
    """The files of a counted ballot by name; the receipts for as long as the keys are kept.

    The boxes, ``with_urn``, are for those who audit it: closed, they tell nothing, but whoever has kept a copy would
    read them on the day a key is stolen.
    """
    made = {RESULTS: _results(ballot), MANIFEST: manifest(ballot), SCRIPT: script()}
    if ballot.is_secret and ballot.keys_destroyed_at is None:
        made[RECEIPTS] = _lines(receipts(ballot))
        if with_urn:
            made[URN] = b"".join(_boxes(ballot))
    return made


def manifest(ballot) -> bytes:
    """The fingerprint and the length of each file: what one fingerprint stands for."""
    held = {RESULTS: _fingerprint_of([_results(ballot)]), **ballot.result["files"]}
    return _written({"v": VERSION, "files": held})


def fingerprint(ballot) -> str:
    """What the minutes print: SHA-256 of the manifest, in hexadecimal."""
    return hashlib.sha256(manifest(ballot)).hexdigest()


def script() -> bytes:
    """The script that checks the files and counts again."""
    return Path(__file__).with_name(SCRIPT).read_bytes()


def _results(ballot) -> bytes:
    """The rules, and the figures as they are told."""
    figures = {key: value for key, value in ballot.result.items() if key != "files"}
    about = {
        "v": VERSION,
        "reference": ballot.reference,
        "title": ballot.title,
        "question": ballot.question,
        "secrecy": ballot.secrecy,
        "rules": Spec.of(ballot).as_json(),
    }
    return _written(about | figures)


def _fingerprints(ballot) -> dict:
    """Of the receipts and the boxes of a secret vote."""
    if not ballot.is_secret:
        return {}
    return {RECEIPTS: _fingerprint_of([_lines(receipts(ballot))]), URN: _fingerprint_of(_boxes(ballot))}


def _fingerprint_of(parts) -> dict:
    digest, length = hashlib.sha256(), 0
    for part in parts:
        digest.update(part)
        length += len(part)
    return {"sha256": digest.hexdigest(), "bytes": length}


def _boxes(ballot):
    found = CountedBox.objects.filter(ballot=ballot).order_by("digest").values_list("ciphertext", flat=True)
    for box in found.iterator(chunk_size=CHUNK):
        yield bytes(box)


def _lines(told: list[str]) -> bytes:
    return "".join(f"{one}\n" for one in told).encode()


def _written(told: dict) -> bytes:
    """One way of writing, so that the same figures have the same fingerprint."""
    return (json.dumps(told, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()
