"""Mobile numbers as people type them, as a gateway takes them."""

import re

_MOBILE = re.compile(r"\+33[67]\d{8}|\+[1-9]\d{7,14}")


def readable(typed: str) -> str:
    """The number in its international form; empty when it can't be one."""
    digits = re.sub(r"[\s.\-()\u00a0\u202f]", "", typed)
    if re.fullmatch(r"0[67]\d{8}", digits):
        digits = "+33" + digits[1:]
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    return digits if _MOBILE.fullmatch(digits) else ""
