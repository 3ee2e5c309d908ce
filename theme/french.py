"""French typography: the spaces that never break and the apostrophes readers of French expect."""

import re
from functools import lru_cache

NARROW = "\u202f"  # before ; ! ?
WIDE = "\u00a0"  # before : » % € and after «
SPACES = f"[ {NARROW}{WIDE}]*"

# Left exactly as written: addresses, mail addresses, code between backquotes. Each starts where a word starts, so that
# a very long word costs one look and not a look a letter.
AS_WRITTEN = (
    r"`[^`]*`|(?<![\w+.-])(?:[a-z][a-z0-9+.-]*://\S+|www\.\S+|(?:mailto|tel):\S+|[\w+.-]+@[\w-]+(?:\.[\w-]+)+)"
)
UNTOUCHED = re.compile(AS_WRITTEN, re.IGNORECASE)
# In HTML also: tags, comments, character references, and what code-like elements hold.
ELEMENTS = r"<!--.*?-->|<(?P<kin>code|pre|kbd|samp|script|style|textarea)\b.*?</(?P=kin)\s*>|<[^>]*>"
MARKUP = rf"{ELEMENTS}|&#?\w+;"
UNTOUCHED_HTML = re.compile(f"{MARKUP}|{AS_WRITTEN}", re.IGNORECASE | re.DOTALL)
ONLY_MARKUP = re.compile(MARKUP, re.IGNORECASE | re.DOTALL)
NOTHING = re.compile(r"(?!)")
# None of these: no address and no code, so nothing to look for.
MARKS = ("://", "@", "`", "www.", "mailto:", "tel:")

END = r"(?=$|[\s\u00a0\u202f)\]»”\"'’.,…<])"
# (the signs a rule waits for, what it finds, what it writes)
RULES = (
    # "Merci!" and "Merci !" alike; a run such as "?!" takes one space; "page?x=1" is no sentence.
    (";!?", re.compile(rf"(?<=[^\s{NARROW}{WIDE};!?(\[«“]){SPACES}([;!?]+){END}"), NARROW + r"\1"),
    # "14:30" and "a:b" keep their colon; "Titre:" at the end of a word gets its space.
    (":", re.compile(rf"(?<=[^\s{NARROW}{WIDE}:(\[«“]){SPACES}:(?=$|[\s\u00a0\u202f])"), WIDE + ":"),
    ("%€", re.compile(rf"(?<=\d){SPACES}([%€])(?![\w%])"), WIDE + r"\1"),
    ("»", re.compile(rf"(?<=[^\s{NARROW}{WIDE}«]){SPACES}»"), WIDE + "»"),
    ("«", re.compile(rf"«{SPACES}(?=[^\s{NARROW}{WIDE}»])"), "«" + WIDE),
    # « 14 h 32 » stays on one line.
    ("h", re.compile(rf"(?<=\d)[ {WIDE}]h[ {WIDE}](?=\d\d\b)"), f"{WIDE}h{WIDE}"),
)


# Between a letter and a letter, a figure or a quotation: "l'eau", "d'1 h", "qu'« il". Marks of feet and minutes,
# quotes in single marks and addresses keep theirs. In stored HTML an apostrophe may be written as a reference.
BEFORE, AFTER = r"(?<=[^\W\d_])", r"(?=[^\W_]|[«“]|<[a-z])(?![\w.+-]+@)"
APOSTROPHES = re.compile(rf"(?P<kept>{AS_WRITTEN})|{BEFORE}'{AFTER}", re.IGNORECASE)
APOSTROPHES_HTML = re.compile(
    rf"(?P<kept>{ELEMENTS}|{AS_WRITTEN})|{BEFORE}(?:'|&#(?:39|x27);){AFTER}", re.IGNORECASE | re.DOTALL
)

# A text no longer than this is kept once it is set.
LABEL = 120

# Most labels have nothing to space: a list of ideas asks a thousand times.
SIGNS = re.compile(rf"[;!?:%€«»]|\d[ {WIDE}]h")


def curl(text: str, html: bool) -> str:
    """Curled apostrophes between letters; addresses and code stay as written."""
    if "'" not in text and "&#" not in text:
        return text
    return (APOSTROPHES_HTML if html else APOSTROPHES).sub(lambda found: found["kept"] or "’", text)


def _space(text: str) -> str:
    for signs, pattern, replacement in RULES:
        if any(sign in text for sign in signs):
            text = pattern.sub(replacement, text)
    return text


def _once(text: str, untouched: re.Pattern) -> str:
    parts, position = [], 0
    for kept in untouched.finditer(text):
        parts += [_space(text[position : kept.start()]), kept.group()]
        position = kept.end()
    return "".join([*parts, _space(text[position:])])


def typeset(text: str, *, html: bool = False) -> str:
    """The same words with French spaces and apostrophes; addresses, times such as 14:30 and code stay as written."""
    # Neither « safe » nor lazy: what is kept is words alone.
    text = str.__str__(text)
    return _label(text, html) if len(text) <= LABEL else _typeset(text, html)


@lru_cache(maxsize=2_000)
def _label(text: str, html: bool) -> str:
    """The names of units, steps and buttons come back on every page."""
    return _typeset(text, html)


def _typeset(text: str, html: bool) -> str:
    text = curl(text, html)
    if not SIGNS.search(text):
        return text
    lowered = text.lower()
    if any(mark in lowered for mark in MARKS):
        untouched = UNTOUCHED_HTML if html else UNTOUCHED
    else:
        untouched = ONLY_MARKUP if html else NOTHING
    # One sign's space may let the one before it be seen ("!:"): again until nothing moves.
    while (spaced := _once(text, untouched)) != text:
        text = spaced
    return text
