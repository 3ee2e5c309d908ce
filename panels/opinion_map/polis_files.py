"""Votes from the files that Pol.is exports: comments.csv, with votes.csv or participants-votes.csv.

In these files 1 is "agree", -1 "disagree", 0 "pass". Its database has the opposite signs and the export turns
them (``sendVotesSummary`` of server/src/report.ts: ``String(-row.vote)``; ``get-corrected-conversation-votes`` of
math/src/polismath/darwin/export.clj; issue 2554 of compdemocracy/polis). Checked on london.youth.policing of
compdemocracy/openData: statement 1 has nine votes of 1 and nine "agrees". Files whose signs look turned are refused.

Both files are read whole and every fault is told with its line; an external identifier (``xid``) is never kept.
"""

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from .votes import AGREE, DISAGREE, PASS, Statement, Votes

COMMENTS, HISTORY, TABLE = "comments.csv", "votes.csv", "participants-votes.csv"
COMMENT_COLUMNS = ("comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body")
VOTE_COLUMNS = ("timestamp", "comment-id", "voter-id", "vote")
PEOPLE_COLUMNS = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
SIDES = {"1": AGREE, "0": PASS, "-1": DISAGREE}
csv.field_size_limit(1_000_000)


@dataclass(frozen=True)
class Fault:
    """Something wrong at one line of one file."""

    file: str
    line: int
    sentence: str

    def __str__(self):
        return f"{self.file}, ligne {self.line} : {self.sentence}"


class FaultyFiles(ValueError):
    """No map can be made of the files; ``faults`` says everything that is wrong with them."""

    def __init__(self, faults):
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} faults")


@dataclass(frozen=True, eq=False)
class PolisFiles:
    """What was read. ``replaced`` votes were cast again; ``undecided`` ones differ in one instant, and pass."""

    votes: Votes
    replaced: int = 0
    undecided: int = 0
    remarks: tuple[str, ...] = ()


@dataclass
class _Table:
    name: str
    headers: list[str] = field(default_factory=list)
    lines: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @classmethod
    def of(cls, name: str, data: bytes, required: tuple[str, ...]) -> "_Table":
        table = cls(name)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            table.fault(data[: error.start].count(b"\n") + 1, "ce n’est pas du texte en UTF-8.")
            return table
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        line = 1
        try:
            table.headers = [cell.strip() for cell in next(reader, [])]
            line = reader.line_num + 1
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    table.lines.append((line, cells))
                line = reader.line_num + 1
        except csv.Error as error:
            table.fault(line, f"ce n’est pas un tableau lisible ({error}).")
        table._check(required)
        return table

    def _check(self, required: tuple[str, ...]) -> None:
        for header, times in Counter(self.headers).items():
            if times > 1:
                self.fault(1, f"la colonne « {header} » est là {times} fois.")
        missing = [name for name in required if name not in self.headers]
        if missing:
            self.fault(1, "il manque " + ", ".join(f"la colonne « {name} »" for name in missing) + ".")
        for line, cells in self.lines:
            if len(cells) != len(self.headers):
                self.fault(line, f"{len(cells)} cellules pour {len(self.headers)} colonnes.")

    def fault(self, line: int, sentence: str) -> None:
        self.faults.append(Fault(self.name, line, sentence))

    def rows(self, *names: str):
        """The line and the cells of these columns, for lines that are whole; nothing when a column is missing."""
        if all(name in self.headers for name in names):
            places = [self.headers.index(name) for name in names]
            for line, cells in self.lines:
                if len(cells) == len(self.headers):
                    yield line, *(cells[place].strip() for place in places)


def read(
    comments: bytes, votes: bytes | None = None, table: bytes | None = None, names: Mapping[str, str] | None = None
) -> PolisFiles:
    """The votes of an export: ``votes`` is the history, ``table`` the wide form; of both, the history is read.

    ``names`` are what the files are called in faults. Refuses with ``FaultyFiles``, which has every fault of both.
    """
    names = {COMMENTS: COMMENTS, HISTORY: HISTORY, TABLE: TABLE} | dict(names or {})
    told = _Table.of(names[COMMENTS], comments, COMMENT_COLUMNS)
    statements, announced = _statements(told)
    known = None if told.faults else {statement.key for statement in statements}
    replaced = undecided = 0
    remarks: list[str] = []
    if votes is not None:
        ballots = _Table.of(names[HISTORY], votes, VOTE_COLUMNS)
        cast, replaced, undecided = _history(ballots, known)
    else:
        ballots = _Table.of(names[TABLE], table or b"", PEOPLE_COLUMNS)
        cast = _people(ballots, known, remarks)
    faults = [*told.faults, *ballots.faults]
    if not faults and _turned(cast, announced):
        faults.append(
            Fault(
                ballots.name,
                1,
                "« d’accord » et « pas d’accord » semblent inversés : « agrees » compte les votes -1. "
                "Dans un export de Pol.is, 1 veut dire d’accord.",
            )
        )
    if faults:
        raise FaultyFiles(faults)
    return PolisFiles(Votes.of(statements, cast), replaced, undecided, tuple(remarks))


def _statements(table: _Table) -> tuple[list[Statement], dict[str, tuple[int, int]]]:
    found: dict[str, Statement] = {}
    announced = {}
    names = ("comment-id", "agrees", "disagrees", "moderated", "comment-body")
    for line, key, agrees, disagrees, moderated, text in table.rows(*names):
        if not _number(key):
            table.fault(line, f"le numéro d’énoncé « {key} » n’est pas un nombre.")
        elif key in found:
            table.fault(line, f"l’énoncé {key} est déjà plus haut.")
        if moderated not in SIDES:
            table.fault(line, f"« moderated » vaut « {moderated} » ; il faut -1, 0 ou 1.")
        for name, value in (("agrees", agrees), ("disagrees", disagrees)):
            if not _number(value):
                table.fault(line, f"« {name} » vaut « {value} » ; il faut un nombre.")
        if not text:
            table.fault(line, f"l’énoncé {key} n’a pas de texte.")
        if _number(agrees) and _number(disagrees):
            announced[key] = (int(agrees), int(disagrees))
        found[key] = Statement(key, text, SIDES.get(moderated, 0))
    if not found and not table.faults:
        table.fault(1, "il n’y a aucun énoncé.")
    return list(found.values()), announced


def _history(table: _Table, known: set[str] | None) -> tuple[dict[tuple[str, str], int], int, int]:
    last: dict[tuple[str, str], tuple[int, int | None]] = {}
    rows = 0
    for line, moment, key, person, side in table.rows(*VOTE_COLUMNS):
        before = len(table.faults)
        if not _number(moment):
            table.fault(line, f"« timestamp » vaut « {moment} » ; il faut un nombre.")
        if known is not None and key not in known:
            table.fault(line, f"l’énoncé « {key} » n’est pas dans les énoncés.")
        if not _number(person):
            table.fault(line, f"le numéro de participant « {person} » n’est pas un nombre.")
        if side not in SIDES:
            table.fault(line, f"le vote vaut « {side} » ; il faut 1 (d’accord), 0 (passe) ou -1 (pas d’accord).")
        if len(table.faults) > before:
            continue
        rows += 1
        place, now = (person, key), (int(moment), SIDES[side])
        held = last.get(place)
        if held is None or now[0] > held[0]:
            last[place] = now
        elif now[0] == held[0] and now[1] != held[1]:
            # Two votes of one instant: which was the last isn't known, whatever their order in the file.
            last[place] = (held[0], None)
    undecided = sum(side is None for _moment, side in last.values())
    return (
        {place: PASS if side is None else side for place, (_moment, side) in last.items()},
        rows - len(last),
        undecided,
    )


def _people(table: _Table, known: set[str] | None, remarks: list[str]) -> dict[tuple[str, str], int]:
    apart = {*PEOPLE_COLUMNS, "xid"}
    keys = [header for header in table.headers if header not in apart]
    for key in keys:
        if known is not None and key not in known:
            table.fault(1, f"la colonne « {key} » n’est pas un énoncé.")
    cast: dict[tuple[str, str], int] = {}
    seen: set[str] = set()
    uneven = 0
    if any(name not in table.headers for name in PEOPLE_COLUMNS):
        return cast
    for line, person, agree, disagree, *sides in table.rows("participant", "n-agree", "n-disagree", *keys):
        if not _number(person):
            table.fault(line, f"le numéro de participant « {person} » n’est pas un nombre.")
        elif person in seen:
            table.fault(line, f"le participant {person} est déjà plus haut.")
        seen.add(person)
        for key, side in zip(keys, sides, strict=True):
            if side and side not in SIDES:
                table.fault(
                    line, f"énoncé {key} : le vote vaut « {side} » ; il faut 1 (d’accord), 0, -1 ou une cellule vide."
                )
            elif side:
                cast[person, key] = SIDES[side]
        uneven += (agree, disagree) != (str(sides.count("1")), str(sides.count("-1")))
    if uneven:
        remarks.append(
            f"{uneven} participant(s) dont les totaux ne sont pas ceux de leurs votes : les votes comptent."
        )
    return cast


def _turned(cast: Mapping[tuple[str, str], int], announced: Mapping[str, tuple[int, int]]) -> bool:
    """Whether the counts of statements are nearer to the votes with their signs turned."""
    agree = Counter(key for (_person, key), side in cast.items() if side == AGREE)
    disagree = Counter(key for (_person, key), side in cast.items() if side == DISAGREE)
    straight = sum(abs(yes - agree[key]) + abs(no - disagree[key]) for key, (yes, no) in announced.items())
    turned = sum(abs(yes - disagree[key]) + abs(no - agree[key]) for key, (yes, no) in announced.items())
    return turned < straight


def _number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
