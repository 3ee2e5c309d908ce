"""Barometers on the screen: trends, files and API say the same; organisers work on theirs alone; what is typed stays."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from consultations.services import findings
from src.directory.enums import Role
from src.foundations import clock
from src.participation.enums import Circle
from src.questionnaires import services
from src.questionnaires.models import Barometer, BarometerFollow, Edition, Finding, Questionnaire
from tests.factories import barometers as series
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory, UnitFactory
from tests.factories.measures import MeasureFactory
from tests.factories.participation import grant_in_space

pytestmark = pytest.mark.django_db
YES, NO = {"q1": "c1"}, {"q1": "c2"}


@pytest.fixture(autouse=True)
def many_are_asked():
    series.people(2000)


def at(one, name="barometer", **kwargs):
    return reverse(f"questionnaires:{name}", kwargs={"barometer": one.reference, **kwargs})


def organiser(one):
    person = AgentFactory()
    grant_in_space(person, Role.FACILITATOR, one.space)
    return person


def told(number=3, **fields):
    """Two editions typed, one closed here: 41, 46.5 then 60 %."""
    one = series.barometer(number=number, **fields)
    tracked = series.follow(one)
    series.typed(one, 1, {"q1": ("41", 400, "")}, asked=900)
    series.typed(one, 2, {"q1": ("46.5", 380, "")})
    edition = series.edition(one, (YES, 60), (NO, 40))
    return one, tracked, edition


def text_of(response) -> str:
    return response.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def test_the_page_tells_shares_intervals_and_what_changed(as_):
    one, tracked, edition = told()
    series.finding(edition, tracked)
    page = text_of(as_(AgentFactory()).get(at(one)))

    assert "Nos bancs" in page and "Faut-il des bancs" in page and "Part de : Oui" in page
    assert "de 50 à 69 %" in page and "hausse nette" in page
    assert 'aria-label="Faut-il des bancs ?' in page and "Éd. 3 60 %" in page
    assert "tenues avant Terrain" in page and "Rapport papier, page 4" in page
    assert "Aucune mesure n’y répond encore." in page and "Newcombe" in page
    assert "Organiser ce baromètre" not in page


def test_page_csv_xlsx_and_api_say_the_same_figures(as_):
    one, _tracked, _edition = told()
    client = as_(AgentFactory())

    stream = b"".join(client.get(at(one, "barometer_csv")).streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(stream), delimiter=";"))
    book = load_workbook(io.BytesIO(b"".join(client.get(at(one, "barometer_xlsx")))))
    sheet = [[("" if cell is None else cell) for cell in row] for row in book.active.iter_rows(values_only=True)]
    api = client.get(f"/api/v1/barometers/{one.reference}/").json()

    assert [line[5:9] for line in lines[1:]] == [
        ["41", "36", "46", "400"],
        ["46", "42", "52", "380"],
        ["60", "50", "69", "100"],
    ]
    assert [[str(value) for value in row[5:13]] for row in sheet[1:]] == [line[5:13] for line in lines[1:]]
    points = api["lines"][0]["points"]
    assert [[str(point[name]) for name in ("percent", "low", "high", "answers")] for point in points] == [
        line[5:9] for line in lines[1:]
    ]
    assert [point["change"] for point in points] == [None, int(lines[2][9]), int(lines[3][9])]
    assert [edition["typed"] for edition in api["editions"]] == [True, True, False]
    assert client.get("/api/v1/barometers/").json()["items"][0]["reference"] == one.reference


def test_another_circle_finds_nothing(as_):
    unit = UnitFactory()
    space = make.asked_space(circle=Circle.MEMBERS, member_unit=unit)
    one = series.barometer(space=space)
    for person in (None, AgentFactory()):
        client = as_(person)
        for name in ("barometer", "barometer_csv", "barometer_xlsx"):
            assert client.get(at(one, name)).status_code == 404
        assert client.get(f"/api/v1/barometers/{one.reference}/").status_code == 404
        assert one.title not in client.get(reverse("questionnaires:barometers")).content.decode()
    assert as_(organiser(one)).get(at(one)).status_code == 200


def test_only_those_who_organise_it_reach_its_workshop(as_):
    one, tracked, edition = told()
    finding = series.finding(edition, tracked)
    other = series.barometer()
    names = [
        ("barometer_board", {}),
        ("barometer_describe", {}),
        ("barometer_question", {"key": "q1"}),
        ("barometer_next", {}),
        ("barometer_past_add", {}),
        ("barometer_past", {"number": 1}),
        ("barometer_past_remove", {"number": 1}),
        ("finding_add", {"number": 3}),
        ("finding", {"finding": finding.reference}),
    ]
    mine, strange, elsewhere = as_(organiser(one)), as_(AgentFactory()), as_(organiser(other))
    for name, kwargs in names:
        assert mine.get(at(one, name, **kwargs)).status_code == 200, name
        assert strange.get(at(one, name, **kwargs)).status_code == 404, name
        assert elsewhere.post(at(one, name, **kwargs), {"geste": "quitter"}).status_code in (404, 405), name
    # Somebody else's finding through one's own barometer.
    assert elsewhere.get(at(other, "finding", finding=finding.reference)).status_code == 404
    assert Finding.objects.count() == 1 and one.tracked.count() == 1


def test_an_organiser_begins_follows_types_and_opens_the_next_edition(as_):
    made = make.questionnaire(make.single(is_required=True))
    person = AgentFactory()
    grant_in_space(person, Role.FACILITATOR, made.space)
    client = as_(person)
    begin = reverse("questionnaires:barometer_begin", kwargs={"reference": made.reference})

    assert client.post(begin, {"title": "", "number": "x"}).status_code == 422
    assert client.post(begin, {"title": "Nos bancs", "introduction": "", "number": "2"}).status_code == 303
    one = Barometer.objects.get()
    # From another tab, or a page left open: the same barometer.
    assert client.post(begin, {"title": "Encore", "number": "1"}).url == at(one, "barometer_board")
    wrong = client.post(at(one, "barometer_question", key="q1"), {"counted": ["c1", "c2", "c3"], "is_core": "on"})
    assert wrong.status_code == 422 and "jamais toutes" in text_of(wrong)
    assert (
        client.post(at(one, "barometer_question", key="q1"), {"counted": ["c1"], "is_core": "on"}).status_code == 303
    )
    day = (clock.today().replace(day=1)).replace(year=clock.today().year - 1).isoformat()
    typed = {"number": "1", "ended_on": day, "asked": "", "answered": "400", "source": "Rapport", "share_q1": "41,5"}
    bad = client.post(at(one, "barometer_past_add"), typed | {"share_q1": "1", "source": "Rapport écrit à la main"})
    assert bad.status_code == 422 and "Rapport écrit à la main" in text_of(bad) and "d’un côté" in text_of(bad)
    assert client.post(at(one, "barometer_past_add"), typed).status_code == 303
    assert "41,5" in text_of(client.get(at(one, "barometer_past", number=1)))
    early = client.post(
        at(one, "barometer_next"),
        {"title": "Suite", "starts_on": day, "ends_on": day, "answer_mode": "identity"},
    )
    assert early.status_code == 422 and "n’est pas fermée" in text_of(early)
    series.edition(one, (YES, 60), (NO, 40))
    first = clock.today().replace(year=clock.today().year + 1).replace(day=1).isoformat()
    form = {"title": "Suite", "starts_on": first, "ends_on": first, "answer_mode": "secret"}
    opened = client.post(at(one, "barometer_next"), form)
    assert opened.status_code == 303 and client.post(at(one, "barometer_next"), form).status_code == 422
    later = Questionnaire.objects.get(title="Suite")
    assert opened.url.endswith(f"/{later.reference}/") and later.is_secret
    assert "Baromètre" in text_of(client.get(opened.url))
    # Changed words are told before they are published, and nobody else sees the edition in preparation.
    services.save_question(questionnaire=later, key="q1", **make.single("Des chaises ?", is_required=True))
    assert "Ses mots ont changé." in text_of(client.get(at(one, "barometer_board")))
    assert "Suite" not in text_of(as_(AgentFactory()).get(at(one)))


def test_a_finding_is_answered_by_a_measure_on_both_pages(as_):
    one, tracked, _edition = told()
    client, measure = as_(organiser(one)), MeasureFactory()
    address = at(one, "finding_add", number=3)

    empty = client.post(address, {"subject": "", "text": ""})
    assert empty.status_code == 422
    made = client.post(address, {"subject": "q:q1", "text": "Presque une personne sur deux attend."})
    finding = Finding.objects.get()
    assert made.url == at(one, "finding", finding=finding.reference)
    twice = client.post(address, {"subject": "q:q1", "text": "Presque une personne sur deux attend."})
    assert twice.status_code == 422 and "existe déjà" in text_of(twice)
    wrong = client.post(made.url, {"geste": "repondre", "reference": "ZZZZZZ"})
    assert wrong.status_code == 422 and "Aucune mesure publiée" in text_of(wrong) and "ZZZZZZ" in text_of(wrong)
    hidden = MeasureFactory(published_on=None)
    assert client.post(made.url, {"geste": "repondre", "reference": hidden.reference}).status_code == 422
    for _time in range(2):
        assert client.post(made.url, {"geste": "repondre", "reference": measure.reference}).status_code == 303
    assert measure.origins.filter(subject_kind="finding").count() == 1

    reader = as_(AgentFactory())
    page = text_of(reader.get(at(one)))
    assert measure.title in page and "Aucune mesure n’y répond" not in page
    assert "Presque une personne sur deux attend." in text_of(reader.get(measure.get_absolute_url()))
    # A visitor, who isn't of the circle, reads the measure and nothing of the finding.
    visitor = text_of(as_(None).get(measure.get_absolute_url()))
    assert "Presque une personne" not in visitor and finding.reference not in visitor
    kept = client.post(made.url, {"geste": "retirer"})
    assert kept.status_code == 422 and "détachez-la" in text_of(kept)
    assert client.post(made.url, {"geste": "detacher", "reference": measure.reference}).status_code == 303
    assert client.post(made.url, {"geste": "retirer"}).status_code == 303 and not Finding.objects.exists()


def test_a_measure_is_found_by_words_then_chosen(as_):
    one, tracked, edition = told()
    client, address = as_(organiser(one)), at(one, "finding", finding=series.finding(edition, tracked).reference)
    lamps, bench = MeasureFactory(title="Des lampes au dépôt"), MeasureFactory(title="Des bancs au dépôt")
    MeasureFactory(title="Des lampes cachées au dépôt", published_on=None)
    tie = {"geste": "repondre", "reference": "lampes dépôt"}

    found = client.post(address, tie)
    assert found.status_code == 422 and "Choisissez une mesure dans cette liste" in text_of(found)
    page = found.content.decode()
    assert f'value="{lamps.reference}"' in page and bench.reference not in page and "cachées" not in page
    assert 'value="lampes dépôt"' in page
    # What isn't in the list found isn't taken.
    assert client.post(address, tie | {"which": bench.reference}).status_code == 422
    assert client.post(address, tie | {"which": lamps.reference}).status_code == 303
    assert [*findings.tied(Finding.objects.get())] == [lamps.reference]
    # What answers already isn't found a second time; nothing found says so, and keeps the words.
    again = client.post(address, tie)
    assert again.status_code == 422 and "Aucune mesure publiée n’a cette référence ni ces mots" in text_of(again)
    assert 'value="lampes dépôt"' in again.content.decode()
    hostile = client.post(address, {"geste": "repondre", "reference": "<b>\x00%_" + "é" * 900})
    assert hostile.status_code == 422


def test_following_is_one_row_and_can_be_undone(as_):
    one, _tracked, _edition = told()
    person = AgentFactory()
    client = as_(person)

    for _time in range(2):
        assert client.post(at(one, "barometer_follow"), {"suivi": "1"}).status_code == 303
    assert BarometerFollow.objects.get().user == person
    assert "Ne plus suivre" in text_of(client.get(at(one)))
    client.post(at(one, "barometer_follow"), {"suivi": "0"})
    assert not BarometerFollow.objects.exists()
    assert as_(None).post(at(one, "barometer_follow")).status_code == 302


def test_hostile_words_come_out_as_text(as_):
    one, tracked, edition = told(title='<script>alert("x")</script>')
    series.finding(edition, tracked, text="<b onmouseover=alert(1)>gras</b> =1+1")
    page = as_(AgentFactory()).get(at(one)).content.decode()

    assert "<script>alert" not in page and "<b onmouseover" not in page and "&lt;script&gt;" in page


@pytest.mark.parametrize("share", ["abc", "NaN", "Infinity", "1e400", "-4", "101", "٤١", "4" * 400, "41;DROP"])
def test_a_share_that_isnt_one_is_refused_with_a_sentence(share, as_):
    one = series.barometer(number=2)
    series.follow(one)
    day = clock.today().replace(year=clock.today().year - 1, day=1).isoformat()
    form = {"number": "1", "ended_on": day, "answered": "400", "source": "Rapport", "share_q1": share}

    answer = as_(organiser(one)).post(at(one, "barometer_past_add"), form)

    assert answer.status_code == (303 if share == "٤١" else 422)
    assert Edition.objects.filter(questionnaire__isnull=True).count() == (1 if share == "٤١" else 0)


def test_the_page_costs_the_same_whatever_the_findings(as_):
    costs = []
    for many in (1, 3):
        one = series.barometer(*[make.single(f"Question {n} ?", is_required=True) for n in range(3)], number=3)
        tracked = [series.follow(one, f"q{n}") for n in (1, 2, 3)]
        series.typed(one, 1, {"q1": ("41", 400, "")})
        edition = series.edition(
            one, ({f"q{n}": "c1" for n in (1, 2, 3)}, 60), ({f"q{n}": "c2" for n in (1, 2, 3)}, 40)
        )
        for each in tracked[:many]:
            findings.tie(series.finding(edition, each), MeasureFactory().reference, None)
        client = as_(AgentFactory())
        client.get(at(one))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(at(one)).status_code == 200
        costs.append(
            sum(1 for query in seen if "questionnaires_" in query["sql"] or "accountability_" in query["sql"])
        )
    assert costs == [13, 13]
