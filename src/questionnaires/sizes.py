"""How large answers can be at most: what sealed ones are padded to, whatever is answered. Pure, without Django."""

import json
from collections.abc import Iterable

from . import asking

# Beside the answers: the version, the segments of the person, the token of a draft.
BESIDE = 640
STEP = 512
# A character is four bytes at most in UTF-8; those JSON writes longer never come in (``foundations.text.tidy``).
BYTES_A_CHARACTER = 4
# A number with its decimals, or what is said instead of an answer.
LONGEST_NUMBER = 24


def bucket(questions: Iterable[asking.Question]) -> int:
    """Bytes that hold any answers to these questions, as JSON, with what stands beside them."""
    largest = sum(_largest(question) for question in questions if question.is_asked)
    return -(-(largest + BESIDE) // STEP) * STEP


def _largest(question: asking.Question) -> int:
    """The largest answer to one question with its key, as ``json.dumps`` writes them."""
    value = max(_size(asking.DECLINED), _value(question))
    return _size(question.key) + len(": , ") + value


def _size(value) -> int:
    return len(json.dumps(value, ensure_ascii=False).encode())


def _value(question: asking.Question) -> int:
    if question.kind in asking.TEXTS:
        return BYTES_A_CHARACTER * asking.longest_text(question) + 2
    if question.kind in asking.WITH_ROWS:
        longest = max((_size(choice) for choice in question.choices), default=0)
        return 2 + sum(_size(row) + len(": , ") + longest for row in question.rows)
    if question.kind in (asking.MULTIPLE, asking.RANKING):
        return _size(list(question.choices))
    if question.kind == asking.SINGLE:
        return max((_size(choice) for choice in question.choices), default=0)
    return LONGEST_NUMBER
