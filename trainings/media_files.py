"""Films, sounds and captions: what their first bytes say they are, and how they are served, piece by piece."""

import hashlib
import re

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _

from .enums import MediaKind
from .models import LessonFile

MAX_BYTES = {MediaKind.VIDEO: 200 * 1024 * 1024, MediaKind.AUDIO: 40 * 1024 * 1024, MediaKind.CAPTIONS: 512 * 1024}
TYPES = {
    MediaKind.VIDEO: {"mp4": "video/mp4", "webm": "video/webm"},
    MediaKind.AUDIO: {"mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg"},
    MediaKind.CAPTIONS: {"vtt": "text/vtt; charset=utf-8"},
}
# What each begins with, from which byte.
_STARTS = {
    "mp4": ((4, b"ftyp"),),
    "m4a": ((4, b"ftyp"),),
    "webm": ((0, b"\x1a\x45\xdf\xa3"),),
    "mp3": ((0, b"ID3"), (0, b"\xff\xfb"), (0, b"\xff\xf3"), (0, b"\xff\xf2")),
    "ogg": ((0, b"OggS"),),
    "vtt": ((0, b"WEBVTT"), (0, b"\xef\xbb\xbfWEBVTT")),
}
# Sent at a time: a phone that seeks asks for what follows.
PIECE = 1024 * 1024
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")


def ending_of(name: str) -> str:
    """The ending of a file's name, without its dot."""
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def check(file, kind: str) -> tuple[str, int]:
    """The fingerprint and the size of a file; refuses one that isn't what its kind and its name say."""
    ending = ending_of(file.name)
    if ending not in TYPES[kind]:
        raise ValidationError(
            _("This kind of file isn’t played here: send %(endings)s.") % {"endings": ", ".join(sorted(TYPES[kind]))}
        )
    if file.size > MAX_BYTES[kind]:
        raise ValidationError(_("This file is too heavy: %(n)d MB at most.") % {"n": MAX_BYTES[kind] // 1024**2 or 1})
    head = file.read(32)
    if not any(head[place : place + len(start)] == start for place, start in _STARTS[ending]):
        raise ValidationError(_("This file isn’t what its name says: save it again, then send it."))
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest(), file.size


def piece_of(media: LessonFile, asked: str) -> HttpResponse | FileResponse:
    """The file, or the piece of it that a player asks for (``Range``); 416 for a piece that isn't there."""
    kind = TYPES[media.kind].get(ending_of(media.file.name), "application/octet-stream")
    try:
        stream = media.file.open("rb")
    except FileNotFoundError:
        raise Http404
    if not asked:
        # Sent as it is read: a film never stands whole in memory.
        return _as_it_plays(FileResponse(stream, content_type=kind))
    with stream:
        size = media.file.size
        begin, end = _bounds(asked, size)
        if begin is None:
            response = HttpResponse(status=416)
            response["Content-Range"] = f"bytes */{size}"
            return response
        stream.seek(begin)
        response = HttpResponse(stream.read(end - begin + 1), content_type=kind, status=206)
    response["Content-Range"] = f"bytes {begin}-{end}/{size}"
    return _as_it_plays(response)


def _as_it_plays(response):
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    # The file of a reference never changes.
    response["Cache-Control"] = "private, max-age=86400"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _bounds(asked: str, size: int) -> tuple[int | None, int]:
    found = _RANGE.fullmatch(asked.strip())
    if not found:
        return 0, min(PIECE, size) - 1
    begin = int(found[1])
    end = min(int(found[2]) if found[2] else size - 1, size - 1, begin + PIECE - 1)
    # Nothing from the end of the file on, nor backwards.
    return (begin, end) if end >= begin else (None, 0)
