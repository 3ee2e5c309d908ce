"""Codes that reach a person, in words: each room says its own, floors below only look them up."""

from collections.abc import Callable, Mapping

_words: dict[str, dict[str, str]] = {}


def register(family: str, words: Mapping[str, str]) -> None:
    """Say codes of a family ("verb": acts of the journal, "kind": sorts of subjects, "draft": what is being typed).

    ``words`` are lazy strings, read in the reader's language. Refuses a code already said.
    """
    known = _words.setdefault(family, {})
    for code, said in words.items():
        if code in known:
            raise ValueError(f"{family} {code!r} is said twice")
        known[code] = said


def word(family: str, code: str) -> str:
    """A code in words; empty when nobody says it."""
    return str(_words.get(family, {}).get(code, ""))


def reader(family: str) -> Callable[[object, dict], str]:
    """How a declaration of personal data reads a column that holds codes of this family."""
    return lambda code, row: word(family, str(code))
