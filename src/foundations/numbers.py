"""Whole numbers read from an address, a form or a file, whatever was written there."""

DIGITS = 15


def whole(text: str, most: int = DIGITS) -> int | None:
    """The number, when the text is ASCII figures and nothing else, ``most`` at most; None otherwise.

    "²" and "٣" are digits to Python, and thousands of figures are refused by ``int``: neither is a number here.
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= most else None
