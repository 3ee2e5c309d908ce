"""Taking names out of somebody's words before others read them: words are hidden, never rewritten. Without Django."""

import re
from collections.abc import Iterable

HIDDEN = "[…]"
MOST_WORDS, MOST_LENGTH = 30, 80
# Always hidden, whatever was chosen: an address of mail, a number one can call.
_ALWAYS = (
    re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,190}"),
    re.compile(r"(?<!\d)(?:\+33|0033|0)[ .\-]?[1-9](?:[ .\-]?\d{2}){4}(?!\d)"),
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|-(?=[^\W\d_]))*")
_ENDS = frozenset('.!?…:;\n«»"“”(-–—•')


def masked(text: str, hidden: Iterable[str] = ()) -> str:
    """The text with these words hidden, whatever their case, and addresses and telephone numbers always."""
    for pattern in _ALWAYS:
        text = pattern.sub(HIDDEN, text)
    for word in sorted({one.strip() for one in hidden if one.strip()}, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", HIDDEN, text, flags=re.IGNORECASE)
    return text


def words_of(line: str) -> list[str]:
    """The words of a line where they are separated by commas, each once."""
    found = (" ".join(part.split()) for part in line.replace(";", ",").split(","))
    return list(dict.fromkeys(word for word in found if word))


def possible_names(text: str) -> list[str]:
    """Words with a capital where no sentence begins, and what follows « Mme » or « M. »: somebody looks at them."""
    found = []
    for match in _WORD.finditer(text):
        word = match[0]
        if not word[0].isupper():
            continue
        before = text[: match.start()].rstrip(" \t\u00a0\u202f'’")
        titled = re.search(r"(?:^|\W)(?:M|Mr|Mme|Mlle|Monsieur|Madame)\.?$", before)
        if titled or (before and before[-1] not in _ENDS):
            found.append(word)
    return list(dict.fromkeys(found))
