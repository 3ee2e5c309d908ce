"""Questions of a file brought into a bank: all of them or none, with everything wrong told at once."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations.imports import Unreadable

from ..checking import UNCHECKED
from ..contents.skeleton import texts
from ..models import QuestionBank
from ..question_files import gift, grid, moodle, read
from .banks import revise_bank

MAX_BYTES = 8 * 1024 * 1024


@dataclass
class Report:
    """What an import did or would do."""

    counts: dict
    problems: list[str]
    left_out: list[str] = field(default_factory=list)


def _gift(data: bytes, *booleans) -> read.Reading:
    try:
        return gift.read(data.decode("utf-8-sig"), *booleans)
    except UnicodeDecodeError:
        return gift.read(data.decode("cp1252", errors="replace"), *booleans)


READERS: dict[str, Callable] = {"gift": _gift, "txt": _gift, "xml": moodle.read, "xlsx": grid.read}


def import_questions(
    *,
    bank: QuestionBank,
    data: bytes,
    ending: str,
    actor=None,
    dry_run: bool = False,
    reason: str = "",
    source: str = "",
) -> Report:
    """Add the questions of a file to a bank, and write again those of the same words.

    ``reason`` and ``source`` stand where the file says none: without them, such a question is refused. One line
    wrong and nothing is written; kinds we don't have are named and left out. Refuses a file of no kind we read.
    """
    if ending not in READERS:
        raise Unreadable(_("Send a GIFT (.gift, .txt), Moodle (.xml) or grid (.xlsx) file."))
    if len(data) > MAX_BYTES:
        raise Unreadable(_("This file is over 8 MB."))
    reading = READERS[ending](data, _("True"), _("False"))
    told = [_completed(one, reason, source) for one in reading.questions]
    problems = [said for _line, said in sorted(_problems(reading, told))]
    left_out = [_("Line %(line)d: kind “%(kind)s”, left out.") % {"line": a, "kind": b} for a, b in reading.left_out]
    counts = {"read": reading.read, "created": 0, "updated": 0, "unchanged": 0, "errors": len(problems)}
    if problems:
        return Report(counts, problems, left_out)
    with transaction.atomic():
        # Two imports at once: the second reads what the first wrote.
        held = QuestionBank.objects.select_for_update().get(pk=bank.pk) if bank.pk else bank
        stream = list(held.questions.raw_data)
        for one in told:
            counts[_put(stream, one)] += 1
        if not dry_run and (counts["created"] or counts["updated"]):
            held.questions = stream
            held.save()
            revise_bank(bank=held, actor=actor)
    return Report(counts, problems, left_out)


def _completed(found: read.Found, reason: str, source: str) -> read.Found:
    value = {**found.value, "category": found.category or _("General")}
    value["reason"] = value["reason"] or reason.strip()
    value["source"] = value["source"] or source.strip()
    return read.Found(found.line, found.kind, found.category, value)


def _put(stream: list[dict], found: read.Found) -> str:
    """Add a question to the stream, or write it again; what was done."""
    for row in stream:
        if row["type"] == found.kind and row["value"]["text"] == found.value["text"]:
            if _plain(row["value"]) == found.value:
                return "unchanged"
            row["value"] = found.value
            return "updated"
    stream.append({"type": found.kind, "id": str(uuid.uuid4()), "value": found.value})
    return "created"


def _plain(value):
    """A stream's own lists hold each line beside its identifier: the lines alone."""
    if isinstance(value, dict):
        if value.keys() == {"type", "value", "id"} and value["type"] == "item":
            return _plain(value["value"])
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _problems(reading: read.Reading, told: list[read.Found]):
    words = {
        read.EMPTY: _("the question is empty."),
        read.NO_RIGHT: _("no answer is right."),
        read.TWO_RIGHTS: _("several answers are right, only one may be."),
        read.NO_ANSWER: _("answers are missing or empty."),
        read.UNCLOSED: _("a brace is missing, or there are too many."),
        read.UNREADABLE: _("this can’t be read: the file is cut or isn’t of the kind its name says."),
        read.KIND: _("the kind “%(about)s” isn’t one of ours."),
        read.COLUMNS: _("columns are missing: %(about)s."),
        read.TOO_LARGE: _("the file is too large: 2,000 questions at most."),
    }
    for one in reading.wrong:
        yield one.line, _at(one.line, words[one.code] % {"about": one.about})
    seen: dict[tuple[str, str], int] = {}
    for one in told:
        for sentence in _faults(one):
            yield one.line, _at(one.line, sentence)
        key = (one.kind, one.value["text"])
        if key in seen:
            yield one.line, _at(one.line, _("the same question as line %(line)d.") % {"line": seen[key]})
        seen.setdefault(key, one.line)


def _faults(found: read.Found):
    if not found.value["reason"]:
        yield _("say why the answer is right: people read it.")
    if not found.value["source"]:
        yield _("say where the answer comes from.")
    if any(UNCHECKED in text for text in texts(found.value)):
        yield _("a fact marked ⚠ isn’t checked.")
    shown = [choice["text"] for choice in found.value.get("choices", [])] or found.value.get("order", [])
    shown = shown or [pair["left"] for pair in found.value.get("pairs", [])]
    if len(shown) != len(set(shown)):
        yield _("two lines say the same.")
    if len(shown) > 8 or len(found.value.get("accepted", [])) > 20:
        yield _("there are too many answers: eight at most.")
    if max((len(text) for text in texts(found.value)), default=0) > 3000:
        yield _("a text is too long.")


def _at(line: int, sentence: str) -> str:
    return _("Line %(line)d: %(sentence)s") % {"line": line, "sentence": sentence}
