"""Editors at their screens: drafts, a preview, a publication whole or refused in sentences, banks and files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.test.utils.form_data import nested_form_data, streamfield

from src.directory.groups import sync_groups
from tests.factories import trainings as made
from tests.factories.directory import AgentFactory, UnitFactory
from trainings.models import LessonFile, QuestionBank, QuestionRevision, Track, TrackVersion

pytestmark = pytest.mark.django_db
TRACKS, BANKS, FILES = "/gestion/formations/parcours/", "/gestion/formations/questions/", "/gestion/formations/medias/"


def as_role(client, role):
    user = AgentFactory(unit=UnitFactory(), roles=[(role, None)])
    sync_groups()
    client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


@pytest.fixture
def editor(client):
    return as_role(client, "editor")


@pytest.fixture
def publisher(client):
    return as_role(client, "administrator")


def words_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ").replace("&#x27;", "'")


def sent(**fields) -> dict:
    """What the form of a track sends: one lesson of one text, unless told otherwise."""
    text = {"heading": "Au guichet", "paragraphs": _listed(["Une phrase pour toutes et tous."]), "list": _listed([])}
    lesson = {
        "title": "Accueillir", "minutes": "10", "required": "on", "done_when": "Ce module est terminé quand…",
        "blocks": streamfield([("text", text)]),
    }  # fmt: skip
    told = {
        "title": "Accueillir", "slug": "accueillir", "objectives": "Accueillir chaque personne", "audience": "Tout le monde",
        "basis": "Décision de la Ville du 9 octobre.", "nature": "training", "minutes": "10", "language": "fr",
        "owner_unit": "", "change_kind": "minor", "change_note": "",
        "modules": streamfield([("lesson", lesson)]),
    }  # fmt: skip
    return nested_form_data(told | fields)


def _listed(values):
    from wagtail.test.utils.form_data import inline_formset  # noqa: F401 - the shape of lists is its own

    told = {"count": str(len(values))}
    for place, value in enumerate(values):
        told[str(place)] = {"type": "item", "deleted": "", "order": str(place), "value": value, "id": ""}
    return told


def test_an_editor_keeps_a_draft_and_a_publisher_publishes_it(editor):
    response = editor.post(f"{TRACKS}add/", sent())
    assert response.status_code == 302, response.context["form"].errors
    track = Track.objects.get()
    assert (track.live, TrackVersion.objects.count(), track.revisions.count()) == (False, 0, 1)
    assert editor.post(f"{TRACKS}edit/{track.pk}/", sent() | {"action-publish": "1"}).status_code == 302
    assert not TrackVersion.objects.exists()

    as_role(editor, "administrator").post(f"{TRACKS}edit/{track.pk}/", sent() | {"action-publish": "1"})

    version = TrackVersion.objects.get()
    assert (version.number, version.track.live, version.modules.get().title) == (1, True, "Accueillir")
    assert version.published_by is not None


def test_a_publication_refused_says_everything_and_keeps_what_was_typed(publisher):
    response = publisher.post(f"{TRACKS}add/", sent(minutes="7", audience="Qui accueille ⚠") | {"action-publish": "1"})

    said = words_of(response)
    assert "Les modules nécessaires durent 10 minutes, le parcours en annonce 7." in said
    assert "⚠ n’est pas vérifié" in said and "Qui accueille ⚠" in said
    assert not Track.objects.exists()


def test_a_draft_is_read_before_anybody_does(editor):
    track = made.written([made.lesson(), made.scenario(), made.reflection()])
    track.save_revision()

    url = f"{TRACKS}preview/{track.pk}/"
    editor.post(url, sent())
    shown = editor.get(url)

    assert shown.status_code == 200
    assert "Une phrase pour toutes et tous." in words_of(shown)
    assert editor.get(f"{TRACKS}edit/{track.pk}/").status_code == 200


def test_an_address_of_ours_or_one_that_is_published_is_refused(publisher):
    assert "autre page" in words_of(publisher.post(f"{TRACKS}add/", sent(slug="fiches")))
    version = made.published([made.lesson()])

    response = publisher.post(f"{TRACKS}edit/{version.track_id}/", sent(slug="ailleurs", change_note="Une note."))

    assert response.status_code == 200 and "ne change plus : " in words_of(response)


def test_a_bank_is_revised_when_it_is_saved(editor):
    bank = made.bank()
    choice = {"text": "Oui", "right": "on", "feedback": "Parce que."}
    other = {"text": "Non", "feedback": "Parce que."}
    question = {"category": "accueil", "text": "Est-ce vrai ?", "reason": "Parce que.", "source": "La Ville",
                "choices": _listed([choice, other])}  # fmt: skip
    told = {"title": "Banque", "slug": bank.slug}

    refused = editor.post(
        f"{BANKS}edit/{bank.pk}/",
        nested_form_data(
            told | {"questions": streamfield([("single", question | {"choices": _listed([other, other])})])}
        ),
    )
    assert "une seule réponse est juste ; ici, il y en a 0." in words_of(refused)
    response = editor.post(
        f"{BANKS}edit/{bank.pk}/", nested_form_data(told | {"questions": streamfield([("single", question)])})
    )

    assert response.status_code == 302
    assert QuestionRevision.objects.last().content["text"] == "Est-ce vrai ?"
    assert QuestionBank.objects.get().rows.filter(retired=False).count() == 1


def test_a_film_is_what_its_name_says_and_is_not_exchanged(editor, settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    bad = SimpleUploadedFile("film.mp4", b"pas un film du tout, vraiment pas")
    good = SimpleUploadedFile("film.webm", b"\x1a\x45\xdf\xa3" + b"\0" * 40)
    assert "n’est pas ce que dit son nom" in words_of(
        editor.post(f"{FILES}add/", {"title": "Film", "kind": "video", "file": bad})
    )
    captions = SimpleUploadedFile("film.webm", b"\x1a\x45\xdf\xa3")
    assert "envoyez vtt" in words_of(editor.post(f"{FILES}add/", {"title": "F", "kind": "captions", "file": captions}))

    assert editor.post(f"{FILES}add/", {"title": "Film", "kind": "video", "file": good}).status_code == 302

    media = LessonFile.objects.get()
    assert (media.size, len(media.sha256)) == (44, 64)
    again = SimpleUploadedFile("autre.webm", b"\x1a\x45\xdf\xa3" + b"\1" * 40)
    response = editor.post(f"{FILES}edit/{media.pk}/", {"title": "Film", "kind": "video", "file": again})
    assert "envoyez le nouveau à part" in words_of(response)


def test_a_player_gets_the_piece_it_asks_for(client, settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    from tests.trainings.learning.test_in_browser import media  # the same film

    film = media("video", "film.webm", b"\x1a\x45\xdf\xa3" + bytes(range(60)))
    url = f"/formations/medias/{film.reference}/"
    assert client.get(url).url.startswith("/connexion/")
    client.force_login(AgentFactory(unit=UnitFactory()), backend="src.directory.backends.DirectoryBackend")

    whole = client.get(url)
    piece = client.get(url, headers={"Range": "bytes=4-9"})

    assert (whole.status_code, len(b"".join(whole)), whole["Content-Type"]) == (200, 64, "video/webm")
    assert whole.streaming and whole["Content-Security-Policy"] == piece["Content-Security-Policy"]
    assert (piece.status_code, piece.content, piece["Content-Range"]) == (206, bytes(range(6)), "bytes 4-9/64")
    assert client.get(url, headers={"Range": "bytes=60-"}).content == bytes(range(56, 60))
    assert client.get(url, headers={"Range": "bytes=64-"}).status_code == 416
    assert client.get(url, headers={"Range": "bytes=9-4"}).status_code == 416
    assert client.get(url, headers={"Range": "n'importe quoi"}).status_code == 206
    assert client.get("/formations/medias/000000/").status_code == 404


@pytest.mark.parametrize("role", ["trainer", "hr"])
def test_nobody_else_enters(client, role):
    assert as_role(client, role).get(TRACKS).status_code in (302, 403)
