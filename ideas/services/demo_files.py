"""Draws the two pictures and writes the document that an idea of the demo city shows; run twice, nothing changes."""

import io
import zipfile
from html import escape

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from ..demo_life import FILES
from ..models import Idea, IdeaFile
from .files import add_file

INK, WALL, WOOD, FLOOR = "#1F2530", "#F3ECE0", "#8A4B08", "#DDD3C3"
MIME = "application/vnd.oasis.opendocument.text"
NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def load_files() -> None:
    """The files of the idea whose author drew it: two pictures and a list."""
    title, described, lines = FILES
    idea = Idea.objects.select_related("owed", "unit", "space", "counts", "author").get(title=title)
    if IdeaFile.objects.filter(idea=idea).exists():
        return
    files = (("mur.png", _wall()), ("vestiaire.png", _room()), ("materiel.odt", _list(lines)))
    for (name, data), alt in zip(files, described, strict=True):
        add_file(idea=idea, actor=idea.author, upload=ContentFile(data, name=name), alt=alt)


def _picture(draw_on) -> bytes:
    image = Image.new("RGB", (960, 600), WALL)
    draw_on(ImageDraw.Draw(image))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _wall() -> bytes:
    def draw_on(draw):
        draw.rectangle((0, 500, 960, 600), fill=FLOOR)
        for top in (160, 320):
            draw.rectangle((60, top, 760, top + 24), fill=WOOD)
            for place in range(15):
                left = 84 + place * 46
                draw.line((left, top + 24, left, top + 60), fill=INK, width=5)
                draw.arc((left, top + 48, left + 20, top + 72), 0, 180, fill=INK, width=5)
        draw.rectangle((820, 190, 900, 500), outline=INK, width=6)

    return _picture(draw_on)


def _room() -> bytes:
    def draw_on(draw):
        draw.rectangle((80, 60, 880, 540), outline=INK, width=8)
        draw.rectangle((110, 84, 700, 104), fill=WOOD)
        draw.rectangle((760, 84, 850, 150), fill=FLOOR, outline=INK, width=4)
        for left in range(140, 820, 170):
            draw.rectangle((left, 300, left + 110, 350), outline=INK, width=4)
        draw.line((420, 540, 540, 540), fill=WALL, width=12)

    return _picture(draw_on)


def _list(lines) -> bytes:
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES} office:version="1.2">'
        f"<office:body><office:text>{text}</office:text></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", MIME)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", content)
    return out.getvalue()
