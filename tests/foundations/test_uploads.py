"""Images that arrive: made anew, or refused in a blink with a sentence."""

import errno
import io
import resource
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from src.foundations import uploads


def image_bytes(kind: str, size=(40, 30), mode="RGB", **options) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size, (200, 30, 90) if mode == "RGB" else None).save(stream, kind, **options)
    return stream.getvalue()


def sent(data: bytes, name="photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def png_header(width: int, height: int) -> bytes:
    """A PNG that announces pixels it doesn't bring."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return png_of(b"IHDR" + header, b"IDAT" + zlib.compress(b"\0" * 10))


def png_of(*chunks: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) for chunk in chunks
    )


def png_bomb(side: int) -> bytes:
    """A PNG of one colour, tiny in bytes and huge in memory."""
    lines = zlib.compressobj(9)
    body = b"".join(lines.compress(b"\0" * (side + 1)) for _ in range(side)) + lines.flush()
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return png_of(b"IHDR" + header, b"IDAT" + body, b"IEND")


def moving_webp(frames: int) -> bytes:
    stream = io.BytesIO()
    pictures = [Image.new("RGB", (16, 16), (n * 67 % 256, n * 29 % 256, n % 2 * 200)) for n in range(frames)]
    pictures[0].save(stream, "WEBP", save_all=True, append_images=pictures[1:], duration=10)
    return stream.getvalue()


def moving_gif(frames: int) -> bytes:
    frame = b"\x21\xf9\x04\x00\x01\x00\x00\x00\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00"
    return b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff" + frame * frames + b"\x3b"


HOSTILE = {
    "bomb of 11,000 x 11,000": (lambda: png_bomb(11_000), "too_large"),
    "header of 50,000 x 50,000": (lambda: png_header(50_000, 50_000), "too_large"),
    "header of the largest numbers": (lambda: png_header(2**31 - 1, 2**31 - 1), "too_large"),
    "header of nothing": (lambda: png_header(0, 0), "broken"),
    "a long thin line": (lambda: png_header(20_000, 1), "too_large"),
    "truncated JPEG": (lambda: image_bytes("JPEG", (400, 400))[:-300], "broken"),
    "truncated PNG": (lambda: image_bytes("PNG", (400, 400))[:-40], "broken"),
    "truncated WEBP": (lambda: image_bytes("WEBP", (400, 400))[:40], "broken"),
    "only a JPEG's start": (lambda: b"\xff\xd8\xff\xe0" + b"\0" * 60, "broken"),
    "polyglot of GIF and JavaScript": (lambda: b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)//", "not_an_image"),
    "GIF of 10,000 frames": (lambda: moving_gif(10_000), "not_an_image"),
    "WEBP of 200 frames": (lambda: moving_webp(200), "moving"),
    "SVG renamed": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "not_an_image"),
    "SVG with a prolog": (lambda: b"<?xml version='1.0'?><svg/>", "not_an_image"),
    "HTML renamed": (lambda: b"<html><script>alert(1)</script>", "not_an_image"),
    "TIFF renamed": (lambda: image_bytes("TIFF"), "not_an_image"),
    "BMP renamed": (lambda: image_bytes("BMP"), "not_an_image"),
    "PDF renamed": (lambda: b"%PDF-1.7\n", "not_an_image"),
    "EPS renamed": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n", "not_an_image"),
    "nothing": (lambda: b"", "not_an_image"),
    "nine megabytes": (lambda: b"\xff\xd8\xff" + b"\0" * (9 * 1024 * 1024), "too_heavy"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_without_memory(name):
    make, code = HOSTILE[name]
    file = sent(make())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(ValidationError) as refusal:
        uploads.safe_image(file)

    assert refusal.value.code == code
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_made_anew_in_its_format_without_what_it_carried(kind):
    exif = Image.Exif()
    exif[0x010F] = "CANARI-MAKE"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 24.0)
    options = {"exif": exif.tobytes()}
    if kind == "PNG":
        info = PngInfo()
        info.add_text("Author", "CANARI-AUTHOR")
        options["pnginfo"] = info
    else:
        options["icc_profile"] = b"CANARI-PROFILE" * 20
    if kind == "JPEG":
        options["comment"] = b"CANARI-COMMENT"
    data = image_bytes(kind, **options)
    assert b"CANARI" in data

    clean = uploads.safe_image(sent(data, "CANARI-nadia.jpg"))

    body = clean.read()
    image = Image.open(io.BytesIO(body))
    assert (image.format, image.size, dict(image.getexif())) == (kind, (40, 30), {})
    assert b"CANARI" not in body
    assert "CANARI" not in clean.name
    assert {"exif", "icc_profile", "comment", "Author"} & set(image.info) == set()


def test_a_photo_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    clean = uploads.safe_image(sent(image_bytes("JPEG", (40, 30), exif=exif.tobytes())))

    assert Image.open(clean).size == (30, 40)


def test_a_polyglot_loses_its_second_language():
    clean = uploads.safe_image(sent(image_bytes("JPEG") + b"<script>alert(1)</script>"))

    assert b"script" not in clean.read()


def test_a_large_photo_is_never_opened_at_its_full_size(monkeypatch):
    decoded = []
    upright = ImageOps.exif_transpose
    monkeypatch.setattr(ImageOps, "exif_transpose", lambda image: decoded.append(image.size) or upright(image))

    monkeypatch.setattr(uploads, "LARGEST_SIDE_KEPT", 200)
    clean = uploads.safe_image(sent(image_bytes("JPEG", (900, 600))))

    assert decoded == [(450, 300)]
    assert max(Image.open(clean).size) == 200


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16"])
def test_every_mode_of_png_is_accepted(mode):
    clean = uploads.safe_image(sent(image_bytes("PNG", mode=mode)))

    assert Image.open(clean).mode == ("RGBA" if mode in {"LA", "RGBA"} else "RGB")


def test_a_short_animation_keeps_its_first_picture():
    clean = uploads.safe_image(sent(moving_webp(5)))

    assert getattr(Image.open(clean), "n_frames", 1) == 1


def test_a_refusal_says_what_to_do():
    with pytest.raises(ValidationError) as refusal:
        uploads.safe_image(sent(b"GIF89a"))

    assert refusal.value.messages == [
        "Ce fichier n’est pas une image JPEG, PNG ou WebP. Choisissez une photo, ou faites une capture d’écran."
    ]


@pytest.fixture
def private_file(tmp_path, settings):
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    storage = uploads.PrivateStorage()
    name = storage.save("pieces/été.pdf", ContentFile(b"%PDF-1.7 x"))

    class Stored:
        def __init__(self):
            self.name = name

        def open(self, mode):
            return storage.open(name, mode)

    return Stored()


def test_a_private_file_is_a_sandboxed_download(private_file):
    response = uploads.private_response(private_file, allowed=True)

    assert b"".join(response.streaming_content) == b"%PDF-1.7 x"
    assert {
        name: response[name]
        for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control", "Content-Security-Policy")
    } == {
        "Content-Type": "application/octet-stream",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    assert response["Content-Disposition"].startswith("attachment")


def test_a_private_file_doesnt_exist_for_others_nor_when_it_is_gone(private_file):
    with pytest.raises(Http404):
        uploads.private_response(private_file, allowed=False)
    uploads.PrivateStorage().delete(private_file.name)
    with pytest.raises(Http404):
        uploads.private_response(private_file, allowed=True)


def test_a_private_file_has_no_address_and_lies_outside_the_public_folder(private_file, settings):
    with pytest.raises(ValueError, match="no address"):
        uploads.PrivateStorage().url(private_file.name)
    assert str(settings.PRIVATE_MEDIA_ROOT) in uploads.PrivateStorage().path(private_file.name)


def test_nginx_sends_the_bytes_where_settings_say_so(private_file, settings):
    settings.TERRAIN_ACCEL_PREFIX = "/protege/"
    response = uploads.private_response(private_file, allowed=True)

    assert response["X-Accel-Redirect"] == f"/protege/{private_file.name}"
    assert b"".join(response.streaming_content) == b""


class FullDisk(ContentFile):
    """A file whose second half finds no room."""

    def chunks(self, chunk_size=None):
        yield b"the first half"
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_no_half_of_a_private_file(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    storage = uploads.PrivateStorage()

    with pytest.raises(OSError):
        storage.save("photos/x.jpg", FullDisk(b""))

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_full_disk_costs_nobody_else_their_file(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    storage = uploads.PrivateStorage()
    storage.save("photos/x.jpg", ContentFile(b"whole"))

    with pytest.raises(OSError):
        storage._save("photos/x.jpg", FullDisk(b""))

    assert (tmp_path / "photos" / "x.jpg").read_bytes() == b"whole"
