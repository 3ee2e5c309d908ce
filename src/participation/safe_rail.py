"""The safe rail: notices, before anything is stored, a text that sounds like a testimony rather than an idea.

A lexical rule over French words, here and nowhere else: no outside service, no model, no trace. It only ever proposes.
"""

import re
from functools import cache

from src.search.analyser import fold

from .rail_lexicon import PROPOSES, SAID, TOLD

READ = 20_000
_SENTENCES = re.compile(r"[.!?;…\n\r]+")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_GAPS = {"_": r"(?:\w+ ){0,3}", "__": r"(?:\w+ ){0,8}"}


def notices(text: str) -> frozenset[str]:
    """Themes a text seems to bear witness to; empty for an ordinary text. Reads nothing, writes nothing."""
    found: set[str] = set()
    for sentence in _sentences(text):
        found |= {theme for theme, pattern in _told().items() if pattern.search(sentence)}
        said = {theme for theme, pattern in _said().items() if theme not in found and pattern.search(sentence)}
        if said and not _proposes().search(sentence):
            found |= said
    return frozenset(found)


def _sentences(text: str) -> list[str]:
    """Folded sentences, their words parted by one space: "m'a" is "m a"."""
    cut = (_NOT_A_WORD.sub(" ", fold(part)).strip() for part in _SENTENCES.split(text[:READ]))
    return [sentence for sentence in cut if sentence]


@cache
def _told() -> dict[str, re.Pattern]:
    return {theme: _compiled(lines) for theme, lines in TOLD.items()}


@cache
def _said() -> dict[str, re.Pattern]:
    return {theme: _compiled(lines) for theme, lines in SAID.items()}


@cache
def _proposes() -> re.Pattern:
    return _compiled(PROPOSES)


def _compiled(lines) -> re.Pattern:
    return re.compile("|".join(f"(?:{_regex(line)})" for line in lines))


def _regex(line: str) -> str:
    """A line of the lexicon as a regular expression; words are parted by one space, gaps are bounded."""
    parts = []
    for token in _split(line):
        if token in _GAPS:
            parts.append(_GAPS[token])
        elif token.endswith(")?"):
            parts.append(f"(?:{token[:-1]} )?")
        else:
            parts.append(f"(?:{token}) ")
    return r"\b" + "".join(parts).replace("~", r"\w*").rstrip() + r"\b"


def _split(line: str) -> list[str]:
    """The tokens of a line: at the spaces that stand outside brackets."""
    tokens, depth = [""], 0
    for sign in line:
        depth += (sign == "(") - (sign == ")")
        if sign == " " and not depth:
            tokens.append("")
        else:
            tokens[-1] += sign
    return tokens
