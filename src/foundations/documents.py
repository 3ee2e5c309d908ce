"""The door to PDF and QR: WeasyPrint where its libraries are, the same page as HTML where they aren't."""

import base64
import mimetypes
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import segno
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.http import HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import get_valid_filename
from PIL import ImageFile

_BASE = "https://terrain.invalid/"


class PdfUnavailable(RuntimeError):
    """WeasyPrint or the Pango it draws with isn't on this machine."""


def _weasyprint():
    """WeasyPrint, imported when needed: it costs a second and needs Pango."""
    try:
        import weasyprint  # heavy, and absent or without Pango on some machines
    except (ImportError, OSError) as error:
        raise PdfUnavailable(str(error).splitlines()[0][:200]) from error
    # A font cut to its signs is dated by the clock, unless told otherwise: the same page must give the same bytes.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    # WeasyPrint makes Pillow accept images cut short, in the whole process: uploads must keep refusing them.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return weasyprint


def pdf_available() -> str:
    """Empty when PDFs can be made, else the reason."""
    try:
        _weasyprint()
    except PdfUnavailable as error:
        return str(error) or "WeasyPrint"
    return ""


class _Fetcher:
    """What WeasyPrint calls for each address in a document; a refused one leaves a blank, the document is made."""

    _fail_on_errors = False

    def __call__(self, url: str):
        from weasyprint.urls import URLFetcherResponse  # heavy, and only there when a PDF is being made

        body, mime = _fetch(url)
        return URLFetcherResponse(url, body=body, headers={"Content-Type": mime})


def _fetch(url: str) -> tuple[bytes, str]:
    """What a document may load: data of its own and our static files. Never the network, never the disk at large."""
    parts = urlsplit(url)
    if parts.scheme == "data":
        header, _sep, body = url[5:].partition(",")
        mime = header.split(";")[0] or "text/plain"
        raw = base64.b64decode(unquote(body)) if header.endswith(";base64") else unquote(body).encode()
        return raw, mime
    static = settings.STATIC_URL
    if url.startswith(_BASE) and parts.path.startswith(static):
        name = unquote(parts.path[len(static) :])
        found = _found(name) or _collected(name)
        if found:
            return Path(found).read_bytes(), mimetypes.guess_type(name)[0] or "application/octet-stream"
    raise ValueError("A document loads nothing from elsewhere.")


def _found(name: str) -> str:
    """A static file of a room, never one outside of its folder."""
    try:
        return finders.find(name) or ""
    except SuspiciousFileOperation:
        return ""


def _collected(name: str) -> str:
    """A file of the collected static folder, never outside of it."""
    root = Path(settings.STATIC_ROOT).resolve()
    path = (root / name).resolve()
    return str(path) if path.is_file() and path.is_relative_to(root) else ""


def picture(file) -> str:
    """A picture that ``uploads.safe_image`` gave, as an address of data for paper; empty when its file is gone."""
    try:
        with file.open("rb") as opened:
            content = opened.read()
    except OSError:
        return ""
    mime = mimetypes.guess_type(file.name)[0] or "image/jpeg"
    return f"data:{mime};base64,{base64.b64encode(content).decode()}"


def pdf(html: str, base_url: str | None = None, *, tagged: bool = False) -> bytes:
    """The page as a PDF, ``tagged`` for those who hear it (PDF/UA). Raises PdfUnavailable where it can't be made.

    The same page gives the same bytes.
    """
    weasyprint = _weasyprint()
    document = weasyprint.HTML(string=html, base_url=base_url or _BASE, url_fetcher=_Fetcher())
    return document.write_pdf(pdf_variant="pdf/ua-1" if tagged else None)


def pdf_or_html_response(html: str, filename: str) -> HttpResponse:
    """The page as a PDF download, or the page itself to be printed from the browser."""
    name = get_valid_filename(filename.removesuffix(".pdf"))
    try:
        response = HttpResponse(pdf(html), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    except PdfUnavailable:
        response = HttpResponse(html)
        response["Content-Disposition"] = f'inline; filename="{name}.html"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _svg(text: str) -> str:
    code = segno.make(text, error="m", micro=False)
    return code.svg_inline(scale=1, border=4, omitsize=True, svgclass="qr", lineclass=None)


def qr_svg(text: str, *, label: str = "") -> SafeString:
    """A QR code as inline SVG: attributes only, no style, so that the content policy lets it through."""
    body = mark_safe(_svg(text).removeprefix("<svg "))  # noqa: S308 - made by segno from modules, no text inside
    if label:
        return format_html('<svg role="img" aria-label="{}" {}', label, body)
    return format_html('<svg aria-hidden="true" focusable="false" {}', body)


def qr_data_uri(text: str) -> str:
    """The same code as an image address, for PDFs and mails."""
    return segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=4)
