"""A draw from the two files that the field's programs exchange: categories and respondents, in CSV.

Both are read whole and every fault is told with its line. What is written is a function of what was read, of the
number of seats, of panels and of the seed: no time, no path, no name of a machine.
"""

import csv
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from panels.proof.household import Address, Households

from . import solver, words
from .advising import Advice, advice
from .drawing import draw
from .lottery import Lottery
from .pool import Person, Pool, Quota, contradictions

IDENTIFIERS = ("ticket", "nationbuilder_id", "id", "identifiant", "respondent_id", "numero", "numéro")
STREETS = ("address", "adresse", "address1", "adresse1", "primary_address1", "address_line_1", "street", "voie")
COMPLEMENTS = ("address2", "adresse2", "primary_address2", "address_line_2", "complement", "complément")
POSTCODES = ("postcode", "postal_code", "code_postal", "zip", "primary_zip", "zip_royal_mail")
TOWNS = ("city", "primary_city", "ville", "commune", "town")
# Homes are compared inside one file: their keys are under no secret, and are never written.
NO_SECRET = b"homes of one file"
ONE_TOWN = "00000"
CATEGORIES, RESPONDENTS = "catégories", "répondants"
TABLE, CHANCES, REPORT = "table.csv", "chances.csv", "report.json"
RESERVE = "sha256-seed-row-ticket"


@dataclass(frozen=True)
class Fault:
    """Something wrong at one line of one file."""

    file: str
    line: int
    sentence: str

    def __str__(self):
        return f"{self.file}, ligne {self.line} : {self.sentence}"


class FaultyFiles(ValueError):
    """The files can't be drawn from; ``faults`` says everything that is wrong with them."""

    def __init__(self, faults):
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} faults")


@dataclass(frozen=True)
class FieldFiles:
    """What was read: the pool, and the respondents' own columns to carry along."""

    pool: Pool
    columns: tuple[str, ...]
    cells: Mapping[str, tuple[str, ...]]
    addresses: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass
class _Table:
    """A CSV as its headers and lines, each line with its number in the file."""

    name: str
    headers: list[str] = field(default_factory=list)
    lines: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @classmethod
    def of(cls, name: str, data: bytes) -> "_Table":
        table = cls(name)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
        first = text.partition("\n")[0]
        separator = max(",;\t", key=first.count)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            table.headers = [cell.strip() for cell in next(reader, [])]
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    table.lines.append((reader.line_num, [cell.strip() for cell in cells]))
        except csv.Error as error:
            table.fault(reader.line_num, f"ce n’est pas un tableau lisible ({error}).")
        for header, times in Counter(_key(header) for header in table.headers if header).items():
            if times > 1:
                table.fault(1, f"la colonne « {header} » est là {times} fois.")
        for line, cells in table.lines:
            if len(cells) != len(table.headers):
                table.fault(line, f"{len(cells)} cellules pour {len(table.headers)} colonnes.")
                cells.extend([""] * (len(table.headers) - len(cells)))
        return table

    def fault(self, line: int, sentence: str) -> None:
        self.faults.append(Fault(self.name, line, sentence))

    def place(self, *names: str) -> int | None:
        """The column of the first of these names that is there."""
        keys = [_key(header) for header in self.headers]
        return next((keys.index(_key(name)) for name in names if _key(name) in keys), None)


def read(categories: bytes, respondents: bytes, seats: int, *, households: bool = True, institutions=()) -> FieldFiles:
    """The pool of two files. Refuses with ``FaultyFiles``, which has every fault of both."""
    quotas_table, people_table = _Table.of(CATEGORIES, categories), _Table.of(RESPONDENTS, respondents)
    quotas = _quotas(quotas_table)
    # Values can't be told wrong while some categories are unreadable.
    found = _people(people_table, [] if quotas_table.faults else quotas, households, institutions)
    faults = [*quotas_table.faults, *people_table.faults]
    if seats < 1:
        faults.append(Fault(CATEGORIES, 1, words.PROBLEMS["no_seat"]))
    if faults:
        raise FaultyFiles(faults)
    people, cells, addresses, remarks = found
    pool = Pool(people, tuple(quotas), (), seats)
    if left := contradictions(pool):
        raise FaultyFiles(Fault(CATEGORIES, 1, words.of_problem(problem)) for problem in left)
    return FieldFiles(pool, tuple(people_table.headers), cells, addresses, remarks)


def _quotas(table: _Table) -> list[Quota]:
    category = table.place("category")
    feature = category if category is not None else table.place("feature")
    others = [name for name in ("feature", "name", "value") if table.place(name) not in (None, feature)]
    value = table.place(*others) if others else None
    least, most = table.place("min"), table.place("max")
    missing = [
        name
        for name, place in (("category", feature), ("name", value), ("min", least), ("max", most))
        if place is None
    ]
    if missing:
        table.fault(1, f"il manque {', '.join(f'la colonne « {name} »' for name in missing)}.")
        return []
    if not table.lines:
        table.fault(1, "il n’y a aucun quota.")
    low, high = table.place("min_flex"), table.place("max_flex")
    seen: dict[tuple[str, str], int] = {}
    found = []
    for line, cells in table.lines:
        before = len(table.faults)
        if not cells[feature] or not cells[value]:
            table.fault(line, "le critère ou la valeur est vide.")
        minimum, maximum = _whole(table, line, cells, least), _whole(table, line, cells, most)
        lowest = _whole(table, line, cells, low, empty=0)
        highest = _whole(table, line, cells, high, empty=None, unset=True)
        pair = (_key(cells[feature]), _key(cells[value]))
        if pair in seen:
            table.fault(line, f"« {cells[feature]} : {cells[value]} » est déjà à la ligne {seen[pair]}.")
        seen.setdefault(pair, line)
        if len(table.faults) == before:
            table.faults.extend(Fault(table.name, line, one) for one in _order(minimum, maximum, lowest, highest))
        if len(table.faults) == before:
            found.append(Quota(cells[feature], cells[value], minimum, maximum, least=lowest, most=highest))
    return found


def _order(minimum: int, maximum: int, lowest: int, highest: int | None):
    if minimum > maximum:
        yield f"le minimum ({minimum}) est plus grand que le maximum ({maximum})."
    if lowest > minimum:
        yield f"min_flex ({lowest}) est plus grand que le minimum ({minimum})."
    if highest is not None and highest < maximum:
        yield f"max_flex ({highest}) est plus petit que le maximum ({maximum})."


def _whole(table: _Table, line: int, cells: list[str], place: int | None, *, empty=0, unset=False) -> int | None:
    """A cell as a whole number. With ``unset``, -1 means no limit, as the field's programs write it."""
    if place is None or (not cells[place] and table.headers[place].lower().endswith("flex")):
        return empty
    text = cells[place]
    if unset and text == "-1":
        return None
    if text.isascii() and text.isdigit() and len(text) < 8:
        return int(text)
    table.fault(line, f"« {text} » n’est pas un nombre entier ({table.headers[place]}).")
    return empty


def _people(table: _Table, quotas: list[Quota], households: bool, institutions):
    """People, their cells, the columns read as an address, and remarks; what is wrong goes to the table's faults."""
    known: dict[str, dict[str, str]] = {}
    spelt: dict[str, str] = {}
    for quota in quotas:
        spelt.setdefault(_key(quota.feature), quota.feature)
        known.setdefault(_key(quota.feature), {})[_key(quota.value)] = quota.value
    places = {feature: table.place(feature) for feature in known}
    for feature, place in places.items():
        if place is None:
            table.fault(1, f"il manque la colonne « {spelt[feature]} » des catégories.")
    if not table.lines:
        table.fault(1, "il n’y a personne.")
    identifier = table.place(*IDENTIFIERS)
    remarks = (
        []
        if identifier is not None
        else ["Les répondants n’ont pas de colonne d’identifiant : leur rang dans le fichier en tient lieu."]
    )
    homes = _Homes(table, set(known), institutions) if households else None
    seen: dict[str, int] = {}
    people, carried = [], {}
    for rank, (line, cells) in enumerate(table.lines, 1):
        ticket = str(rank) if identifier is None else cells[identifier]
        if not ticket:
            table.fault(line, "l’identifiant est vide.")
        elif "," in ticket or "|" in ticket:
            table.fault(line, f"l’identifiant « {ticket} » contient une virgule ou une barre.")
        elif ticket in seen:
            table.fault(line, f"l’identifiant « {ticket} » est déjà à la ligne {seen[ticket]}.")
        seen.setdefault(ticket, line)
        values = {}
        for feature, place in places.items():
            if place is not None:
                values[spelt[feature]] = _value(table, line, cells[place], spelt[feature], known[feature])
        home = homes.key_of(cells) if homes else ""
        people.append(Person(ticket, values, home))
        carried[ticket] = tuple(cells[: len(table.headers)])
    read_as_address = homes.columns if homes else ()
    return tuple(people), carried, read_as_address, tuple(remarks)


def _value(table: _Table, line: int, text: str, feature: str, known: Mapping[str, str]) -> str:
    if not text:
        table.fault(line, f"« {feature} » est vide.")
    elif _key(text) not in known:
        table.fault(line, f"la valeur « {text} » de « {feature} » n’est pas dans les catégories.")
    return known.get(_key(text), text)


class _Homes:
    """Who shares a home in one table, by the rule of ``panels/proof/household.py``; a blank address matches nobody.

    A table without any postcode is read as of one town, unless its addresses hold five figures at their end. A column
    that is a category is never an address.
    """

    def __init__(self, table: _Table, features: set[str], institutions):
        self.headers = table.headers
        self.street, self.more, self.postcode, self.town = (
            table.place(*(name for name in names if name not in features))
            for names in (STREETS, COMPLEMENTS, POSTCODES, TOWNS)
        )
        self.rule = Households(NO_SECRET, [self._read(line, "", "") for line in institutions if line.strip()])

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns read as an address, in the order of the table."""
        places = (self.street, self.more, self.postcode, self.town)
        return (
            ()
            if self.street is None
            else tuple(self.headers[one] for one in sorted(p for p in places if p is not None))
        )

    def key_of(self, cells: list[str]) -> str:
        """The key of a line's home, empty when it tells none."""
        if self.street is None or not cells[self.street]:
            return ""
        more, postcode, town = ("" if p is None else cells[p] for p in (self.more, self.postcode, self.town))
        return self.rule.key_of(self._read(f"{cells[self.street]} {more}", postcode, town))

    def _read(self, lines: str, postcode: str, town: str) -> Address:
        """An address whose postcode may be written elsewhere, or nowhere."""
        if not postcode and (written := re.search(r"^(.*?)[\s,]+(\d{5})\b(.*)$", lines)):
            lines, postcode, town = written[1], written[2], town or written[3]
        if not postcode and self.postcode is None:
            postcode = ONE_TOWN
        if postcode and not re.fullmatch(r"\d{5}", postcode.replace(" ", "")):
            postcode, town = ONE_TOWN, f"{postcode} {town}"
        return Address(lines, postcode, town)


def _key(text: str) -> str:
    """Names and values are compared without case nor surplus spaces, as the field's programs do."""
    return " ".join(text.split()).casefold()


def seed_of(pool: Pool, number: int) -> bytes:
    """SHA-256 of the people, of the rules and of the number given: nobody chooses the seed apart from its number."""
    prints = pool.fingerprints()
    return hashlib.sha256(f"{prints['people']}|{prints['rules']}|{number}".encode()).digest()


def written(files: FieldFiles, lottery: Lottery, found: Advice) -> dict[str, bytes]:
    """The three files of a draw by their names."""
    table = _csv(
        ["row", *(f"seat_{place}" for place in range(1, files.pool.seats + 1))],
        ([str(number), *row] for number, row in enumerate(lottery.rows)),
    )
    kept = [place for place, column in enumerate(files.columns) if _key(column) != "ticket"]
    shared = {ticket: name for name, tickets in files.pool.households().items() for ticket in tickets}
    chances = _csv(
        ["ticket", "appearances", "chance", "household", *(files.columns[place] for place in kept)],
        (
            [one.ticket, str(count := lottery.counts[one.ticket]), f"{count / lottery.panels:.6f}"]
            + [shared.get(one.ticket, ""), *(files.cells[one.ticket][place] for place in kept)]
            for one in files.pool.people
        ),
    )
    return {TABLE: table, CHANCES: chances, REPORT: _report(files, lottery, found, table, chances)}


def _report(files: FieldFiles, lottery: Lottery, found: Advice, table: bytes, chances: bytes) -> bytes:
    held = Counter(count for count in lottery.counts.values())
    told = {
        **lottery.record["result"],
        "minimum": lottery.minimum,
        "maximum": max(lottery.counts.values()) / lottery.panels,
        "mean": files.pool.seats / len(files.pool.people),
        "people_by_appearances": {str(count): held[count] for count in sorted(held)},
        "quotas": [
            {
                "feature": quota.feature,
                "value": quota.value,
                "min": quota.minimum,
                "max": quota.maximum,
                "people": sum(one.values[quota.feature] == quota.value for one in files.pool.people),
            }
            for quota in files.pool.quotas
        ],
        "households": len(files.pool.households()),
        "address_columns": list(files.addresses),
        "reserve": RESERVE,
        "warnings": [*files.remarks, *words.of_warnings(found)],
        "sha256": {TABLE: hashlib.sha256(table).hexdigest(), CHANCES: hashlib.sha256(chances).hexdigest()},
        "versions": solver.versions(),
    }
    return (json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _csv(headers, lines) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows(lines)
    return text.getvalue().encode()


def draw_files(
    categories: Path,
    respondents: Path,
    *,
    seats: int,
    seed: int,
    out: Path,
    panels: int = 1000,
    households: bool = True,
    institutions=(),
    say: Callable[[str], None],
    complain: Callable[[str], None],
    progress=None,
) -> int:
    """Read, draw and write into ``out``; nothing is written unless the draw is whole.

    0 when it is, 1 when the files are wrong or no panel meets the quotas (``complain`` has said why).
    """
    try:
        files = read(
            categories.read_bytes(), respondents.read_bytes(), seats, households=households, institutions=institutions
        )
    except FaultyFiles as faulty:
        for fault in faulty.faults:
            complain(str(fault))
        complain(f"{len(faulty.faults)} erreur(s) : rien n’a été tiré.")
        return 1
    found = advice(files.pool)
    if not found.feasible:
        for line in words.of_infeasible(found):
            complain(line)
        return 1
    for line in (*files.remarks, *words.of_warnings(found)):
        complain(f"Attention : {line}")
    lottery = draw(files.pool, panels=panels, seed=seed_of(files.pool, seed), progress=progress)
    out.mkdir(parents=True, exist_ok=True)
    for name, data in written(files, lottery, found).items():
        (out / name).write_bytes(data)
    say(f"{lottery.panels} panels de {seats} personnes parmi {len(files.pool.people)}, tous vérifiés.")
    least, bound = words.percent(lottery.minimum), words.percent(lottery.bound)
    say(f"Chance minimale : {least} ; aucun tirage ne peut dépasser {bound}.")
    return 0
