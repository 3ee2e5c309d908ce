"""The stylesheet read as data: layers, tokens of both themes, contrast of two colours."""

import re
from pathlib import Path

import theme

ROOM = Path(theme.__file__).resolve().parent
STYLESHEET = ROOM / "static" / "theme" / "theme.css"


def blocks(selector: str) -> list[dict[str, str]]:
    """The custom properties of every rule with that selector, in order."""
    text = STYLESHEET.read_text()
    found = re.findall(re.escape(selector) + r"\{([^}]*)\}", text)
    return [dict(re.findall(r"(--[\w-]+):([^;}]+)", body)) for body in found]


def light() -> dict[str, str]:
    """Tokens of the light theme; aliases followed."""
    first, second = blocks(":root")[:2]
    return _followed({**first, **second})


def dark() -> dict[str, str]:
    """Tokens of the dark theme as the switch sets them."""
    return _followed({**blocks(":root")[1], **blocks(":root[data-theme=dark]")[0]})


def dark_by_device() -> dict[str, str]:
    """Tokens of the dark theme as the device sets them."""
    return _followed({**blocks(":root")[1], **blocks(":root:not([data-theme=light])")[0]})


def _followed(tokens):
    def value(name):
        alias = re.fullmatch(r"var\((--[\w-]+)\)", tokens[name])
        return value(alias.group(1)) if alias and alias.group(1) in tokens else tokens[name]

    return {name: value(name) for name in tokens}


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two hexadecimal colours."""

    def light_of(colour):
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light_of(one), light_of(other)))
    return (high + 0.05) / (low + 0.05)
