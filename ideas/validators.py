"""Limits of what people write, shared by forms, services and imports; the tables are wider (real exports are)."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from src.foundations.text import tidy

TITLE_MIN, TITLE_MAX = 10, 120
BODY_MIN, BODY_MAX = 30, 2000
FIRST_LINE_MAX = 80
COMMENT_MAX = 1500
QUESTION_MAX = 1000
ANSWER_MIN, ANSWER_MAX = 120, 1200
STATEMENT_MAX = 1200
TAGS_MAX, TAG_LENGTH_MAX = 5, 40


def _between(text: str, smallest: int, largest: int) -> str:
    if len(text) < smallest:
        raise ValidationError(
            ngettext("Write at least %(count)d character.", "Write at least %(count)d characters.", smallest)
            % {"count": smallest},
            code="too_short",
        )
    if len(text) > largest:
        extra = len(text) - largest
        raise ValidationError(
            ngettext("This is %(count)d character too long.", "This is %(count)d characters too long.", extra)
            % {"count": extra},
            code="too_long",
        )
    return text


def clean_title(text: str) -> str:
    """A title on one line, 10 to 120 characters."""
    return _between(tidy(text, one_line=True), TITLE_MIN, TITLE_MAX)


def clean_body(text: str) -> str:
    """The text of an idea, 30 to 2,000 characters."""
    return _between(tidy(text), BODY_MIN, BODY_MAX)


def clean_comment(text: str) -> str:
    """A comment, up to 1,500 characters."""
    return _between(tidy(text), 1, COMMENT_MAX)


def clean_statement(text: str, *, required: bool = True, largest: int = STATEMENT_MAX) -> str:
    """What staff write with a step: a question, a reason, a word to the author."""
    return _between(tidy(text), 1 if required else 0, largest)


def clean_answer(text: str) -> str:
    """An official response, 120 to 1,200 characters in plain words."""
    return _between(tidy(text), ANSWER_MIN, ANSWER_MAX)


def clean_tags(tags) -> list[str]:
    """At most five short tags, lower case, without doubles."""
    found = []
    for tag in tags or ():
        tag = tidy(tag, one_line=True).lower().lstrip("#").strip()
        if tag and tag not in found:
            found.append(_between(tag, 1, TAG_LENGTH_MAX))
    if len(found) > TAGS_MAX:
        raise ValidationError(
            ngettext("Choose at most %(count)d tag.", "Choose at most %(count)d tags.", TAGS_MAX) % {"count": TAGS_MAX}
        )
    return found


def title_from(body: str) -> str:
    """A title made of the first line, cut at a word before 80 characters."""
    line = tidy(body).split("\n", 1)[0].strip()
    sentence = re.split(r"(?<=[.!?…])\s", line, maxsplit=1)[0].rstrip(".")
    line = sentence if len(sentence) >= TITLE_MIN else line
    if len(line) <= FIRST_LINE_MAX:
        return line
    return line[: FIRST_LINE_MAX - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
