"""A card as the picture a screen in a lobby shows: 1920 × 1080, our fonts, our light colours; and its words."""

from io import BytesIO

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont

SIZE = (1920, 1080)
MARGIN = 120
PAPER, INK, SOFT, BLUE, WHITE = "#FBF7F0", "#1F2530", "#505866", "#1C4A7E", "#FFFFFF"
TITLE, TEXT = "bricolage-grotesque-latin-wght-normal", "figtree-latin-wght-normal"
TITLE_SIZES, TEXT_SIZE, SMALL = (96, 84, 72, 60), 46, 36
TITLE_LINES, TEXT_LINES, FIGURES = 4, 5, 3


def draw(taken, *, city: str, address: str) -> bytes:
    """The PNG of what is taken (``card_exports.Taken``): its kind, its title, its words or its figures, its state."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    width = SIZE[0] - 2 * MARGIN
    top = _plaque(pen, taken.label, MARGIN)
    font, lines = _title(taken.title, width)
    for line in lines:
        pen.text((MARGIN, top), line, font=font, fill=INK)
        top += round(font.size * 1.15)
    top += 36
    if taken.figures:
        _figures(pen, taken.figures[:FIGURES], top, width)
    else:
        body = _font(TEXT, TEXT_SIZE, 400)
        room = max(1, min(TEXT_LINES, (SIZE[1] - 260 - top) // round(TEXT_SIZE * 1.45)))
        for line in _wrapped(taken.text, body, width, room):
            pen.text((MARGIN, top), line, font=body, fill=INK)
            top += round(TEXT_SIZE * 1.45)
    _foot(pen, taken.state, f"{city} – {address}", width)
    stream = BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _font(name: str, size: int, weight: int):
    font = ImageFont.truetype(finders.find(f"theme/fonts/{name}.woff2"), size)
    font.set_variation_by_axes([weight])
    return font


def _plaque(pen, label: str, top: int) -> int:
    font = _font(TEXT, SMALL, 700)
    right = MARGIN + pen.textlength(label, font=font) + 64
    pen.rounded_rectangle((MARGIN, top, right, top + 76), 12, fill=BLUE)
    pen.rounded_rectangle((MARGIN + 6, top + 6, right - 6, top + 70), 8, outline=WHITE, width=2)
    pen.text((MARGIN + 32, top + 16), label, font=font, fill=WHITE)
    return top + 76 + 56


def _title(title: str, width: int):
    for size in TITLE_SIZES:
        font = _font(TITLE, size, 700)
        lines = _wrapped(title, font, width, TITLE_LINES)
        if not lines[-1].endswith("…"):
            break
    return font, lines


def _figures(pen, figures, top: int, width: int) -> None:
    step = width // len(figures)
    large, small = _font(TITLE, 128, 800), _font(TEXT, SMALL, 400)
    for number, figure in enumerate(figures):
        left = MARGIN + number * step
        pen.text((left, top), figure.value, font=large, fill=BLUE)
        below = top + 170
        for line in _wrapped(figure.label, small, step - 48, 3):
            pen.text((left, below), line, font=small, fill=INK)
            below += 50


def _foot(pen, state: str, address: str, width: int) -> None:
    font, bold = _font(TEXT, SMALL, 400), _font(TEXT, SMALL, 700)
    base = SIZE[1] - MARGIN
    if state:
        for line in _wrapped(state, bold, width, 1):
            pen.text((MARGIN, base - 100), line, font=bold, fill=BLUE)
    pen.line((MARGIN, base - 34, SIZE[0] - MARGIN, base - 34), fill=BLUE, width=4)
    for line in _wrapped(address, font, width, 1):
        pen.text((MARGIN, base - 8), line, font=font, fill=SOFT)


def _wrapped(text: str, font, width: int, limit: int) -> list[str]:
    """The text in lines that hold the width, a word too long cut; the last one ends by « … » when some is left out."""
    lines, current = [], ""
    for word in text.split():
        longer = f"{current} {word}".strip()
        if font.getlength(longer) <= width:
            current = longer
            continue
        if current:
            lines.append(current)
        if len(lines) >= limit:
            break
        current = _cut(word, font, width)
    else:
        return [*lines, current][:limit] if current or not lines else lines[:limit]
    return [*lines[: limit - 1], _cut(f"{lines[limit - 1]} …", font, width)]


def _cut(word: str, font, width: int) -> str:
    """The word, or as many of its letters as hold."""
    if font.getlength(word) <= width:
        return word
    while word and font.getlength(f"{word}…") > width:
        word = word[: -max(1, len(word) // 8)]
    return f"{word.rstrip()}…"
