"""Builds the icon sprite from a folder of Lucide SVG files: `python -m theme.sprite FOLDER`."""

import re
import sys
from pathlib import Path

ROOM = Path(__file__).resolve().parent
SPRITE = ROOM / "static" / "theme" / "icons.svg"
NOTICE = (
    "<!-- Icons: Lucide 1.62 (https://lucide.dev), ISC License, see icons.LICENSE.txt. Made by theme/sprite.py. -->"
)


def names() -> list[str]:
    """The icons this product draws, one a line in `icons.txt`."""
    return (ROOM / "icons.txt").read_text().split()


def symbol(name: str, svg: str) -> str:
    """One Lucide file as a symbol of the sprite: only its shapes, no size, no colour."""
    shapes = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL).group(1)
    shapes = re.sub(r">\s+<", "><", re.sub(r"\s+", " ", shapes)).replace(" />", "/>").strip()
    return f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>'


def build(folder: Path) -> str:
    """The whole sprite; a name Lucide doesn't have stops with its file's name."""
    symbols = "".join(symbol(name, (folder / f"{name}.svg").read_text()) for name in names())
    return f'{NOTICE}<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'


if __name__ == "__main__":
    SPRITE.write_text(build(Path(sys.argv[1])))
