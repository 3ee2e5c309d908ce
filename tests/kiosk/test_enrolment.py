"""A browser becomes a kiosk by a code used once, and stops being one at once."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from src.foundations import clock
from src.foundations.models import AuditEntry
from src.kiosk import devices, services
from src.kiosk.models import Kiosk
from tests.factories.directory import AgentFactory


def as_kiosk(token) -> Client:
    client = Client()
    client.cookies[devices.COOKIE] = token
    return client


def test_a_code_serves_once_and_is_nowhere_in_clear(depot):
    kiosk, code = services.prepare(actor=depot.admin, unit=depot.unit, name="Autre")
    token = services.enrol_device(code.lower().replace("-", " "))

    assert services.enrol_device(code) is None
    row = str(Kiosk.objects.filter(pk=kiosk.pk).values_list().get())
    assert token not in row and code.replace("-", "") not in row
    assert as_kiosk(token).get("/borne/").status_code == 200


def test_a_code_dies_in_half_an_hour(depot, monkeypatch):
    _kiosk, code = services.prepare(actor=depot.admin, unit=depot.unit, name="Autre")
    late = clock.now() + datetime.timedelta(minutes=31)
    monkeypatch.setattr(clock, "now", lambda: late)

    assert services.enrol_device(code) is None


def test_ending_a_kiosk_works_from_the_next_request(depot):
    browser = depot.browser()
    services.revoke(actor=depot.admin, kiosk=depot.kiosk)

    answer = browser.get("/borne/menu/")

    assert (answer.status_code, answer["Location"]) == (303, "/borne/")
    assert answer.cookies[devices.COOKIE]["max-age"] == 0
    assert browser.get("/borne/").status_code == 404
    with pytest.raises(ValidationError):
        services.new_code(actor=depot.admin, kiosk=depot.kiosk)


def test_a_new_code_stops_the_device_enrolled_until_now(depot):
    services.new_code(actor=depot.admin, kiosk=depot.kiosk)

    assert devices.find(depot.token) is None


def test_an_ended_kiosk_keeps_no_secret_in_the_database(depot):
    with pytest.raises(IntegrityError), transaction.atomic():
        Kiosk.objects.filter(pk=depot.kiosk.pk).update(revoked_on=clock.today())


@pytest.mark.parametrize("act", ["prepare", "new_code", "revoke"])
def test_the_administration_alone_enrols_and_ends(depot, act):
    somebody = AgentFactory(roles=[("facilitator", None)])
    what = {"unit": depot.unit, "name": "x"} if act == "prepare" else {"kiosk": depot.kiosk}

    with pytest.raises(PermissionDenied):
        getattr(services, act)(actor=somebody, **what)


def test_the_journal_says_who_and_names_no_device_secret(depot):
    services.revoke(actor=depot.admin, kiosk=depot.kiosk)

    verbs = list(AuditEntry.objects.filter(verb__startswith="kiosk.").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["kiosk.prepared", "kiosk.enrolled", "kiosk.revoked"]


def test_from_the_list_to_the_tablet(depot):
    desk = Client()
    desk.force_login(depot.admin, backend="src.directory.backends.DirectoryBackend")
    page = desk.post("/borne/appareils/", {"unit": depot.unit.pk, "name": "Tablette du hall"})
    code = page.context["code"]
    tablet = Client()

    assert tablet.post("/borne/inscrire/", {"code": "0000000000"}).status_code == 422
    answer = tablet.post("/borne/inscrire/", {"code": code})

    assert (answer.status_code, answer["Location"]) == (303, "/borne/")
    cookie = answer.cookies[devices.COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and int(cookie["max-age"]) > 300 * 24 * 3600
    assert "Tablette du hall" in tablet.get("/borne/").content.decode()
    assert code not in desk.get("/borne/appareils/").content.decode()


def test_elsewhere_a_kiosk_is_a_sentence_and_its_screens_do_not_exist(db, client):
    assert "n’est pas une borne" in client.get("/borne/").content.decode()
    addresses = ("", "menu/", "proposer/", "connexion/", "presence/", "fin/", "commencer/")
    assert {client.get(f"/borne/{one}").status_code for one in addresses} == {404}
    assert client.post("/borne/demonstration/").status_code == 404
