"""Accepted pictures that carry something: what is stored is pixels and nothing else, read segment by segment."""

import io
import itertools
import struct
import zlib

import pytest
from PIL import Image
from wagtail.images import get_image_model

from ideas.models import IdeaFile
from tests.ideas_screens.city import City

from .test_hostile_files import Doors, marked, sent, stored

pytestmark = pytest.mark.files
MARK = b"CANARI"
# Segments of a JPEG that draw it: tables, frame, scan, restart interval, the JFIF head.
DRAWS_JPEG = {0xDB, 0xC0, 0xC1, 0xC2, 0xC4, 0xDA, 0xDD, 0xE0}
DRAWS_PNG = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
DRAWS_WEBP = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}


_turn = itertools.count(1)


def picture(kind="JPEG", mode="RGB", size=(120, 80), **options) -> bytes:
    """Each of another shade and width: what is equal once stored would be taken for a copy."""
    turn, stream = next(_turn), io.BytesIO()
    shade = {"RGB": (turn % 250, 40, 90), "RGBA": (turn % 250, 40, 90, 120), "CMYK": (turn % 250, 9, 9, 9)}
    size = (size[0] + 2 * turn, size[1])
    Image.new(mode, size, shade.get(mode, turn % 250)).save(stream, kind, **options)
    return stream.getvalue()


def with_segment(marker: int, body: bytes) -> bytes:
    """A JPEG with one more segment after its head."""
    data = picture()
    return data[:2] + b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body + data[2:]


def with_chunk(name: bytes, body: bytes, kind="PNG", **options) -> bytes:
    """A PNG with one more chunk before its pixels."""
    data = picture(kind, **options)
    chunk = struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    return data[:33] + chunk + data[33:]


def exif(**tags) -> bytes:
    found = Image.Exif()
    for tag, value in tags.items():
        found[int(tag[1:], 16)] = value
    return found.tobytes()


def with_thumbnail() -> bytes:
    """EXIF with a second picture inside, as cameras leave: cropped here, whole there."""
    head = b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"
    return with_segment(0xE1, head + MARK + picture(size=(40, 30)))


ACCEPTED = {
    "exif.jpg": lambda: marked("JPEG"),
    "exif.png": lambda: marked("PNG"),
    "exif.webp": lambda: marked("WEBP"),
    "vignette.jpg": with_thumbnail,
    "xmp.jpg": lambda: with_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>CANARI</x:xmpmeta>"),
    "iptc.jpg": lambda: with_segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0c\x1c\x02\x50\0\x06CANARI\0"),
    "mpf.jpg": lambda: with_segment(0xE2, b"MPF\0MM\0*\0\0\0\x08\0\0CANARI"),
    "commentaire.jpg": lambda: with_segment(0xFE, b"CANARI, 12 rue des Tanneurs"),
    "fabricant.jpg": lambda: with_segment(0xEB, b"HDR CANARI"),
    "suite.jpg": lambda: picture() + b"CANARI<script>alert(1)</script>",
    "zip.jpg": lambda: picture() + b"PK\x03\x04CANARI",
    "phar.jpg": lambda: with_segment(0xFE, b"<?php CANARI __HALT_COMPILER(); ?>"),
    "couche.jpg": lambda: picture(mode="CMYK"),
    "gris.jpg": lambda: picture(mode="L", comment=b"CANARI"),
    "progressive.jpg": lambda: picture(progressive=True, comment=b"CANARI"),
    "tourne.jpg": lambda: picture(exif=exif(x0112=6, x010F="CANARI")),
    "texte.png": lambda: with_chunk(b"tEXt", b"Author\0CANARI"),
    "heure.png": lambda: with_chunk(b"tIME", struct.pack(">HBBBBB", 2026, 11, 25, 8, 0, 0)),
    "exif-brut.png": lambda: with_chunk(b"eXIf", exif(x010F="CANARI")[6:]),
    "prive.png": lambda: with_chunk(b"caNv", b"CANARI"),
    "profil.png": lambda: picture("PNG", icc_profile=MARK * 30),
    "palette.png": lambda: picture("PNG", mode="P", transparency=1),
    "seize-bits.png": lambda: picture("PNG", mode="I;16"),
    "transparent.webp": lambda: picture("WEBP", mode="RGBA", exif=exif(x010F="CANARI"), xmp=b"CANARI"),
}  # fmt: skip


def jpeg_segments(data: bytes) -> set[int]:
    """Every marker up to the scan; nothing may follow the end."""
    assert data.endswith(b"\xff\xd9"), "something follows the picture"
    found, place = set(), 2
    while data[place] == 0xFF:
        marker = data[place + 1]
        found.add(marker)
        if marker == 0xDA:
            return found
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    raise AssertionError("no scan")


def png_chunks(data: bytes) -> set[bytes]:
    found, place = set(), 8
    while place < len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        found.add(data[place + 4 : place + 8])
        place += 12 + length
    assert data[-8:-4] == b"IEND", "something follows the picture"
    return found


def webp_chunks(data: bytes) -> set[bytes]:
    assert int.from_bytes(data[4:8], "little") + 8 == len(data), "something follows the picture"
    found, place = set(), 12
    while place < len(data):
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        found.add(data[place : place + 4])
        place += 8 + length + length % 2
    return found


def beside_pixels(data: bytes) -> set:
    """What a stored picture holds that doesn't draw it."""
    if data.startswith(b"\xff\xd8"):
        return jpeg_segments(data) - DRAWS_JPEG
    if data.startswith(b"\x89PNG"):
        return png_chunks(data) - DRAWS_PNG
    assert data.startswith(b"RIFF"), data[:12]
    return webp_chunks(data) - DRAWS_WEBP


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"
    return tmp_path


@pytest.fixture
def doors(db):
    return Doors(City())


def test_what_cameras_and_hostile_hands_put_beside_pixels_is_in_the_files_sent():
    """The reader of segments sees it: without this, the tests below would be blind."""
    carrying = [name for name, make in ACCEPTED.items() if name.endswith(".jpg") and MARK in make()]
    blind = []
    for name in carrying:
        try:
            blind += [name] if not beside_pixels(ACCEPTED[name]()) else []
        except AssertionError:
            continue
    assert blind == []
    assert len(carrying) > 10


@pytest.mark.parametrize("way", ["photo", "add", "choose", "several"])
def test_what_is_stored_is_pixels_and_nothing_else(doors, folder, way):
    refused = []
    for name, make in ACCEPTED.items():
        file = sent(name, make())
        answer = doors.photo(file) if way == "photo" else getattr(doors, way)("images", file)
        accepted = (
            answer.status_code in (302, 303)
            or (answer.status_code == 200 and b'"success": true' in answer.content)
            or b'"step": "chosen"' in answer.content
        )
        refused += [] if accepted else [(name, answer.status_code, answer.content[-200:])]
    assert refused == []
    for image in get_image_model().objects.all():
        image.get_rendition("width-60")
    kept = stored(folder)
    # A photo takes the place of the one before; several files at once wait for their rights, without other sizes.
    assert len(kept) >= {"photo": 1, "several": len(ACCEPTED)}.get(way, 2 * len(ACCEPTED))
    assert [found for found in map(beside_pixels, kept) if found] == []
    assert [body[:20] for body in kept if MARK in body] == []
    assert IdeaFile.objects.count() == (1 if way == "photo" else 0)


def test_a_picture_taken_sideways_is_stood_up_before_its_orientation_is_forgotten(doors, folder):
    data = ACCEPTED["tourne.jpg"]()
    wide, high = Image.open(io.BytesIO(data)).size

    doors.photo(sent("tourne.jpg", data))

    kept = IdeaFile.objects.get()
    assert wide > high and Image.open(kept.file).size == (high, wide)
    with Image.open(kept.small) as small:
        assert small.height > small.width
