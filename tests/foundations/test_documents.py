"""PDF where it can be made, the page where it can't, and QR codes the content policy lets through."""

import io
import re
import sys

import pytest
from django.utils.safestring import SafeString
from PIL import ImageFile

from src.foundations import documents

PAGE = "<!doctype html><html lang='fr'><title>Lettre</title><p>Bonjour</p></html>"


@pytest.fixture
def without_weasyprint(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)


def test_without_weasyprint_the_reason_is_told_and_the_page_is_given(without_weasyprint):
    with pytest.raises(documents.PdfUnavailable):
        documents.pdf(PAGE)
    response = documents.pdf_or_html_response(PAGE, "lettre.pdf")

    assert documents.pdf_available() != ""
    assert (response.content.decode(), response["Content-Type"]) == (PAGE, "text/html; charset=utf-8")
    assert response["Content-Disposition"] == 'inline; filename="lettre.html"'
    assert response["Cache-Control"] == "private, no-store"


def test_without_pango_the_reason_is_told(monkeypatch):
    class WithoutPango:
        @staticmethod
        def find_spec(name, path=None, target=None):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'\nmore")

    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [WithoutPango, *sys.meta_path])

    assert documents.pdf_available() == "cannot load library 'libpango-1.0-0'"


def pdf_or_reason():
    if reason := documents.pdf_available():
        pytest.skip(f"No PDF on this machine: {reason}")


def test_a_pdf_is_made_and_sent_as_a_download():
    pdf_or_reason()
    response = documents.pdf_or_html_response(PAGE, "lettre")

    assert response.content.startswith(b"%PDF-")
    assert response["Content-Disposition"] == 'attachment; filename="lettre.pdf"'


def test_making_pdfs_leaves_uploads_as_strict_as_before():
    pdf_or_reason()
    documents.pdf(PAGE)

    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_a_pdf_takes_the_styles_and_pictures_of_its_page():
    pdf_or_reason()
    picture = f"<img src='{documents.qr_data_uri('K4T9MZ')}' alt=''>"
    link = "<link rel=stylesheet href='/static/theme/print.css'><img src='https://evil.example/x.png' alt=''>"

    plain, dressed = documents.pdf(PAGE), documents.pdf(PAGE.replace("<p>", link + picture + "<p>"))

    assert dressed.startswith(b"%PDF-")
    assert len(dressed) > len(plain)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/x.png",
        "https://evil.example/x.png",
        "file:///etc/passwd",
        "https://terrain.invalid/static/../../../etc/passwd",
        "https://terrain.invalid/static/%2e%2e/%2e%2e/etc/passwd",
        "https://terrain.invalid/media/x.png",
        "ftp://x/y",
    ],
)
def test_a_document_loads_nothing_from_elsewhere(address):
    with pytest.raises(ValueError, match="nothing from elsewhere"):
        documents._fetch(address)


def test_a_document_loads_its_own_data_and_our_static_files(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "print.css").write_text("p { color: #000 }")

    assert documents._fetch("data:text/plain;base64,YWI=")[0] == b"ab"
    assert documents._fetch("data:image/svg+xml,%3Csvg/%3E")[0] == b"<svg/>"
    assert documents._fetch("https://terrain.invalid/static/print.css")[0] == b"p { color: #000 }"


def test_a_qr_is_inline_svg_without_style_and_with_a_name():
    named = documents.qr_svg("https://ville.example/x?a=1&b=<", label='Ouvrir "la" page')
    silent = documents.qr_svg("x")

    assert isinstance(named, SafeString)
    assert named.startswith('<svg role="img" aria-label="Ouvrir &quot;la&quot; page" ')
    assert silent.startswith('<svg aria-hidden="true" focusable="false" ')
    for svg in (named, silent):
        assert svg.endswith("</svg>")
        assert not re.search(r"\sstyle=|<style|<script|\son\w+=", svg)
        assert "viewBox=" in svg


def test_a_qr_reads_back_the_same_modules_whatever_its_form():
    import segno

    code = segno.make("K4T9MZ", error="m", micro=False)
    stream = io.StringIO()
    code.save(stream, kind="txt", border=4)

    assert documents.qr_data_uri("K4T9MZ").startswith("data:image/svg+xml")
    assert 'viewBox="0 0 29 29"' in documents.qr_svg("K4T9MZ")
    assert len(stream.getvalue().split()) == 29
