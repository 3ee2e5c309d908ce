"""The only door of images and files people send: bounded before decoding, made anew, and served to those who may."""

import io
import uuid
import warnings
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.http import FileResponse, Http404
from django.utils.deconstruct import deconstructible
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 25_000_000
MAX_SIDE = 12_000
MAX_FRAMES = 60
LARGEST_SIDE_KEPT = 2560
QUALITY = 80
_FORMATS = ("JPEG", "PNG", "WEBP")
_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")

NOT_AN_IMAGE = _("This file isn't a JPEG, PNG or WebP image. Choose a photo, or take a screenshot of it.")
TOO_HEAVY = _("This image is over 8 MB. Choose a smaller one.")
TOO_LARGE = _("This image is too large: 25 million pixels at most. Reduce it, then send it again.")
MOVING = _("This image has too many frames. Send a still image.")
BROKEN = _("This image is damaged or incomplete. Save it again, then send it.")


def _looks_like_an_image(head: bytes) -> bool:
    return head.startswith(_STARTS) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def safe_image(file) -> ContentFile:
    """The same picture made anew, without EXIF, name, profile, text or frames; a ValidationError says what to do.

    Size in bytes, first bytes, announced pixels and frames are looked at before any pixel is decoded.
    """
    if getattr(file, "size", 0) and file.size > MAX_BYTES:
        raise ValidationError(TOO_HEAVY, code="too_heavy")
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ValidationError(TOO_HEAVY, code="too_heavy")
    if not _looks_like_an_image(data[:16]):
        raise ValidationError(NOT_AN_IMAGE, code="not_an_image")
    image = _opened(data)
    try:
        return _made_anew(image)
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, OverflowError, Image.DecompressionBombError):
        raise ValidationError(BROKEN, code="broken")


def _opened(data: bytes) -> Image.Image:
    """The image with its header read and its bounds checked, no pixel decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
        width, height = image.size
        if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
            raise ValidationError(TOO_LARGE, code="too_large")
        if getattr(image, "n_frames", 1) > MAX_FRAMES:
            raise ValidationError(MOVING, code="moving")
    except Image.DecompressionBombError:
        raise ValidationError(TOO_LARGE, code="too_large")
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError):
        raise ValidationError(BROKEN, code="broken")
    return image


def _made_anew(image: Image.Image) -> ContentFile:
    """Decode, turn upright, bound the sides, encode again from the pixels alone."""
    kind = image.format
    if kind == "MPO":
        kind = "JPEG"
    if kind == "JPEG":
        image.draft("RGB", (LARGEST_SIDE_KEPT, LARGEST_SIDE_KEPT))
    image.load()
    image = ImageOps.exif_transpose(image)
    has_alpha = kind != "JPEG" and (image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info)
    image = image.convert("RGBA" if has_alpha else "RGB")
    image.thumbnail((LARGEST_SIDE_KEPT, LARGEST_SIDE_KEPT), Image.Resampling.LANCZOS, reducing_gap=2.0)
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    output = io.BytesIO()
    if kind == "JPEG":
        clean.save(output, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    elif kind == "PNG":
        clean.save(output, "PNG", optimize=False, compress_level=6)
    else:
        clean.save(output, "WEBP", quality=QUALITY, method=3)
    extension = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}[kind or "WEBP"]
    return ContentFile(output.getvalue(), name=f"{uuid.uuid4().hex}.{extension}")


@deconstructible
class PrivateStorage(FileSystemStorage):
    """Files outside MEDIA_ROOT, without an address: only ``private_response`` gives them, after a rights check."""

    def __init__(self):
        super().__init__(file_permissions_mode=0o640, directory_permissions_mode=0o750)

    @property
    def base_location(self):
        return settings.PRIVATE_MEDIA_ROOT

    @property
    def location(self):
        return str(Path(settings.PRIVATE_MEDIA_ROOT).absolute())

    def url(self, name):
        raise ValueError("A private file has no address: serve it with uploads.private_response.")


def private_response(field_file, *, allowed: bool, filename: str = "") -> FileResponse:
    """A private file as a download, to somebody who may see it; 404 to anybody else and when the file is gone.

    With ``TERRAIN_ACCEL_PREFIX`` set, nginx sends the bytes; the headers are the same.
    """
    if not allowed or not field_file:
        raise Http404
    name = get_valid_filename(filename or Path(field_file.name).name)
    prefix = getattr(settings, "TERRAIN_ACCEL_PREFIX", "")
    try:
        stream = io.BytesIO() if prefix else field_file.open("rb")
    except FileNotFoundError:
        raise Http404
    response = FileResponse(stream, as_attachment=True, filename=name, content_type="application/octet-stream")
    if prefix:
        response["X-Accel-Redirect"] = f"{prefix.rstrip('/')}/{field_file.name}"
        del response["Content-Length"]
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
