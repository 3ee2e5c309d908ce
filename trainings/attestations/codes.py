"""Codes of attestations: eleven signs drawn at random and a check sign, to be read aloud over the telephone.

Thirty signs, without 0, O, 1, I, L and U, which are heard or read as one another. The check is a weighted sum modulo
31, a prime above the number of signs: with weights that all differ, one wrong sign or two signs that changed places
never give another code.
"""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_PRIME = 31
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}
# The last weight is the check's own; a code is right when the sum is a multiple of the prime.
_WEIGHTS = (*range(2, LENGTH + 1), 1)
_BETWEEN = re.compile(r"[\W_]+")


def new_code() -> str:
    """A fresh code, from the system's randomness."""
    while True:
        body = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH - 1))
        check = -_sum(body) % _PRIME
        # One body in thirty-one would need a thirty-first sign.
        if check < len(ALPHABET):
            return body + ALPHABET[check]


def _sum(signs: str) -> int:
    return sum(weight * _VALUES[sign] for weight, sign in zip(_WEIGHTS, signs, strict=False))


def normalise(typed: str) -> str:
    """What somebody meant: any case, whatever blanks, dashes or dots stand between."""
    return _BETWEEN.sub("", typed[:80]).upper()


def is_code(signs: str) -> bool:
    """Whether normalised signs are a code: their number, the alphabet, the check."""
    return len(signs) == LENGTH and all(sign in _VALUES for sign in signs) and _sum(signs) % _PRIME == 0


def unknown_signs(signs: str) -> str:
    """The signs that no code has, in their order, once each."""
    return "".join(dict.fromkeys(sign for sign in signs if sign not in _VALUES))


def spaced(code: str) -> str:
    """As printed: "K7QM-2XR9-D4TB"."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
