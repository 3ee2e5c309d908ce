"""One's own rights on screen: the file taken once, erasure and its way back, devices, who looked, how one appears."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client

from ideas.models import IdeaFile
from src.directory.enums import Role
from src.directory.models import User
from src.directory.services import end_role
from src.foundations import clock, journal
from src.foundations.models import AuditEntry
from src.foundations.testing import drain_outbox
from src.rights.models import DataFile, ErasureRequest, OpenSession
from src.rights.services import erasing, files, sessions
from tests.factories.directory import AgentFactory, UnitFactory, grant
from tests.factories.ideas import IdeaFactory

pytestmark = pytest.mark.django_db
SECRET = "trois mots choisis"
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


def somebody(**more):
    person = AgentFactory(email=None, **more)
    person.set_password(SECRET)
    person.save()
    return person


def signed_in(person, agent="Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"):
    """A browser of somebody, who typed their secret a moment ago."""
    cache.clear()
    client = Client(HTTP_USER_AGENT=agent)
    client.force_login(person)
    client.post("/connexion/confirmer/?next=/moi/", {"password": SECRET, "next": "/moi/"})
    return client


def link_of(client) -> str:
    page = client.get("/moi/donnees/fichier/").content.decode()
    return page.split('action="/moi/donnees/fichier/')[1].split('"')[0]


@pytest.fixture
def nadia():
    return somebody(first_name=HOSTILE[:30], last_name="Benali")


def test_the_file_holds_words_and_files_and_is_taken_once_by_its_person(nadia):
    idea = IdeaFactory(author=nadia, title="Mon banc", body=HOSTILE)
    drain_outbox()
    sent = IdeaFile(idea=idea, kind="picture", size=3, alt=HOSTILE, position=1)
    sent.file.save("photo.jpg", ContentFile(b"abc"), save=False)
    IdeaFile.objects.bulk_create([sent])
    client, other = signed_in(nadia), signed_in(somebody())
    client = signed_in(nadia)
    client.post("/moi/donnees/fichier/")
    assert "Votre fichier est en cours" in client.get("/moi/donnees/fichier/").content.decode()
    drain_outbox()
    held = DataFile.objects.get()
    assert b"Mon banc" not in held.file.read()
    secret = link_of(client)

    stolen = other.post(f"/moi/donnees/fichier/{secret}")
    answer = client.post(f"/moi/donnees/fichier/{secret}")
    again = client.post(f"/moi/donnees/fichier/{secret}", follow=True)

    assert stolen.status_code == 303
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        names = packed.namelist()
        page = packed.read("mes-donnees.html").decode()
        told = json.loads(packed.read("mes-donnees.json"))
    assert names[:2] == ["mes-donnees.json", "mes-donnees.html"]
    assert names[2].startswith("fichiers/001-") and names[2].endswith(".jpg")
    assert "<script" not in page and "<img" not in page
    assert told["ideas.Idea"][0]["title"] == "Mon banc"
    assert "Ce lien a servi" in again.content.decode()
    assert AuditEntry.objects.filter(verb="directory.own_data_taken").count() == 1


def test_the_link_of_a_file_dies_with_its_day_and_with_the_next_one(nadia, time_machine):
    client = signed_in(nadia)
    client.post("/moi/donnees/fichier/")
    drain_outbox()
    old = link_of(client).strip("/")
    client.post("/moi/donnees/fichier/")
    drain_outbox()

    assert files.take_file(nadia, old) is None
    last = link_of(client).strip("/")
    time_machine.move_to(clock.now() + timedelta(hours=25))
    assert files.take_file(nadia, last) is None
    assert files.purge_files(clock.now() + timedelta(days=2), apply=True) == 1


def test_the_page_asks_for_the_secret_again_and_bounds_the_asking(nadia):
    cache.clear()
    stranger = Client()
    stranger.force_login(nadia)
    for address in ("/moi/donnees/fichier/", "/moi/effacer/"):
        assert stranger.get(address)["Location"].startswith("/connexion/confirmer/")
    client = signed_in(nadia)

    answers = [client.post("/moi/donnees/fichier/").status_code for _time in range(11)]

    assert answers == [303] * 10 + [429]
    assert DataFile.objects.count() == 1
    drain_outbox()


def test_erasure_waits_seven_days_can_be_taken_back_and_leaves_a_receipt(nadia, time_machine):
    IdeaFactory(author=nadia, title="Mon banc")
    drain_outbox()
    client = signed_in(nadia)
    page = client.get("/moi/effacer/").content.decode()
    assert "Ce qui reste, et pourquoi" in page and "Mes idées (1)" in page
    assert client.post("/moi/effacer/").status_code == 422
    for _tab in (1, 2):
        client.post("/moi/effacer/", {"understood": "on"})
    request = ErasureRequest.objects.get()

    assert erasing.erase_due(clock.now() + timedelta(days=6)) == 0
    client.post("/moi/effacer/annuler/")
    assert erasing.erase_due(clock.now() + timedelta(days=8)) == 0
    assert User.objects.get(pk=nadia.pk).is_active
    client.post("/moi/effacer/", {"understood": "on"})
    asked = ErasureRequest.objects.exclude(pk=request.pk).get()
    assert erasing.erase_due(clock.now() + timedelta(days=8)) == 1
    assert erasing.erase_one(asked.pk) is False

    assert client.get("/moi/").status_code == 302
    gone = User.objects.get(pk=nadia.pk)
    assert (gone.first_name, gone.last_name, gone.is_active) == ("", "", False)
    receipt = Client().get(f"/effacements/{asked.reference}/").content.decode()
    assert "Fait le" in receipt and "Benali" not in receipt
    assert not OpenSession.objects.filter(person=nadia).exists()


def test_a_file_asked_for_is_never_made_of_somebody_erased_meanwhile(nadia):
    files.ask_file(nadia)
    erasing.ask_erasure(nadia)
    assert erasing.erase_due(clock.now() + timedelta(days=8)) == 1

    drain_outbox()

    assert not DataFile.objects.exists()


def test_a_role_is_handed_over_first_by_who_leaves_and_kept_by_who_stays(nadia):
    given = grant(nadia, Role.HR)
    client = signed_in(nadia)

    answer = client.post("/moi/effacer/", {"understood": "on"})
    assert answer.status_code == 422
    assert "Vous avez encore le rôle" in answer.content.decode().replace("\xa0", " ")
    assert not ErasureRequest.objects.exists()

    end_role(given)
    assert erasing.ask_erasure(User.objects.get(pk=nadia.pk)).is_open
    at_work = somebody(unit=UnitFactory())
    grant(at_work, Role.HR)
    IdeaFactory(author=at_work)
    erasing.ask_erasure(at_work)
    assert erasing.erase_due(clock.now() + timedelta(days=8)) == 2
    kept = User.objects.get(pk=at_work.pk)
    assert kept.is_active and kept.current_affectation_id and kept.holds_roles
    drain_outbox()


def test_a_role_given_while_the_request_waits_holds_it_up_in_words(nadia):
    erasing.ask_erasure(nadia)
    grant(nadia, Role.HR)

    assert erasing.erase_due(clock.now() + timedelta(days=8)) == 0

    assert "rôle" in ErasureRequest.objects.get().held_up
    assert User.objects.get(pk=nadia.pk).is_active
    drain_outbox()


def test_devices_are_told_in_words_and_closed_one_by_one_or_all(nadia):
    here = signed_in(nadia)
    phone = signed_in(nadia, "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140 Mobile")
    third = signed_in(nadia, HOSTILE)
    stranger = signed_in(somebody())
    for device in (phone, third):
        device.get("/moi/appareils/")

    page = here.get("/moi/appareils/").content.decode()

    assert "Firefox, Windows (celui-ci)" in page and "Chrome, Android" in page
    assert "Pixel" not in page and "<script>alert" not in page
    assert phone.session.session_key not in page and here.session.session_key not in page
    marked = sessions.mark_of(OpenSession.objects.get(pk=phone.session.session_key))
    stranger.post("/moi/appareils/", {"appareil": marked})
    assert phone.get("/moi/").status_code == 200
    here.post("/moi/appareils/", {"appareil": marked})
    assert phone.get("/moi/").status_code == 302
    assert third.get("/moi/").status_code == 200
    here.post("/moi/appareils/", {"appareil": "tous"})
    assert third.get("/moi/").status_code == 302
    assert here.get("/moi/").status_code == 200
    assert stranger.get("/moi/").status_code == 200


def test_who_looked_tells_the_role_the_reason_and_the_day_but_no_name(nadia):
    chief = AgentFactory(first_name="Solange", last_name="Trucmuche")
    grant(nadia, Role.MODERATOR)
    journal.record(
        "directory.code_reissued", actor=chief, object_ref=f"account:{journal.pseudonym(nadia)}", payload={}
    )
    journal.record("directory.code_reissued", actor=chief, object_ref=f"account:{journal.pseudonym(chief)}")

    page = signed_in(nadia).get("/moi/qui-a-regarde/").content.decode()

    assert page.count("Un nouveau code personnel a été donné") == 1
    assert "Un rôle vous a été donné" in page and "Modératrice" in page
    assert "Trucmuche" not in page and journal.pseudonym(chief) not in page
    drain_outbox()


def test_the_identity_one_prefers_is_selected_first_where_the_box_allows_it(nadia):
    client = signed_in(nadia)

    client.post("/moi/identite/", {"identity": "protected"})

    assert 'value="protected"' in client.get("/moi/identite/").content.decode()
    page = client.get("/idees/nouvelle/", follow=True).content.decode()
    if "identity" in page:
        assert 'value="protected" ' in page
