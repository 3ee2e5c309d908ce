"""The files a text may come in: which, how heavy, and how a hostile or broken one is refused, in words."""

import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from src.foundations import uploads

from .blocks import Block, CutUnit, cut
from .markup import read_html, read_markdown
from .office import BadXml, read_docx, read_odt

MOST_TEXT = 1_000_000
MOST_LINE = 200_000
_PARTS = {"docx": "word/document.xml", "odt": "content.xml"}
_OFFICE: dict[str, Callable] = {"docx": read_docx, "odt": read_odt}
_MARKUP: dict[str, Callable] = {
    "html": read_html,
    "htm": read_html,
    "md": read_markdown,
    "markdown": read_markdown,
    "txt": read_markdown,
}
FORMATS = (*_OFFICE, *_MARKUP)

UNKNOWN = _("Send a DOCX, ODT, HTML, Markdown or TXT file; or paste the text.")
NOT_TEXT = _("This file isn't a text we can read. Save it again as UTF-8, then send it.")
TOO_LONG = _("This text is over 1 million characters, or one of its lines over 200,000. Send it in parts.")


def read_file(file) -> list[CutUnit]:
    """The units of an uploaded file. Nothing of it is kept, run or followed.

    Refuses with ValidationError, in words: another kind of file, one that isn't what its name says, a damaged or
    locked one, a zip bomb, a path outside the archive, a macro, a script, an entity, what ``cut`` refuses.
    """
    kind = Path(getattr(file, "name", "") or "").suffix.lower().lstrip(".")
    if kind not in FORMATS:
        raise ValidationError(UNKNOWN, code="unknown")
    if kind in _OFFICE:
        uploads.safe_document(file)
        return cut(_office(kind, file))
    if getattr(file, "size", 0) > uploads.MAX_BYTES:
        raise ValidationError(uploads.TOO_HEAVY_DOCUMENT, code="too_heavy")
    file.seek(0)
    return cut(_MARKUP[kind](_decoded(file.read(uploads.MAX_BYTES + 1))))


def read_paste(text: str) -> list[CutUnit]:
    """The units of a pasted text: Markdown, or lines alone."""
    _check_length(text)
    return cut(read_markdown(text))


def _office(kind: str, file) -> list[Block]:
    file.seek(0)
    data = file.read(uploads.MAX_BYTES + 1)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _OFFICE[kind](archive)
    except BadXml as fault:
        sentence = uploads.ACTIVE_DOCUMENT if fault.is_active else uploads.BROKEN_DOCUMENT
        raise ValidationError(sentence, code="active" if fault.is_active else "broken")
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, RuntimeError, MemoryError):
        raise ValidationError(uploads.BROKEN_DOCUMENT, code="broken")


def _decoded(data: bytes) -> str:
    if len(data) > uploads.MAX_BYTES:
        raise ValidationError(uploads.TOO_HEAVY_DOCUMENT, code="too_heavy")
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValidationError(NOT_TEXT, code="not_text")
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        _check_length(text)
        return text
    raise ValidationError(NOT_TEXT, code="not_text")


def _check_length(text: str) -> None:
    if len(text) > MOST_TEXT or any(len(line) > MOST_LINE for line in text.splitlines()):
        raise ValidationError(TOO_LONG, code="too_long")


def as_file(data: bytes, name: str) -> ContentFile:
    """Bytes under a name, as an upload gives them."""
    return ContentFile(data, name=name)
