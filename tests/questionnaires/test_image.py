"""An image on a question: made anew, never without words, frozen with its question, seen by whoever reads it."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction
from django.urls import reverse
from PIL import Image

from src.directory.enums import Role
from src.foundations import orphans
from src.foundations.testing import drain_outbox
from src.paper import sheets
from src.participation.enums import Circle
from src.questionnaires import paper, selectors, services
from src.questionnaires.models import Question
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory
from tests.factories.participation import grant_in_space

from .test_screens import at

pytestmark = pytest.mark.django_db
WORDS = "Un banc de bois devant la porte du dépôt"


def picture(side=40, form="JPEG"):
    out = io.BytesIO()
    Image.new("RGB", (side, side), "teal").save(out, form)
    return out.getvalue()


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def organised(as_):
    space, person = make.asked_space(circle=Circle.AGENTS), AgentFactory()
    grant_in_space(person, Role.FACILITATOR, space)
    return make.questionnaire(space=space, published=False), as_(person)


def upload(content=None):
    return SimpleUploadedFile("photo du chef.jpg", picture() if content is None else content, "image/jpeg")


def posted(**fields):
    return {"text": "Lequel ?", "choices": "Oui\nNon", **fields}


def image_of(made, key="q3", number=1):
    return reverse("questionnaires:image", args=[made.reference, number, key])


def test_it_is_added_seen_replaced_and_taken_away(organised, as_):
    made, client = organised
    assert client.post(at(made, "add", kind="single"), posted(image=upload(), image_alt=WORDS)).status_code == 303
    question = Question.objects.get(key="q3")
    assert "chef" not in question.image.name and question.image_alt == WORDS
    for page in (at(made, "build"), at(made, "edit", key="q3")):
        assert f'<img src="{image_of(made)}" alt="{WORDS}">' in client.get(page).content.decode()
    # Being written, it is its organisers' alone.
    assert client.get(image_of(made)).status_code == 200
    assert as_(AgentFactory()).get(image_of(made)).status_code == 404

    first = question.image.name
    assert (
        client.post(at(made, "edit", key="q3"), posted(image=upload(), image_alt="Un autre banc")).status_code == 303
    )
    question.refresh_from_db()
    assert question.image.name != first and question.image_alt == "Un autre banc"
    # Words alone are corrected without sending the file again.
    assert client.post(at(made, "edit", key="q3"), posted(image_alt=WORDS)).status_code == 303
    assert Question.objects.get(key="q3").image and Question.objects.get(key="q3").image_alt == WORDS
    assert client.post(at(made, "edit", key="q3"), posted(no_image="on", image_alt=WORDS)).status_code == 303
    question.refresh_from_db()
    assert (question.image.name, question.image_alt) == ("", "")


def test_refusals_keep_what_was_typed(organised):
    made, client = organised
    for files, sentence in (
        ({"image": upload()}, "Dites en quelques mots ce que montre l’image"),
        ({"image": upload(b"<svg onload=alert(1)>"), "image_alt": WORDS}, "error"),
        ({"image": upload(b""), "image_alt": WORDS}, "vide"),
        # The file is lost with the page that comes back: its words alone are asked about, not dropped.
        ({"image_alt": WORDS}, "Choisissez l’image de nouveau"),
    ):
        answer = client.post(at(made, "add", kind="single"), posted(**files))
        page = answer.content.decode()
        assert answer.status_code == 422 and sentence in page and "Lequel ?" in page
    assert Question.objects.filter(key="q3").count() == 0
    kept = client.post(at(made, "add", kind="single"), posted(image=upload(), image_alt=WORDS))
    assert kept.status_code == 303
    assert client.post(at(made, "edit", key="q3"), posted()).status_code == 422


def test_without_words_neither_the_service_nor_the_database_takes_it(organised):
    made, _client = organised
    image = ContentFile(picture(), name="a.jpg")
    with pytest.raises(ValidationError):
        services.save_question(questionnaire=made, key="q1", image=image, image_alt="")
    for fields in ({"image": "questionnaires/a.jpg"}, {"image_alt": WORDS}):
        with pytest.raises(Error), transaction.atomic():
            Question.objects.filter(key="q1").update(**fields)


def test_versions_share_it_until_none_shows_it(organised, as_, tmp_path):
    made, client = organised
    client.post(at(made, "add", kind="information"), {"text": "Regardez", "image": upload(), "image_alt": WORDS})
    services.publish(questionnaire=make.again(made))
    services.revise(questionnaire=make.again(made))
    assert Question.objects.exclude(image="").values("image").distinct().count() == 1
    # Of the version being written, its organisers' alone, though everybody of the circle reads the one published.
    assert [who.get(image_of(made, "q3", 2)).status_code for who in (client, as_(AgentFactory()))] == [200, 404]
    assert client.post(at(made, "edit", key="q3"), {"text": "Regardez", "no_image": "on"}).status_code == 303
    # The version published still shows it, to its circle; nothing of it changes any more.
    reader = as_(AgentFactory())
    shown = reader.get(image_of(made))
    assert shown.status_code == 200 and Image.open(io.BytesIO(b"".join(shown.streaming_content))).size == (40, 40)
    assert as_(None).get(image_of(made)).status_code == 404
    assert [
        reader.get(image_of(made, *other)).status_code for other in (("q1", 1), ("q9", 1), ("q3", 2), ("q3", 7))
    ] == [404] * 4
    with pytest.raises(Error), transaction.atomic():
        Question.objects.exclude(image="").update(image_alt="Autre chose")
    names = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.jpg")}
    assert names == set(Question.objects.exclude(image="").values_list("image", flat=True))
    assert list(orphans.orphans(make.again(made).created_at)) == []


def test_it_stands_on_the_page_the_copy_and_the_sheets(organised, as_):
    made, client = organised
    client.post(at(made, "add", kind="information"), {"text": "Regardez", "image": upload(), "image_alt": WORDS})
    client.post(at(made, "add", kind="grid"), posted(rows="Ici\nLà", image=upload(), image_alt="Le plan"))
    services.publish(questionnaire=make.again(made))
    made = make.again(made)
    reader = as_(AgentFactory())
    reader.post(at(made, "start"))
    for key, words in (("q3", WORDS), ("q4", "Le plan")):
        page = reader.get(at(made, "step", key=key)).content.decode()
        assert page.count(f'<img src="{image_of(made, key)}" alt="{words}">') == 1
    assert "<img" not in reader.get(at(made, "step", key="q1")).content.decode().split("<main")[1].split("</main")[0]

    first, second = [one for one in selectors.printed(made.revision) if one.picture]
    assert first.picture.startswith("data:image/jpeg;base64,") and second.picture_alt == "Le plan"
    form = paper.build(paper.about_of(made))
    drawn = sheets.questions(sheets.replace(paper.registry.form(paper.KIND), **{"fields": tuple(form.fields)}), form)
    assert [one.label for one in drawn if one.kind == sheets.PICTURE] == [WORDS, "Le plan"]
    again = services.duplicate(source=made, space=made.space, title="Encore des bancs")
    assert [one.image_alt for one in make.again(again).draft.ordered] == ["", "", WORDS, "Le plan"]
    drain_outbox()
