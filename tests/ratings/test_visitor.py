"""What a visitor does at a point, without account: one face, a word, a report, a suggestion."""

import re

import pytest
from django.test import Client
from django.utils.formats import date_format

from consultations.ratings import wordings
from consultations.ratings.models import NetworkKey, ProblemReport, Rating, RatingMonth, Suggestion, VisitLink
from consultations.ratings.services import checking, send_links
from consultations.ratings.services.visiting import Visit
from src.accountability.models import ResponseOwed
from src.foundations import clock, ratelimit
from src.foundations.models import AuditEntry, OutboxEvent
from src.foundations.testing import drain_outbox, forget_effects
from tests.factories.ratings import PointFactory, token

pytestmark = pytest.mark.django_db
ADDRESS = "203.0.113.77"


@pytest.fixture(autouse=True)
def _fresh():
    ratelimit.forget_memory()


@pytest.fixture
def point():
    return PointFactory(name="Mairie des Quais")


def visitor() -> Client:
    return Client(REMOTE_ADDR=ADDRESS, enforce_csrf_checks=False)


def rate(client, point, grade=5, **more):
    return client.post(point.rate_url, {"note": str(grade), "jeton": token(point), **more})


def test_one_tap_is_one_row_and_one_more_in_the_month(point):
    answer = rate(visitor(), point, 4, lang="pt")

    rating = Rating.objects.get()
    assert answer.status_code == 303
    assert (rating.grade, rating.language, rating.easy, rating.flags) == (4, "pt", False, 0)
    assert RatingMonth.objects.get().good == 1
    assert "Obrigado" in visitor().get(answer["Location"]).content.decode()


def test_every_page_of_a_visitor_says_everything_in_each_language(point):
    for language in wordings.ALL:
        client, query = visitor(), f"?lang={language}"
        pages = [client.get(f"{point.rate_url}{where}{query}") for where in ("", "signaler/", "proposer/")]
        data = {"lang": language, "texte": "Une panne de la borne", "jeton": token(point)}
        pages.append(client.post(f"{point.rate_url}signaler/", data))
        pages.append(client.get(rate(client, point, 5, lang=language)["Location"]))
        for page in pages:
            html = page.content.decode()
            assert (page.status_code, page["Content-Language"]) == (200, language)
            assert "{" not in html and "}" not in html
    order = re.findall(r'name="note" value="(\d)"', client.get(point.rate_url).content.decode())
    assert order == ["5", "4", "3", "2", "1"]
    forget_effects()


def test_the_page_weighs_little_and_sets_one_cookie(point, settings):
    for language in wordings.ALL:
        for easy in ("", "1"):
            client = Client()
            page = client.get(f"{point.rate_url}?lang={language}&facile={easy}")
            html = page.content.decode()
            styles = (settings.BASE_DIR / "consultations/ratings/static/ratings/rate.css").read_bytes()
            assert len(page.content) + len(styles) <= 30_000
            assert set(client.cookies) == {"csrftoken"}
            assert "<script" not in html and "woff" not in html and "woff" not in styles.decode()
            assert f'lang="{language}"' in html and (('dir="rtl"' in html) or language != "ar")
            assert html.count('name="note"') == (3 if easy else 5)


def test_no_address_is_kept_and_what_is_kept_of_the_network_goes(point, time_machine=None):
    rate(visitor(), point)

    row = Rating.objects.get()
    assert len(row.network) == 16
    everything = " ".join(str(value) for value in Rating.objects.values().get().values())
    assert ADDRESS not in everything and "203.0.113" not in everything
    assert NetworkKey.objects.count() == 1
    later = clock.now() + checking.MOMENT_KEPT + checking.NETWORK_KEPT
    checking.forget(later)
    row.refresh_from_db()
    assert (row.network, row.display, row.seconds) == ("", None, None)
    assert (row.at, NetworkKey.objects.count()) == (clock.start_of_day(row.day), 0)


def test_the_same_network_is_another_the_next_day(point, monkeypatch):
    rate(visitor(), point)
    NetworkKey.objects.update(day=clock.today().replace(year=2020))
    rate(visitor(), point)

    first, second = Rating.objects.order_by("pk").values_list("network", flat=True)
    assert first != second


def test_sending_twice_leaves_one_row(point):
    client, data = visitor(), {"note": "5", "jeton": token(point)}
    answers = {client.post(point.rate_url, data)["Location"] for _twice in range(3)}

    assert (Rating.objects.count(), len(answers)) == (1, 1)
    assert RatingMonth.objects.get().very_good == 1


def test_going_back_to_the_same_page_counts_once_and_a_fresh_page_counts_again(point):
    """ADR 0345: no cookie tells one browser from another; what is repeated counts, and the check shows it."""
    client, shown = visitor(), token(point)
    for grade in ("5", "1", "1"):
        client.post(point.rate_url, {"note": grade, "jeton": shown})
    assert list(Rating.objects.values_list("grade", flat=True)) == [5]
    assert set(client.cookies) <= {"csrftoken"}

    for _again in range(15):
        rate(client, point, 1)

    assert Rating.objects.count() == 16
    assert checking.check_day(clock.today()) >= 1
    assert Rating.objects.filter(flags__gt=0).count() >= 15
    assert RatingMonth.objects.get().very_bad == 15


def test_a_stale_or_foreign_token_is_told_and_nothing_is_written(point):
    other = PointFactory()
    for wrong in ("", "abc", token(other)):
        answer = visitor().post(point.rate_url, {"note": "5", "jeton": wrong})
        assert answer.status_code == 422
        assert "Rien n’est perdu" in answer.content.decode()
    assert Rating.objects.count() == 0


@pytest.mark.parametrize("grade", ["0", "6", "-1", "", "x", "٥", "2"])
def test_a_grade_that_is_not_on_the_page_is_refused_in_words(point, grade):
    answer = visitor().post(point.rate_url, {"note": grade, "jeton": token(point), "facile": "1"})

    assert (answer.status_code, Rating.objects.count()) == (422, 0)
    assert "Choisissez un des visages" in answer.content.decode()


def test_a_crowd_from_one_network_is_asked_to_wait(point, monkeypatch):
    monkeypatch.setattr("consultations.ratings.views.public.PER_NETWORK", 3)
    statuses = [rate(visitor(), point).status_code for _again in range(5)]

    assert statuses == [303, 303, 303, 429, 429]
    assert Rating.objects.count() == 3


def test_what_counted_is_said_once_and_stays(point):
    client = visitor()
    thanks = rate(client, point, 2)["Location"]
    carried = re.search(r'name="t" value="([^"]+)"', client.get(thanks).content.decode())[1]
    here = thanks.partition("?")[0]

    for words in ("Trop d'attente", "Autre chose"):
        answer = client.post(here, {"t": carried, "raison": ["2", "16", "999", "x"], "mot": words})
        assert answer.status_code == 303

    rating = Rating.objects.get()
    assert (rating.reasons, rating.words) == (18, "Trop d'attente")
    assert "C’est ajouté" in client.get(answer["Location"]).content.decode()


def test_a_word_too_long_comes_back_whole(point):
    client, long = visitor(), "é" * 400
    thanks = rate(client, point)["Location"]
    carried = re.search(r'name="t" value="([^"]+)"', client.get(thanks).content.decode())[1]

    answer = client.post(thanks.partition("?")[0], {"t": carried, "mot": long})

    assert answer.status_code == 422
    assert long in answer.content.decode()


def test_a_program_that_fills_every_field_is_marked_and_counted(point):
    rate(visitor(), point, 1, courriel_bis="http://spam.example")

    assert Rating.objects.get().flags == 1024
    assert checking.check_day(clock.today()) == 1
    assert RatingMonth.objects.get().very_bad == 1


def test_a_closed_point_takes_nothing_and_says_so(point):
    point.closed_on = clock.today()
    point.save()
    assert "ne reçoit plus d’avis" in visitor().get(point.rate_url).content.decode()
    rate(visitor(), point)
    for address in ("signaler/", "proposer/"):
        visitor().post(point.rate_url + address, {"texte": "Un texte assez long", "jeton": token(point)})

    assert (Rating.objects.count(), ProblemReport.objects.count(), Suggestion.objects.count()) == (0, 0, 0)


def test_the_short_link_leads_to_the_page(point):
    answer = Client().get(f"/n/{point.reference.lower()}/?lang=ar")

    assert (answer.status_code, answer["Location"]) == (303, f"{point.rate_url}?lang=ar")
    assert Client().get("/n/ZZZZZZ/").status_code == 404


def test_a_report_is_promised_and_its_contact_is_sealed(point):
    data = {"texte": "La borne à tickets est en panne.", "contact": "yvette@quai.example", "jeton": token(point)}
    page = visitor().post(f"{point.rate_url}signaler/", data)
    again = visitor().post(f"{point.rate_url}signaler/", data)

    report = ProblemReport.objects.get()
    owed = ResponseOwed.objects.get(subject_kind="rating_report", subject_reference=report.reference)
    code = re.search(r"\b\w{4}-\w{4}-\w{5}\b", page.content.decode())[0]
    assert code in again.content.decode()
    assert f"avant le {date_format(owed.promised_on, 'j F Y')}" in page.content.decode().replace("\u00a0", " ")
    assert (owed.days, owed.started_on, owed.unit) == (15, clock.week_of(), point.unit)
    assert report.week.weekday() == 0
    assert report.contact and b"yvette" not in bytes(report.contact)
    assert all("yvette" not in str(row) for row in [*AuditEntry.objects.values(), *OutboxEvent.objects.values()])
    followed = Client()
    followed.post("/suivre/", {"code": code})
    read = followed.get("/suivre/").content.decode()
    assert "La borne à tickets est en panne." in read and "Réponse promise" in read
    forget_effects()


@pytest.mark.parametrize(
    ("text", "contact", "word"),
    [("court", "", "10 caractères"), ("x" * 1001, "", "trop long"), ("Une panne ici", "pas-une@adresse", "Vérifiez"), ("Une panne ici", "0612345678", "SMS")],
)  # fmt: skip
def test_a_report_that_is_refused_keeps_what_was_typed(point, text, contact, word):
    data = {"texte": text, "contact": contact, "jeton": token(point)}
    answer = visitor().post(f"{point.rate_url}signaler/", data)

    html = answer.content.decode()
    assert (answer.status_code, ProblemReport.objects.count()) == (422, 0)
    assert word in html and text in html and contact in html


def test_a_suggestion_is_kept_by_its_week(point):
    data = {"texte": "Mettre une chaise près du guichet 3", "jeton": token(point)}
    answer = visitor().post(f"{point.rate_url}proposer/", data)

    suggestion = Suggestion.objects.get()
    assert (answer.status_code, suggestion.week, suggestion.state) == (303, clock.week_of(), "new")
    assert "Elle peut devenir une idée" in visitor().get(answer["Location"]).content.decode()


def test_a_link_after_a_visit_serves_once(point, mailoutbox):
    send_links(visits=[Visit(point, "mail", "ana@porto.example", "pt")])
    drain_outbox()
    (mail,) = mailoutbox
    address = re.search(r"/noter/visite/\w+/", mail.body)[0]
    assert (mail.to, mail.subject) == (["ana@porto.example"], "Como correu a sua visita?")

    client = visitor()
    assert client.get(address).status_code == 200
    first = client.post(address, {"note": "5", "jeton": token(point), "lang": "pt"})
    second = client.post(address, {"note": "1", "jeton": token(point), "lang": "pt"})

    assert (first.status_code, second.status_code) == (303, 409)
    assert "já foi usada" in client.get(f"{address}?lang=pt").content.decode()
    assert Rating.objects.get().channel == "visit"
    assert VisitLink.objects.get().is_used
    assert not OutboxEvent.objects.exclude(sealed_payload=None).exists(), "the contact goes once sent"
    assert Client().get("/noter/visite/0000000000000/").status_code == 404


def test_a_link_out_of_date_serves_no_more(point, mailoutbox):
    send_links(visits=[Visit(point, "mail", "ana@porto.example")])
    drain_outbox()
    address = re.search(r"/noter/visite/\w+/", mailoutbox[0].body)[0]
    VisitLink.objects.update(expires_on=clock.today().replace(year=2020))

    answer = visitor().post(address, {"note": "5", "jeton": token(point)})

    assert (answer.status_code, Rating.objects.count()) == (409, 0)


def test_statements_of_the_visitors_pages(point, django_assert_num_queries):
    client = visitor()
    with django_assert_num_queries(1):
        client.get(point.rate_url)
    rate(client, point)
    with django_assert_num_queries(7):
        rate(client, point)


def test_every_language_says_everything():
    for words in wordings.ALL.values():
        for easy in (False, True):
            said = words.says(easy=easy)
            blanks = [name for name in said.__dataclass_fields__ if name != "easy" and not getattr(said, name)]
            assert blanks == []
        assert set(words.easy) == set(wordings.FR.easy)
        assert set(words.grades) == {1, 2, 3, 4, 5} and set(words.easy["grades"]) == {1, 3, 5}
        assert set(words.reasons) == {1, 2, 4, 8, 16}
