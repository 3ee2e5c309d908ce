"""What somebody typed, turned into stems to find; nothing typed is ever read as an operator."""

from string import ascii_lowercase

from .analyser import stem_word, words
from .vendor import Groups, Term

MAX_CHARACTERS = 500
MAX_WORDS = 12
MAX_FORGIVEN_WORDS = 4
MIN_PREFIX = 4
MIN_FORGIVEN = 4
MAX_FORGIVEN = 16


def asked_words(query: str) -> list[str]:
    """The distinct words of a question that say something, in order."""
    return list(dict.fromkeys(words(query[:MAX_CHARACTERS])))[:MAX_WORDS]


def exact(asked: list[str]) -> Groups:
    """Each word by its stem; the last one also as the beginning of a word, because it may still be being typed."""
    groups = [[Term(stem_word(word))] for word in asked]
    if asked and len(asked[-1]) >= MIN_PREFIX:
        groups[-1].append(Term(asked[-1], prefix=True))
    return groups


def slips(asked: list[str]) -> dict[str, set[str]]:
    """For each word of four letters or more, the stems it may have meant with one slip of the keyboard."""
    return {
        word: {
            stem
            for stem in {stem_word(slip) for slip in one_slip(word)} | one_slip(stem_word(word))
            if len(stem) >= _shortest(word)
        }
        for word in [word for word in asked if _is_forgiven(word)][:MAX_FORGIVEN_WORDS]
    }


def forgiving(asked: list[str], meant: dict[str, set[str]]) -> Groups:
    """The exact question, where each word may also be one of those it may have meant."""
    groups = exact(asked)
    for group, word in zip(groups, asked, strict=True):
        known = {term.stem for term in group if not term.prefix}
        group.extend(Term(stem) for stem in sorted(meant.get(word, set()) - known))
    return groups


def _shortest(word: str) -> int:
    """A long word is not taken for a very short one: of the forms of a verb, "casiez" would say "cas"."""
    return 4 if len(word) > 5 else 3


def _is_forgiven(word: str) -> bool:
    return MIN_FORGIVEN <= len(word) <= MAX_FORGIVEN and word.isascii() and word.isalpha()


def one_slip(word: str) -> set[str]:
    """Words one letter away: missing, added, changed, or two neighbours swapped."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    slips = {left + right[1:] for left, right in cuts if right}
    slips |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    slips |= {left + letter + right[1:] for left, right in cuts if right for letter in ascii_lowercase}
    slips |= {left + letter + right for left, right in cuts for letter in ascii_lowercase}
    return slips - {word}
