"""The only door of images and files people send: bounded before decoding, made anew, and served to those who may."""

import io
import uuid
import warnings
import zipfile
import zlib
from pathlib import Path

import pypdf
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

MAX_UNFOLDED = 50 * 1024 * 1024
MAX_PARTS = 2_000
# What the archive of an office document cannot be without.
_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml"}

MAX_PAGES = 100
# Of the catalogue of a PDF: what acts, what is filled, what is attached, and what tells who made it.
_NOT_OF_PAGES = (
    "/Metadata",
    "/Names",
    "/OpenAction",
    "/AA",
    "/AcroForm",
    "/PieceInfo",
    "/AF",
    "/Collection",
    "/Perms",
)

NOT_A_PDF = _("This file isn't a PDF. Save your document as PDF, then send it.")
TOO_MANY_PAGES = _("This document has no page, or more than 100. Send a shorter one.")
TOO_HEAVY_DOCUMENT = _("This file is over 8 MB. Choose a lighter one.")
NOT_ITS_NAME = _("This file isn't what its name says. Save it again as PDF, ODT, DOCX, XLSX or CSV, then send it.")
BROKEN_DOCUMENT = _("This file is damaged, incomplete or locked. Open it, save it again, then send it.")
ACTIVE_DOCUMENT = _("This file holds a program. Save it without macro nor script, then send it.")
SWOLLEN_DOCUMENT = _("This file unfolds to more than 50 MB. Make it lighter, then send it.")


def _looks_like_an_image(head: bytes) -> bool:
    return head.startswith(_STARTS) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def looks_like_an_image(file) -> bool:
    """Whether the first bytes of a file say so; the file is left at its beginning."""
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    return _looks_like_an_image(head)


def smaller(image: ContentFile, side: int) -> ContentFile:
    """A picture that ``safe_image`` gave, reduced to ``side`` pixels at most: what pages show before it is opened."""
    with Image.open(io.BytesIO(image.read()), formats=_FORMATS) as opened:
        image.seek(0)
        opened.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
        output = io.BytesIO()
        opened.save(output, "WEBP", quality=QUALITY, method=3)
    return ContentFile(output.getvalue(), name=f"{uuid.uuid4().hex}.webp")


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


def safe_document(file):
    """The same file, once its content is what its name says; a ValidationError says what to do.

    Documents are kept as they came: what they hold is looked at within bounds, and nothing of it is run.
    A name whose ending isn't known here is left to the list of those the site takes.
    """
    if getattr(file, "size", 0) > MAX_BYTES:
        raise ValidationError(TOO_HEAVY_DOCUMENT, code="too_heavy")
    kind = Path(file.name).suffix.lower().lstrip(".")
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    file.seek(0)
    if kind == "pdf":
        _check_pdf(data)
    elif kind == "csv":
        _check_text(data)
    elif kind in _PARTS:
        try:
            _check_archive(data, _PARTS[kind])
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, MemoryError):
            raise ValidationError(BROKEN_DOCUMENT, code="broken")
    return file


def safe_pdf(file) -> ContentFile:
    """The same pages made anew: no property, note, form, program nor file inside; a ValidationError says what to do.

    Its first bytes and its size are looked at before it is read, its pages counted before they are copied; what is
    written is looked at again, because a program may hide in what was packed. Headings and reading order stay.
    """
    if Path(getattr(file, "name", "") or "").suffix.lower() != ".pdf":
        raise ValidationError(NOT_A_PDF, code="not_its_name")
    safe_document(file)
    try:
        reader = pypdf.PdfReader(io.BytesIO(file.read(MAX_BYTES + 1)))
        if reader.is_encrypted:
            raise ValidationError(BROKEN_DOCUMENT, code="broken")
        if not 0 < len(reader.pages) <= MAX_PAGES:
            raise ValidationError(TOO_MANY_PAGES, code="too_large")
        data = _pages_alone(reader)
    except ValidationError:
        raise
    except Exception:  # noqa: BLE001 - a reader of hostile files fails in more ways than its list says
        raise ValidationError(BROKEN_DOCUMENT, code="broken")
    if len(data) > 2 * MAX_BYTES:
        raise ValidationError(SWOLLEN_DOCUMENT, code="swollen")
    _check_pdf(data)
    return ContentFile(data, name=f"{uuid.uuid4().hex}.pdf")


def _pages_alone(reader: pypdf.PdfReader) -> bytes:
    """The pages written again, and their tags; nothing that says who made them or that acts."""
    writer = pypdf.PdfWriter(clone_from=reader)
    for name in _NOT_OF_PAGES:
        writer.root_object.pop(name, None)
    for page in writer.pages:
        # Notes carry the names of who wrote them, links may act: the text of both stays where it is printed.
        page.pop("/Annots", None)
    for held in writer._objects:
        if isinstance(held, pypdf.generic.DictionaryObject):
            for name in ("/Metadata", "/PieceInfo", "/AA", "/LastModified"):
                held.pop(name, None)
    # What nothing leads to any more is still written the first time, and no longer the second.
    return _written(pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(_written(writer)))))


def _written(writer: pypdf.PdfWriter) -> bytes:
    writer.metadata = None
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def _check_pdf(data: bytes) -> None:
    if not data.startswith(b"%PDF-"):
        raise ValidationError(NOT_ITS_NAME, code="not_its_name")
    if b"%%EOF" not in data[-1024:]:
        raise ValidationError(BROKEN_DOCUMENT, code="broken")
    if any(word in data for word in (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia")):
        raise ValidationError(ACTIVE_DOCUMENT, code="active")


def _check_text(data: bytes) -> None:
    """Lines of text: no sign that only programs write, and not a page."""
    if any(sign < 32 and sign not in b"\t\r\n" for sign in data) or data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise ValidationError(NOT_ITS_NAME, code="not_its_name")


def _check_archive(data: bytes, part: str) -> None:
    """Names that stay inside, a bounded size once unfolded, every part whole, no macro and no entity."""
    if not data.startswith(b"PK"):
        raise ValidationError(NOT_ITS_NAME, code="not_its_name")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MAX_PARTS or sum(found.file_size for found in parts) > MAX_UNFOLDED:
            raise ValidationError(SWOLLEN_DOCUMENT, code="swollen")
        names = [found.orig_filename.replace("\\", "/") for found in parts]
        if any(name.startswith("/") or ".." in name.split("/") or "\0" in name or ":" in name for name in names):
            raise ValidationError(BROKEN_DOCUMENT, code="broken")
        if part not in names:
            raise ValidationError(NOT_ITS_NAME, code="not_its_name")
        if any("vbaproject" in name.lower() or name.startswith(("Basic/", "Scripts/")) for name in names):
            raise ValidationError(ACTIVE_DOCUMENT, code="active")
        for found in parts:
            # Reading stops at the size announced, and fails where it isn't the true one.
            if b"<!ENTITY" in archive.read(found):
                raise ValidationError(ACTIVE_DOCUMENT, code="active")


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

    def _save(self, name, content):
        """Keep the file whole or not at all: on a full disk its first half would stay for ever, known to nobody."""
        taken = self.exists(name)
        try:
            return super()._save(name, content)
        except OSError:
            if not taken:
                self.delete(name)
            raise

    def url(self, name):
        raise ValueError("A private file has no address: serve it with uploads.private_response.")


def private_response(field_file, *, allowed: bool, filename: str = "") -> FileResponse:
    """A private file as a download, to somebody who may see it; 404 to anybody else and when the file is gone.

    With ``TERRAIN_ACCEL_PREFIX`` set, nginx sends the bytes, and says again the headers it drops (docs/deploy/).
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
