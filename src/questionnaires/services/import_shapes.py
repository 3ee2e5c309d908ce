"""What was said of a file, taken up for the next of the same shape: its columns, and the words that many said."""

from collections import Counter
from hashlib import blake2b

from django.conf import settings

from .. import likeness
from ..answer_file import Table
from ..answer_lines import Meaning
from ..enums import ImportState
from ..mapping import BLANK, pieces, targets
from ..models import AnswerImport, Questionnaire

_BYTES = 16


def shape_of(table: Table) -> str:
    """A digest of the names of the columns in their order, whatever their accents, capitals and signs."""
    names = "\0".join(likeness.fold(name) or name for name in table.columns)
    return blake2b(names.encode(), digest_size=_BYTES).hexdigest()


def said_before(questionnaire: Questionnaire, shape: str) -> AnswerImport | None:
    """The last file of this shape that came in here, taken away since or not. One statement."""
    known = AnswerImport.objects.filter(questionnaire=questionnaire, shape=shape).exclude(state=ImportState.MAPPING)
    return known.order_by("-made_at", "-pk").first() if shape else None


def kept_meaning(table: Table, revision, meaning: Meaning) -> dict:
    """What stays of a file that came in: the column of each target, and the words of choices.

    A word is kept when at least k lines say it: a rarer one could be somebody's own. What was left blank isn't kept.
    """
    k = max(settings.TERRAIN_K, settings.TERRAIN_K_FLOOR)
    known = {target.code: target for target in targets(revision)}
    values: dict[str, dict[str, str]] = {}
    for code, said in meaning.values.items():
        if code not in known or code not in meaning.columns:
            continue
        lines: Counter = Counter()
        for cell in table.values(meaning.columns[code]):
            lines.update({likeness.fold(piece) or piece for piece in pieces(cell, known[code])})
        many = {word: answer for word, answer in said.items() if answer != BLANK and lines[word] >= k}
        if many:
            values[code] = many
    return {"columns": dict(meaning.columns), "values": values}
