"""A small draw, whole: forty invented people, eight seats, a thousand panels that meet every rule."""

import random
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from panels import proof

AGES, GENDERS, LISTS = ("16-29", "30-49", "50-64", "65+"), ("femme", "homme"), ("electors", "foreign_residents")
SEATS = 8
QUOTAS = [
    {"feature": "age", "value": "16-29", "minimum": 1, "maximum": 3, "source": "Recensement 2021"},
    {"feature": "age", "value": "65+", "minimum": 1, "maximum": 3, "protected": True},
    {"feature": "gender", "value": "femme", "minimum": 3, "maximum": 5},
    {"feature": "list", "value": "electors", "minimum": 6, "maximum": 6},
    {"feature": "list", "value": "foreign_residents", "minimum": 2, "maximum": 2},
]
CROSSED = [{"values": [("gender", "femme"), ("age", "65+")], "minimum": 0, "maximum": 2}]
BEACONS = {
    "dice": proof.Beacon("dice", "Trois dés à dix faces, salle des mariages", "2026-12-12"),
    "public_number": proof.Beacon("public_number", "Loto du 12 décembre 2026, dans l'ordre du tirage", "2026-12-12"),
}
VALUES = {"dice": "417", "public_number": "7 12 23 31 45 6"}


def people(number=40, seed=7) -> list[proof.Entry]:
    """Invented volunteers; each eighth shares the home of the one before."""
    dice = random.Random(seed)
    found = []
    for place in range(number):
        values = {
            "age": AGES[place % 4],
            "gender": GENDERS[place // 4 % 2],
            "list": LISTS[place % 5 == 0],
        }
        home = f"FOYER-{place // 2}" if place % 8 in (0, 1) else ""
        found.append(proof.Entry(f"P-{place:05}", values, dice.randbytes(16), home))
    return found


def sits(row) -> bool:
    """Whether a panel meets the rules above, counted one by one."""
    homes = [one.household for one in row if one.household]
    if len(homes) > len(set(homes)):
        return False
    for rule in [*QUOTAS, *CROSSED]:
        pairs = rule.get("values") or [(rule["feature"], rule["value"])]
        number = sum(all(one.values[name] == value for name, value in pairs) for one in row)
        if not rule["minimum"] <= number <= rule["maximum"]:
            return False
    return True


@cache
def rows(number=1000, seed=7) -> tuple[tuple[str, ...], ...]:
    """Panels found by trying; the rules are loose enough."""
    dice, pool, found = random.Random(seed), people(), []
    electors = [one for one in pool if one.values["list"] == "electors"]
    others = [one for one in pool if one.values["list"] != "electors"]
    while len(found) < number:
        row = dice.sample(electors, 6) + dice.sample(others, 2)
        if sits(row):
            found.append(tuple(sorted(one.ticket for one in row)))
    return tuple(found)


@dataclass
class Sealed:
    """The files of a draw by name, its receipts, and what stays with guarantors."""

    files: dict[str, bytes]
    receipts: list[proof.Receipt]
    profiles: bytes
    entries: dict[str, proof.Entry]
    rows: tuple[tuple[str, ...], ...]
    certified: str = ""
    seal: str = field(default="")

    def written_in(self, folder: Path) -> Path:
        folder.mkdir(exist_ok=True)
        for name, content in self.files.items():
            (folder / name).write_bytes(content)
        return folder


def substitutions(entries, rows, row, seed) -> list[proof.Substitution]:
    """Two listed ones, the second after somebody who declined, and an unlisted one."""
    panel, gone, found = set(rows[row]), set(), []
    reserve = proof.reserve_of(seed, row, sorted(entries), rows[row])

    def able(out):
        return [
            one
            for one in reserve
            if one not in panel | gone and sits([entries[name] for name in panel - {out} | {one}])
        ]

    for passing in (0, 1):
        out = next(one for one in rows[row] if one in panel and len(able(one)) > passing)
        can = able(out)
        passed = tuple((one, "declined") for one in can[:passing])
        found.append(proof.Substitution("2026-12-20", out, can[passing], "withdrew", passed))
        panel = panel - {out} | {can[passing]}
        gone |= {out, *can[:passing]}
    out = next(one for one in rows[row] if one in panel and able(one))
    found.append(
        proof.Substitution(
            "2026-12-21",
            out,
            able(out)[-1],
            "unreachable",
            listed=False,
            reason="La première personne possible a déménagé.",
            signed=("guarantor", "organiser"),
        )
    )
    return found


def made(kind="dice", *, entries=None, table=None, number=1) -> Sealed:
    """A draw from its pool to its third substitution."""
    entries, table = entries or people(), table or rows()
    leaves, quotas = proof.leaves_file(entries), proof.quotas_file(seats=SEATS, quotas=QUOTAS, crossed=CROSSED)
    tabled = proof.table_file(table)
    counts = [sum(entry.ticket in row for row in table) for entry in entries]
    manifest = proof.manifest_file(
        panel="premier-accueil",
        number=number,
        leaves=leaves,
        quotas=quotas,
        table=tabled,
        bound="0.12",
        floor=min(filter(None, counts)),
        beacon=BEACONS[kind],
        engine={"highspy": "1.11.0", "python": "3.11.7"},
    )
    seal = proof.seal_of(manifest)
    certification = proof.certification_file(
        manifest,
        beacon_value=VALUES[kind],
        witnesses=[("Mᵉ Lucile Andrieu", "garante"), ("Étienne Vasseur", "délégué à la protection des données")],
        place="Mairie de Marvenne",
        on="2026-12-12",
    )
    told = proof.read_certification(certification)
    known = {entry.ticket: entry for entry in entries}
    moves = substitutions(known, table, told["row"], proof.read_manifest(manifest)["seed"])
    files = {
        proof.MANIFEST: manifest,
        proof.SEAL: proof.seal_file(seal),
        proof.LEAVES: leaves,
        proof.QUOTAS: quotas,
        proof.TABLE: tabled,
        proof.CERTIFICATION: certification,
        proof.SUBSTITUTIONS: proof.substitutions_file(manifest, leaves, tabled, certification, moves),
        proof.SCRIPT: proof.script(),
    }
    receipts = proof.receipts_of(entries)
    return Sealed(files, receipts, proof.profiles_file(entries), known, table, told["digest"], seal)
