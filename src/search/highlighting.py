"""Marks the words of a question in a text, by their stem, and cuts the passage around them; everything is escaped."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .analyser import fold, stem_word, words

PASSAGE = 240
MAX_CHARACTERS = 20_000
_BEFORE = 60


@dataclass(frozen=True)
class Wanted:
    """What is marked: stems, and beginnings of words."""

    stems: frozenset[str]
    prefixes: tuple[str, ...] = ()

    @classmethod
    def of(cls, groups) -> "Wanted":
        """What the groups of a question look for."""
        terms = [term for group in groups for term in group]
        return cls(
            frozenset(term.stem for term in terms if not term.prefix),
            tuple(term.stem for term in terms if term.prefix),
        )

    def holds(self, token: str) -> bool:
        """Whether a word of a text is one of those asked for."""
        return any(
            stem_word(word) in self.stems or (self.prefixes and word.startswith(self.prefixes))
            for word in words(token)
        )


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    text: str
    wanted: bool


def found_words(text: str, wanted: Wanted) -> Iterator[str]:
    """The words of a text that are asked for, as they are written there."""
    return (token.text for token in _tokens(_tidy(text), wanted) if token.wanted)


def marked(text: str, wanted: Wanted) -> SafeString:
    """The whole text, escaped, with the words asked for in ``<mark>``."""
    text = _tidy(text)
    return _written(text, _tokens(text, wanted), 0, len(text))


def passage(text: str, wanted: Wanted, length: int = PASSAGE) -> tuple[SafeString, bool]:
    """Some ``length`` characters around the words asked for, and whether there is one; the beginning otherwise."""
    text = _tidy(text)
    tokens = _tokens(text, wanted)
    hits = [token for token in tokens if token.wanted]
    if not hits:
        return _cut(text, tokens, 0, length), False
    first = max(hits, key=lambda hit: (_hits_from(hits, hit.start, length - _BEFORE), -hit.start))
    start = 0 if first.start < _BEFORE * 2 else first.start - _BEFORE
    return _cut(text, tokens, start, length), True


def _hits_from(hits: list[_Token], start: int, length: int) -> int:
    """How many different words asked for begin in a window."""
    return len({fold(hit.text) for hit in hits if start <= hit.start < start + length})


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text[:MAX_CHARACTERS]).split())


def _tokens(text: str, wanted: Wanted) -> list[_Token]:
    tokens, at = [], 0
    for is_word, letters in groupby(text, _is_word_sign):
        token = "".join(letters)
        if is_word:
            tokens.append(_Token(at, at + len(token), token, wanted.holds(token)))
        at += len(token)
    return tokens


@lru_cache(maxsize=10_000)
def _is_word_sign(sign: str) -> bool:
    """Letters, figures, and whatever the analyser reads as such (an accent apart, « ㎏ »)."""
    return any(part.isalnum() or unicodedata.combining(part) for part in unicodedata.normalize("NFKD", sign))


def _cut(text: str, tokens: list[_Token], start: int, length: int) -> SafeString:
    """The passage from the word at or after ``start``; never a word cut, unless one alone is longer."""
    if start > 0:
        start = next((token.start for token in tokens if token.start >= start), start)
    end = start + length
    if end < len(text):
        space = text.rfind(" ", start + 1, end + 1)
        end = space if space > 0 else end
    body = _written(text, tokens, start, min(end, len(text)))
    before = "… " if start > 0 else ""
    after = " …" if end < len(text) else ""
    return format_html("{}{}{}", before, body, after)


def _written(text: str, tokens: list[_Token], start: int, end: int) -> SafeString:
    parts, at = [], start
    for token in tokens:
        if token.wanted and token.start >= start and token.end <= end:
            parts += [text[at : token.start], format_html("<mark>{}</mark>", token.text)]
            at = token.end
    return format_html_join("", "{}", ((part,) for part in [*parts, text[at:end]]))
