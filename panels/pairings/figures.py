"""From boxes opened to what is told: answers of the same mark, question by question, as plain figures."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from src.questionnaires import asking
from src.questionnaires.figures import threshold

from . import shift


def of(questions: Iterable, before: Iterable[Mapping], after: Iterable[Mapping]) -> list[dict]:
    """What is told of each question. ``before``, ``after``: what boxes hold; one mark is one person."""
    then, now = _by_mark(before), _by_mark(after)
    both = [(then[mark], now[mark]) for mark in then.keys() & now.keys()]
    return [_told(question, both) for question in questions if question.is_asked]


def _by_mark(boxes: Iterable[Mapping]) -> dict[str, Mapping]:
    return {box["mark"]: box["answers"] for box in boxes if box.get("mark")}


def _told(question, both: list[tuple[Mapping, Mapping]]) -> dict:
    """``people`` is None when nothing is told."""
    k = threshold(question)
    values = [(one.get(question.key), other.get(question.key)) for one, other in both]
    if question.kind == asking.SCALE:
        spec = question.spec
        pairs = [pair for pair in values if all(isinstance(value, int) for value in pair)]
        found = shift.of_scale(pairs, spec.least, spec.most, k)
    else:
        choices = question.spec.choices
        found = shift.of_choices([pair for pair in values if all(value in choices for value in pair)], choices, k)
    return {
        "key": question.key,
        "kind": question.kind,
        "text": question.text,
        "k": k,
        "people": found.people if found.is_told else None,
        "bars": [
            {"label": _label(question, bar.values), "before": bar.before, "after": bar.after} for bar in found.bars
        ],
        "means": [one_decimal(mean) for mean in found.means] if found.means else [],
        "moves": [found.moves.up, found.moves.same, found.moves.down] if found.moves else [],
        "chance": str(found.chance) if found.chance is not None else "",
        "verdict": found.verdict,
        "ends": [question.settings.get("least_label", ""), question.settings.get("most_label", "")],
    }


def _label(question, values: tuple) -> list[str]:
    """The words of a bar, as a list: the page joins them."""
    if question.kind == asking.SCALE:
        return [str(value) for value in (values if len(values) == 1 else (values[0], values[-1]))]
    return [question.label_of(value) for value in values]


def one_decimal(number: Fraction) -> str:
    """Rounded to one decimal, halves away from zero."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))
