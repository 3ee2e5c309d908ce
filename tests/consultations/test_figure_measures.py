"""A measure born of a figure of a synthesis: begun once by who decides, each page leads to the other."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.figure_measures import KIND
from consultations.models import ReportRow
from consultations.services import tell
from src.accountability import services
from src.accountability.models import Measure, MeasureOrigin
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.participation.enums import Circle
from tests.factories import questionnaires as make
from tests.factories.consultations import dossier
from tests.factories.directory import AgentFactory, UnitFactory, grant
from tests.questionnaires.test_synthesis import coded, plain, written

pytestmark = pytest.mark.django_db
TEXTS = [f"Le planning arrive trop tard {n}" for n in range(40)]
WORDS = {
    "title": "Publier les plannings trois semaines avant",
    "changes": "Chacun connaît ses horaires trois semaines à l’avance.",
    "first_step": "Essai dans deux dépôts",
}


@pytest.fixture
def figure():
    """A theme told by a published synthesis of agents, its sentence, and a direction with who decides for it."""
    space = make.asked_space(circle=Circle.AGENTS)
    book = make.codebook(TEXTS, "Horaires", space=space)
    coded(book, Horaires=25)
    (theme,) = book.themes.all()
    written(book, theme, publish=True)
    return theme


@pytest.fixture
def direction():
    return UnitFactory(kind="direction")


@pytest.fixture
def decider(direction):
    person = AgentFactory(unit=direction)
    grant(person, Role.DECISION_MAKER, direction)
    return person


def client_of(user=None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


def tomorrow():
    return clock.today() + datetime.timedelta(days=1)


def begin(figure, actor, unit, **changed):
    fields = WORDS | {"first_step_on": tomorrow(), "subject_kind": KIND, "subject_reference": figure.reference}
    return services.begin(actor=actor, unit=unit, **fields | changed)


def test_from_the_figure_to_its_measure_and_back(figure, decider, direction):
    page = reverse("questionnaires:figure", args=[figure.codebook.questionnaire.reference, figure.reference])
    client = client_of(decider)
    shown = client.get(page).content.decode()
    address = reverse("consultations:figure_measure", args=[figure.reference])
    assert f'href="{address}"' in shown and "Aucune mesure" in shown
    assert "25 réponses sur 40 parlent de « Horaires »" in plain(client.get(address).content.decode())

    posted = WORDS | {"unit": direction.pk, "first_step_on": tomorrow().isoformat()}
    answers = [client.post(address, posted) for _press in range(2)]

    made = Measure.objects.get()
    assert [answer.url for answer in answers] == [made.get_absolute_url()] * 2
    assert (made.unit, made.is_published, made.milestones.get().title) == (direction, True, WORDS["first_step"])
    # The measure is everybody's; its figure, of those who read the synthesis.
    pages = (client_of(who).get(made.get_absolute_url()).content.decode() for who in (decider, None))
    seen, elsewhere = (plain(one.split("<main")[1]) for one in pages)
    assert f'href="{page}"' in seen and "25 réponses sur 40 parlent de « Horaires »" in seen
    assert "Horaires »" not in elsewhere and figure.reference not in elsewhere and "Idée " not in elsewhere
    assert made.title in plain(client.get(page).content.decode())


def test_what_is_typed_stays_and_every_fault_is_said(figure, decider, direction):
    address = reverse("consultations:figure_measure", args=[figure.reference])
    answer = client_of(decider).post(address, WORDS | {"unit": "", "first_step_on": "2001-01-01"})
    page = answer.content.decode()
    assert answer.status_code == 422 and WORDS["changes"] in plain(page) and "Choisissez une direction" in page
    past = client_of(decider).post(
        address, WORDS | {"unit": direction.pk, "first_step_on": "2001-01-01", "title": "Trop"}
    )
    assert past.status_code == 422 and not Measure.objects.exists()


def test_who_may_not(figure, decider, direction):
    address = reverse("consultations:figure_measure", args=[figure.reference])
    assert client_of(AgentFactory()).get(address).status_code == 404
    assert client_of().get(address).status_code == 302
    assert client_of().post(address, WORDS).status_code == 404
    elsewhere = UnitFactory(kind="direction")
    assert (
        client_of(decider).post(address, WORDS | {"unit": elsewhere.pk, "first_step_on": tomorrow()}).status_code
        == 422
    )
    with pytest.raises(PermissionDenied):
        begin(figure, decider, elsewhere)
    with pytest.raises(PermissionDenied):
        begin(figure, AgentFactory(), direction)
    # A figure that isn't told, a kind nobody registered, a day past.
    for changed in (
        {"subject_reference": "AAAAAA"},
        {"subject_kind": "nothing"},
        {"first_step_on": datetime.date(2001, 1, 1)},
        {"title": "Court"},
    ):
        with pytest.raises(ValidationError):
            begin(figure, decider, direction, **changed)
    assert not MeasureOrigin.objects.exists()


def test_a_figure_of_a_draft_is_nobody_s(decider, direction):
    book = make.codebook(TEXTS, "Horaires")
    coded(book, Horaires=25)
    (theme,) = book.themes.all()
    written(book, theme)
    with pytest.raises(ValidationError):
        begin(theme, decider, direction)
    assert client_of(decider).get(reverse("consultations:figure_measure", args=[theme.reference])).status_code == 404


def test_the_report_says_which_figures_its_measures_answer(figure, decider, direction):
    made = begin(figure, decider, direction)
    row = ReportRow(said="Trop tard.", decided="Plus tôt.", changes="Trois semaines.", measures=made.reference)
    page = dossier(space=figure.codebook.questionnaire.space, report_rows=[row], shows_report=True)
    tell(page)
    drain_outbox()
    shown = plain(client_of(decider).get(page.url).content.decode())
    assert made.title in shown and "25 réponses sur 40 parlent de « Horaires »" in shown


def test_the_page_of_a_figure_costs_the_same_with_one_and_three_measures(figure, decider, direction):
    page = reverse("questionnaires:figure", args=[figure.codebook.questionnaire.reference, figure.reference])
    client, counts = client_of(decider), []
    for titles in (("Première mesure",), ("Deuxième mesure", "Troisième mesure")):
        for title in titles:
            begin(figure, decider, direction, title=title)
        client.get(page)
        with CaptureQueriesContext(connection) as captured:
            assert titles[-1] in client.get(page).content.decode()
        counts.append(len(captured))
    assert counts == [13, 13]
