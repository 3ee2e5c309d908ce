"""A photo added after sending: made anew without its place, described, served through the gate of its idea."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from ideas.models import IdeaFile
from src.foundations.testing import drain_outbox


def picture(kind="JPEG") -> bytes:
    """A photo whose EXIF says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Téléphone de Nadia"
    stream = io.BytesIO()
    Image.new("RGB", (64, 48), "#8A4B08").save(stream, kind, exif=exif)
    return stream.getvalue()


def send(client, idea, data: bytes, alt="Le portail sous la pluie"):
    upload = SimpleUploadedFile("photo.jpg", data, content_type="image/jpeg")
    return client.post(f"/idees/{idea.reference}/recue/", {"part": "photo", "photo": upload, "alt": alt})


@pytest.fixture(autouse=True)
def _private_folder(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path


def test_a_photo_is_shown_without_what_the_telephone_wrote(city, as_):
    idea = city.submitted()

    sent = send(as_(city.author), idea, picture())
    page = as_(city.reader).get(f"/idees/{idea.reference}/").content.decode()
    served = as_(city.reader).get(f"/idees/{idea.reference}/photo/")
    data = b"".join(served.streaming_content)

    assert sent.status_code == 303
    assert 'alt="Le portail sous la pluie"' in page
    assert b"Nadia" not in data
    assert dict(Image.open(io.BytesIO(data)).getexif()) == {}
    drain_outbox()


def test_a_photo_of_an_idea_one_does_not_see_does_not_exist(city, as_):
    idea = city.submitted()
    send(as_(city.author), idea, picture())

    assert as_(None).get(f"/idees/{idea.reference}/photo/").status_code == 404
    assert as_(city.reader).get("/idees/ZZZZZZ/photo/").status_code == 404
    drain_outbox()


@pytest.mark.parametrize(
    ("data", "alt", "sentence"),
    [
        (b"<svg onload=alert(1)>", "Un dessin", "JPEG, PNG ou WebP"),
        (picture()[:200], "Coupée", "abîmée"),
        (picture(), "", "Dites en une phrase ce que montre la photo"),
    ],
)
def test_a_refused_photo_says_what_to_do(city, as_, data, alt, sentence):
    idea = city.submitted()

    response = send(as_(city.author), idea, data, alt)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert as_(city.reader).get(f"/idees/{idea.reference}/photo/").status_code == 404
    drain_outbox()


def test_the_author_alone_adds_and_takes_away(city, as_):
    idea = city.submitted()
    send(as_(city.author), idea, picture())

    stranger = send(as_(city.reader), idea, picture())
    name = IdeaFile.objects.get().name
    gone = as_(city.author).post(f"/idees/{idea.reference}/fichiers/", {"part": "remove", "file": name})

    assert (stranger.status_code, gone.status_code) == (404, 303)
    assert as_(city.reader).get(f"/idees/{idea.reference}/photo/").status_code == 404
    drain_outbox()
