"""Static text is compressed where no nginx does it; pages, which hold secrets beside what people type, never are."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

SHEET = "theme/theme.css"


def told(response) -> bytes:
    return b"".join(response.streaming_content)


def test_a_sheet_is_pressed_for_whoever_takes_it(client):
    written = Path(finders.find(SHEET)).read_bytes()

    pressed = client.get(f"/static/{SHEET}", headers={"accept-encoding": "gzip, br"})
    plain = client.get(f"/static/{SHEET}")
    part = client.get(f"/static/{SHEET}", headers={"accept-encoding": "gzip", "range": "bytes=0-9"})

    body = told(pressed)
    assert (pressed["Content-Encoding"], int(pressed["Content-Length"]), pressed["Vary"]) == (
        "gzip",
        len(body),
        "Accept-Encoding",
    )
    assert gzip.decompress(body) == written == told(plain)
    assert len(body) * 3 < len(written)
    assert (part.status_code, told(part)) == (206, written[:10])
    same = client.get(
        f"/static/{SHEET}", headers={"accept-encoding": "gzip", "if-modified-since": pressed["Last-Modified"]}
    )
    assert (same.status_code, told(same)) == (304, b"")


@pytest.mark.django_db
def test_fonts_and_pages_are_left_alone(client):
    font = client.get("/static/theme/fonts/figtree-latin-wght-normal.woff2", headers={"accept-encoding": "gzip"})
    page = client.get("/connexion/", headers={"accept-encoding": "gzip"})

    assert [answer.has_header("Content-Encoding") for answer in (font, page)] == [False, False]
