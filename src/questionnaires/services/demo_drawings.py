"""Draws what a question of the demo city shows: the round of the Bus des démarches."""

import io

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

INK, PAPER, RIVER, ROAD = "#1F2530", "#F3ECE0", "#9CC4D9", "#8A4B08"
STOPS = ((110, 330), (350, 360), (610, 340), (850, 370))


def round_of_the_bus() -> ContentFile:
    """A plan without words: four stops on one bank of a river."""
    image = Image.new("RGB", (960, 480), PAPER)
    draw = ImageDraw.Draw(image)
    draw.line([(0, 170), (240, 210), (480, 160), (720, 220), (960, 180)], fill=RIVER, width=70, joint="curve")
    draw.line(STOPS, fill=ROAD, width=10, joint="curve")
    for number, (left, top) in enumerate(STOPS, start=1):
        draw.ellipse((left - 26, top - 26, left + 26, top + 26), fill=PAPER, outline=INK, width=6)
        for dot in range(number):
            at = left - 5 * (number - 1) + 10 * dot
            draw.ellipse((at - 3, top - 3, at + 3, top + 3), fill=INK)
    out = io.BytesIO()
    image.save(out, "PNG")
    return ContentFile(out.getvalue(), name="tournee.png")
