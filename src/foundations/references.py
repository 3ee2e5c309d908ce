"""Random public references: six Crockford symbols, no sequence anybody could count."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans(
    {"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\u00a0": None, "\u202f": None, "\0": None}
)


def new_reference(length: int = 6) -> str:
    """A fresh reference, from the system's randomness."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def normalise(text: str) -> str:
    """What a person meant when typing a reference: case, spaces, hyphens, O for 0 and I or L for 1; never a NUL."""
    return text.strip().upper().translate(_READ_AS)


def is_reference(text: str, length: int = 6) -> bool:
    """Whether a normalised text has the form of a reference."""
    return len(text) == length and all(symbol in ALPHABET for symbol in text)
