"""English typography: curled apostrophes, and a percent sign that touches its number."""

import re

from theme.french import curl

# A number, or the end of what stands for one: « 95 % », « %(share)d %% », « {n} % »; never the start of a name.
_PERCENT = re.compile(r"(?<=[\dsd}])[ \u00a0\u202f](%%?)(?![\w(%])")


def typeset(text: str, *, html: bool = False) -> str:
    """The same words as English prints them; addresses and code stay as written."""
    return _PERCENT.sub(r"\1", curl(text, html))
