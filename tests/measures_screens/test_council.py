"""The elected official's page: figures with their cases, replies to sign, never an author; and who is refused."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import escape

from src.accountability.models import Measure, Milestone, ResponseOwed
from src.accountability.services import announce, ask_signature
from src.directory.enums import Role
from src.directory.services import grant_role
from src.foundations import clock
from src.foundations.testing import drain_outbox, forget_effects
from tests.factories.accountability import prepared
from tests.factories.directory import AgentFactory, DirectionFactory, ExternalFactory
from tests.factories.ideas import IdeaFactory
from tests.factories.measures import MeasureFactory

pytestmark = pytest.mark.django_db
URL = "/reponses/conseil/"
# Who looks (4); the figures (4), what waits with its days and words (3), what was signed; the to-do of the frame.
STATEMENTS = 12
AUTHOR = "Zéphyrine"


def signed_in(user):
    client = Client()
    client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


@pytest.fixture
def direction():
    return DirectionFactory(name="Parcs et jardins")


@pytest.fixture
def decider(direction):
    return AgentFactory(unit=direction, roles=[(Role.DECISION_MAKER, direction)])


@pytest.fixture
def official():
    made = ExternalFactory(first_name="Hélène", last_name="Duroc-Amari")
    grant_role(user=made, role=Role.ELECTED_OFFICIAL)
    return made


def to_sign(direction, decider, official, **idea):
    author = AgentFactory(first_name=AUTHOR, last_name="Quatrebarbes")
    made = IdeaFactory(direction=direction, stage="decision_pending", author=author, **idea)
    decision = prepared(decider, made.unit, made.reference)
    return ask_signature(decision, actor=decider, official=official), made


def owed(direction, promised, answered=None):
    idea = IdeaFactory(direction=direction, author=AgentFactory(first_name=AUTHOR))
    ResponseOwed.objects.filter(idea=idea).update(unit=direction, promised_on=promised, answered_on=answered)
    return idea


def figures(client):
    page = client.get(URL).context["page"]
    return {figure.key: figure.count for figure in (*page.answers, *page.measures)}


def test_each_figure_is_one_click_from_its_cases_and_no_case_tells_an_author(direction, decider, official):
    day = clock.today()
    owed(direction, day + timedelta(days=10))
    owed(direction, day + timedelta(days=50))
    owed(direction, day - timedelta(days=3))
    kept = owed(direction, day + timedelta(days=3), answered=day)
    refused = IdeaFactory(direction=direction, stage="decision_pending", author=AgentFactory(first_name=AUTHOR))
    announce(prepared(decider, refused.unit, refused.reference, "declined").batch, decider)
    MeasureFactory(unit=direction)
    MeasureFactory(unit=direction, heard_days_ago=120)
    stopped = MeasureFactory(unit=direction, status="stopped", stopped_on=day, stop_text="Trop cher pour l’usage.")
    step = Milestone.objects.create(measure=MeasureFactory(unit=direction), title="Pose", planned_on=day)
    MeasureFactory(unit=direction, published_on=None)
    client = signed_in(official)

    told = figures(client)

    assert told == {
        "reponses-promises": 2, "reponses-en-retard": 1, "reponses-tenues": 2, "reponses-refusees": 1,
        "reponses-trente-jours": 1, "mesures-promises": 2, "mesures-sans-nouvelles": 1, "mesures-tenues": 0,
        "mesures-arretees": 1, "mesures-trente-jours": 1,
    }  # fmt: skip
    pages = {key: client.get(f"{URL}cas/?quoi={key}") for key in told}
    assert {key: len(page.context["rows"]) for key, page in pages.items()} == told
    assert kept.reference in pages["reponses-tenues"].content.decode()
    assert stopped.title in pages["mesures-arretees"].content.decode()
    assert step.title in pages["mesures-trente-jours"].content.decode()
    for page in (*pages.values(), client.get(URL)):
        text = page.content.decode()
        assert AUTHOR not in text
        assert [one for one in (kept, refused) if f"/idees/{one.reference}" in text or one.title in text] == []
    assert client.get(f"{URL}cas/?quoi=tout").status_code == 302
    forget_effects()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_statements_whatever_it_counts(
    count, direction, decider, official, django_assert_num_queries
):
    for _number in range(count):
        to_sign(direction, decider, official)
        MeasureFactory(unit=direction)
        owed(direction, clock.today())
    drain_outbox()
    client = signed_in(official)
    client.get(URL)

    with django_assert_num_queries(STATEMENTS):
        page = client.get(URL).context["page"]

    assert (len(page.to_sign), page.measures[0].count) == (count, count)


def test_a_reply_is_read_without_its_author_and_signed(direction, decider, official):
    signature, idea = to_sign(direction, decider, official)
    client = signed_in(official)
    at = f"{URL}{idea.reference}/"

    listed, page = client.get(URL).content.decode(), client.get(at).content.decode()
    for text in (listed, page):
        assert idea.title.replace("'", "’") in text or escape(idea.title) in text
    assert escape(idea.body)[:20] in page
    for text in (listed, page):
        assert AUTHOR not in text and "Quatrebarbes" not in text
    # Nor on the page of the idea itself: who was elected isn't an agent.
    assert client.get(f"/idees/{idea.reference}/").status_code in (302, 404)
    assert client.get(f"/api/v1/ideas/{idea.reference}/").status_code == 404

    unread = client.post(at, {"function": "adjointe chargée de l’accueil"})
    assert unread.status_code == 422 and "adjointe chargée de l’accueil" in unread.content.decode()
    read_at = signature.decision.prepared_at.isoformat()
    stale = client.post(at, {"read": "on", "read_at": "2020-01-01T00:00:00+00:00"})
    assert stale.status_code == 409
    assert client.post(at, {"read": "on", "read_at": "hier"}).status_code == 422
    done = client.post(at, {"function": "adjointe chargée de l’accueil", "read": "on", "read_at": read_at})
    assert done.status_code == 303
    signature.decision.refresh_from_db()
    announce(signature.decision.batch, decider)
    answer = signed_in(AgentFactory()).get(f"/idees/{idea.reference}/").content.decode()
    assert "Hélène Duroc-Amari, adjointe chargée de l’accueil" in answer
    assert signed_in(decider).get(f"{at}demander/")["Location"] == f"/idees/{idea.reference}/"
    drain_outbox()


def test_a_reply_is_sent_back_from_its_page_and_the_direction_reads_why(direction, decider, official):
    _signature, idea = to_sign(direction, decider, official)
    client, at = signed_in(official), f"{URL}{idea.reference}/"

    short = client.post(at, {"rendre": "1", "text": "Non."})
    assert short.status_code == 422 and "Non." in short.content.decode()
    assert client.post(at, {"rendre": "1", "text": "Dites aussi ce qui change le samedi."}).status_code == 303

    asked = signed_in(decider).get(f"{at}demander/").content.decode()
    assert "ce qui change le samedi" in asked
    assert signed_in(decider).post(f"{at}demander/", {"renoncer": "1"}).status_code == 303
    assert client.get(at).status_code == 404
    drain_outbox()


def test_others_are_refused(direction, decider, official):
    _signature, idea = to_sign(direction, decider, official)
    elsewhere = DirectionFactory()
    other = AgentFactory(unit=elsewhere, roles=[(Role.DECISION_MAKER, elsewhere)])
    second = ExternalFactory()
    grant_role(user=second, role=Role.ELECTED_OFFICIAL, unit=elsewhere)
    admin = AgentFactory(roles=[(Role.ADMINISTRATOR, None)])

    for person in (other, admin, decider, AgentFactory()):
        client = signed_in(person)
        assert client.get(URL).status_code == 403
        assert client.get(f"{URL}cas/?quoi=reponses-tenues").status_code == 403
        assert client.post(f"{URL}{idea.reference}/", {"read": "on"}).status_code == 403
    # Another official: of another direction, nothing here is theirs.
    assert signed_in(second).get(f"{URL}{idea.reference}/").status_code == 404
    assert sum(figures(signed_in(second)).values()) == 0
    # Who doesn't decide here doesn't learn that something is prepared.
    for person in (other, admin, official, AgentFactory()):
        assert signed_in(person).get(f"{URL}{idea.reference}/demander/").status_code == 404
    assert Client().get(URL)["Location"].startswith("/connexion/")
    assert Measure.objects.count() == 0
    forget_effects()
