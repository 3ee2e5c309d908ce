"""French typography: the spaces that never break, put where readers of French expect them."""

import re

NARROW = "\u202f"  # before ; ! ?
WIDE = "\u00a0"  # before : » % € and after «
SPACES = f"[ {NARROW}{WIDE}]*"

# Left exactly as written: addresses, mail addresses, code between backquotes.
UNTOUCHED = re.compile(
    r"`[^`]*`|\b[a-z][a-z0-9+.-]*://\S+|\bwww\.\S+|\b(?:mailto|tel):\S+|[^\s@]+@[^\s@]+\.[a-z]{2,}",
    re.IGNORECASE,
)
# In HTML also: tags, comments, character references, and what code-like elements hold.
UNTOUCHED_HTML = re.compile(
    r"<!--.*?-->|<(code|pre|kbd|samp|script|style|textarea)\b.*?</\1\s*>|<[^>]*>|&#?\w+;|" + UNTOUCHED.pattern,
    re.IGNORECASE | re.DOTALL,
)

END = r"(?=$|[\s\u00a0\u202f)\]»”\"'’.,…<])"
RULES = (
    # "Merci!" and "Merci !" alike; a run such as "?!" takes one space; "page?x=1" is no sentence.
    (re.compile(rf"(?<=[^\s{NARROW}{WIDE};!?(\[«“]){SPACES}([;!?]+){END}"), NARROW + r"\1"),
    # "14:30" and "a:b" keep their colon; "Titre:" at the end of a word gets its space.
    (re.compile(rf"(?<=[^\s{NARROW}{WIDE}:(\[«“]){SPACES}:(?=$|[\s\u00a0\u202f])"), WIDE + ":"),
    (re.compile(rf"(?<=\d){SPACES}([%€])(?![\w%])"), WIDE + r"\1"),
    (re.compile(rf"(?<=[^\s{NARROW}{WIDE}«]){SPACES}»"), WIDE + "»"),
    (re.compile(rf"«{SPACES}(?=[^\s{NARROW}{WIDE}»])"), "«" + WIDE),
    # « 14 h 32 » stays on one line.
    (re.compile(rf"(?<=\d)[ {WIDE}]h[ {WIDE}](?=\d\d\b)"), f"{WIDE}h{WIDE}"),
)


def _space(text: str) -> str:
    for pattern, replacement in RULES:
        text = pattern.sub(replacement, text)
    return text


def _once(text: str, untouched: re.Pattern) -> str:
    parts, position = [], 0
    for kept in untouched.finditer(text):
        parts += [_space(text[position : kept.start()]), kept.group()]
        position = kept.end()
    return "".join([*parts, _space(text[position:])])


def typeset(text: str, *, html: bool = False) -> str:
    """The same words with French spaces; addresses, times such as 14:30 and code stay as written."""
    untouched = UNTOUCHED_HTML if html else UNTOUCHED
    # One sign's space may let the one before it be seen ("!:"): again until nothing moves.
    while (spaced := _once(text, untouched)) != text:
        text = spaced
    return text
