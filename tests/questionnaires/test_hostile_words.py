"""Hostile words in what organisers write of an image, of a file and of a measure: shown as text, or refused in words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from src.accountability.models import Measure
from src.directory.enums import Role
from src.foundations.testing import drain_outbox
from src.participation.enums import Circle
from src.questionnaires import services
from src.questionnaires.models import AnswerImport, Question
from tests.consultations.test_figure_measures import WORDS, tomorrow
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory, DirectionFactory
from tests.factories.participation import grant_in_space
from tests.security.corpus import STRINGS
from tests.security.test_hostile_text import faults

from .test_image import picture
from .test_screens import at
from .test_synthesis import coded, written

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.shows_syntax("people type template syntax here"),
]
# One in twelve, of every kind.
SOME = [words for words in STRINGS[::12] if not any("\ud800" <= sign <= "\udfff" for sign in words)]


@pytest.fixture
def organised(as_, settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = str(tmp_path)
    space, person = make.asked_space(circle=Circle.AGENTS), AgentFactory()
    grant_in_space(person, Role.FACILITATOR, space)
    return make.questionnaire(space=space, published=False), as_(person)


def test_the_words_of_an_image(organised, as_):
    made, client = organised
    for number, words in enumerate(SOME):
        image = SimpleUploadedFile("banc.jpg", picture(), "image/jpeg")
        data = {"text": f"Lequel {number} ?", "choices": "Oui\nNon", "image": image, "image_alt": words}
        sent = client.post(at(made, "edit", key="q1"), data)
        assert sent.status_code in (303, 422), words
        assert sent.status_code == 303 or faults(sent.content) == [], words
        shown = client.get(at(made, "build"))
        assert shown.status_code == 200 and faults(shown.content) == [], words
    assert Question.objects.get(key="q1").image_alt
    services.publish(questionnaire=make.again(made))
    reader = as_(AgentFactory())
    reader.post(at(made, "start"))
    drain_outbox()
    assert faults(reader.get(at(made, "step", key="q1")).content) == []


def test_the_names_of_columns_and_the_source_of_a_file(organised):
    made, client = organised
    services.publish(questionnaire=make.again(made))
    for words in SOME[::4]:
        heading = '"' + words.replace('"', '""').replace("\0", "") + '"'
        file = SimpleUploadedFile("suite.csv", f"{heading};Où ?\noui;là\n".encode(errors="replace"))
        sent = client.post(at(made, "imports"), {"source": words, "file": file})
        assert sent.status_code in (303, 422), words
        if sent.status_code == 303:
            again = client.get(sent.url)
            assert again.status_code == 200 and faults(again.content) == [], words
        else:
            assert faults(sent.content) == [], words
        AnswerImport.objects.all().delete()


def test_the_words_of_a_measure(as_):
    book = make.codebook(
        [f"Trop tard {n}" for n in range(40)], "Horaires", space=make.asked_space(circle=Circle.AGENTS)
    )
    coded(book, Horaires=25)
    (theme,) = book.themes.all()
    written(book, theme, publish=True)
    admin = AgentFactory(roles=[(Role.ADMINISTRATOR, None)])
    unit = DirectionFactory()
    address = reverse("consultations:figure_measure", args=[theme.reference])
    for words in SOME:
        data = WORDS | {"title": words, "changes": words, "first_step": words, "unit": unit.pk}
        sent = as_(admin).post(address, data | {"first_step_on": tomorrow().isoformat()})
        assert sent.status_code in (303, 422), words
        assert sent.status_code == 303 or faults(sent.content) == [], words
    assert Measure.objects.count() > 5
    page = as_(admin).get(reverse("questionnaires:figure", args=[book.questionnaire.reference, theme.reference]))
    assert page.status_code == 200 and faults(page.content) == []
    for one in Measure.objects.all()[:4]:
        assert faults(as_(None).get(one.get_absolute_url()).content) == []
