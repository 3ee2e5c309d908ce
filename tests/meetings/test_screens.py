"""Each page of a meeting, as its people see it; who doesn't belong reads nothing."""

import datetime

import pytest

from src.foundations import clock
from src.foundations.testing import drain_outbox, forget_effects
from src.meetings import services
from src.meetings.models import Action, Meeting, Topic
from tests.factories import meetings as make
from tests.factories.directory import AgentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    nadia = AgentFactory()
    series = make.group(facilitator=nadia, rules="On se réunit avant la première tournée.", place="Salle de pause")
    paul = make.member(series)
    services.raise_topic(series=series, author=paul, title="Le portail reste ouvert la nuit", body="Depuis lundi.")
    return series, nadia, paul


def test_a_member_raises_supports_and_reads_while_a_stranger_finds_nothing(as_, city):
    series, nadia, paul = city
    lea = make.member(series)
    client, url = as_(lea), series.get_absolute_url()

    assert client.get("/reunions/").status_code == 200
    page = client.get(url).content.decode()
    assert "Le portail reste ouvert la nuit" in page and "0 soutien" in page
    assert client.get(f"{url}proposer/").status_code == 200
    refused = client.post(f"{url}proposer/", {"title": "ab", "identity": "named"})
    assert refused.status_code == 422 and 'value="ab"' in refused.content.decode()
    sent = client.post(f"{url}proposer/", {"title": "Des gants d’hiver pour tous", "identity": "protected"})
    assert sent.status_code == 303
    topic = Topic.objects.get(title="Des gants d’hiver pour tous")
    assert (topic.author, topic.identity_mode, topic.signed_as) == (None, "protected", "Nom protégé")
    first = Topic.objects.get(author=paul)
    for _twice in range(2):
        assert client.post(f"{url}points/{first.reference}/soutenir/", {"soutien": "1"}).status_code == 303
    first.counts.refresh_from_db()
    assert first.counts.supports == 1
    assert as_(paul).post(f"{url}points/{first.reference}/soutenir/", {"soutien": "1"}).status_code == 409
    assert as_(AgentFactory()).get(url).status_code == 404
    assert as_(None).get(url).status_code == 302
    drain_outbox()


def test_who_runs_it_prepares_announces_holds_and_publishes(as_, city):
    series, nadia, paul = city
    client, url = as_(nadia), series.get_absolute_url()

    assert client.get(f"{url}prevoir/").status_code == 200
    day = clock.today() + datetime.timedelta(days=20)
    posted = {"day": day.isoformat(), "hour": "05:40", "minutes": "60", "place": "Salle de pause"}
    assert client.post(f"{url}prevoir/", posted).status_code == 303
    assert client.post(f"{url}prevoir/", posted).status_code == 422
    meeting = Meeting.objects.get(series=series)
    here = meeting.get_absolute_url()
    assert as_(paul).get(here).status_code == 404
    topic = Topic.objects.get(series=series)
    assert client.post(f"{here}preparer/", {"add": topic.reference}).status_code == 303
    for path in ("", "preparer/", "annoncer/", "deplacer/", "annuler/", "feuille/"):
        assert client.get(here + path).status_code == 200, path
    assert client.post(f"{here}annoncer/").status_code == 303
    assert "Le portail" in as_(paul).get(here).content.decode()
    assert client.get(f"{here}reunion.ics")["Content-Type"].startswith("text/calendar")
    assert as_(paul).post(f"{here}venir/", {"presence": "1"}).status_code == 303
    assert client.post(f"{here}tenue/", {"present": "3"}).status_code == 409
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=clock.now() - datetime.timedelta(hours=2), ends_at=clock.now(), sequence=1
    )
    assert client.get(f"{here}tenue/").status_code == 200
    assert client.post(f"{here}tenue/", {"present": "12"}).status_code == 303
    assert client.get(f"{here}tenir/").status_code == 200
    assert client.post(f"{here}publier/").status_code == 409
    outcome = f"{here}tenir/points/{topic.reference}/"
    assert client.get(outcome).status_code == 200
    assert client.post(outcome, {"outcome": "set_aside", "text": ""}).status_code == 422
    assert client.post(outcome, {"outcome": "taken_up", "text": "Le gardien ferme à 22 heures."}).status_code == 303
    assert client.get(f"{here}tenir/actions/").status_code == 200
    due = (clock.today() + datetime.timedelta(days=30)).isoformat()
    promised = {"text": "Poser un second cadenas", "owner_label": "Chef du dépôt", "due_on": due}
    assert client.post(f"{here}tenir/actions/", promised).status_code == 303
    assert (
        client.post(f"{here}tenir/", {"summary": "Nous avons parlé du portail.", "decisions": "Fermer"}).status_code
        == 303
    )
    assert client.get(f"{here}publier/").status_code == 200
    assert client.post(f"{here}publier/").status_code == 303
    page = as_(paul).get(here).content.decode()
    assert "Nous avons parlé du portail." in page and "Poser un second cadenas" in page and "12 personnes" in page
    action = Action.objects.get()
    assert client.get(f"{url}actions/{action.reference}/").status_code == 200
    assert client.post(f"{url}actions/{action.reference}/", {"state": "done"}).status_code == 303
    assert client.get(f"{here}corriger/").status_code == 200
    drain_outbox()


def test_settings_calendar_and_lists_answer(as_, city):
    series, nadia, paul = city
    client, url = as_(nadia), series.get_absolute_url()
    forget_effects()

    assert client.get(f"{url}reglages/").status_code == 200
    assert client.get(f"{url}arreter/").status_code == 200
    assert as_(paul).get(f"{url}reglages/").status_code == 404
    assert client.get("/reunions/export.csv").status_code == 200
    assert client.get("/reunions/calendrier/").status_code == 200
    shown = as_(paul).post("/reunions/calendrier/", {"make": "1"}).content.decode()
    address = shown.split('translate="no">')[1].split("<")[0]
    feed = as_(None).get(address.removeprefix("http://testserver"))
    assert feed.status_code == 200 and feed.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert as_(paul).post("/reunions/calendrier/", {"drop": "1"}).status_code == 200
    assert as_(None).get(address.removeprefix("http://testserver")).status_code == 404
