"""A session prepared on a desk and lived on a phone: read, asked about, typed at the door; no screen has a fault."""

import os
from pathlib import Path

import pytest
from django.test import Client

from panels.sessions.enums import Audience, Stance
from panels.sessions.models import Attendance, HearingRequest, Session
from panels.sessions.services import planning, presence, stipends, tables
from src.foundations import clock
from src.foundations.testing import drain_outbox
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page, session_cookie  # noqa: F401
from tests.factories import panel_sessions
from tests.journeys.conftest import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

INSIDE, DESK = "/panels/accueil/membres/", "/panels/atelier/accueil/"


def window(live_server, open_page, who, shape, scheme="light"):  # noqa: F811
    page = open_page(shape, scheme)
    if who is not None:
        client = Client()
        client.force_login(who, backend="src.directory.backends.DirectoryBackend")
        page.context.add_cookies([session_cookie(live_server, client)])
    return Person(page, live_server, "")


def pictured(person, name):
    """Keep a picture where one is asked for, for somebody to look at."""
    folder = os.environ.get("TERRAIN_SHOTS")
    if folder:
        person.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@pytest.fixture
def made(db):
    found = panel_sessions.working(seats=8)
    now = clock.now()
    session = panel_sessions.prepared(found)
    Session.objects.filter(pk=session.pk).update(starts_at=now - _hours(0.2), ends_at=now + _hours(5))
    for place, stance in enumerate([Stance.FOR, Stance.FOR, Stance.FOR, Stance.AGAINST]):
        panel_sessions.heard(found, session, name=f"Personne {place + 1}", stance=stance)
    planning.announce(actor=found.facilitator, session=session)
    panel_sessions.document(found, session=session, audience=Audience.EVERYBODY)
    tables.set_tables(
        actor=found.facilitator, session=session, rounds=2, seats=4, offers={"step_free": 1, "interpreter": 1}
    )
    tables.show(actor=found.facilitator, plan=tables.make(actor=found.facilitator, session=session))
    drain_outbox()
    return found


def _hours(count):
    import datetime

    return datetime.timedelta(hours=count)


def test_a_member_reads_asks_and_says_they_are_there(live_server, open_page, made):  # noqa: F811
    session = Session.objects.get()
    member = window(live_server, open_page, made.members()[0].candidate.account, PHONE)

    member.go(INSIDE).finds_no_fault()
    pictured(member, "espace")
    member.click("Séances").finds_no_fault().click("Comprendre l’accueil").finds_no_fault().reads("Mes tables")
    pictured(member, "seance")
    member.go(f"{INSIDE}auditions/").finds_no_fault().reads("il manque des voix contre")
    pictured(member, "auditions")
    member.click("Demander à entendre").write("Qui entendre", "Une locataire").press("Demander")
    member.reads("Dites pourquoi")
    # The console tells of the form that was refused.
    member.heard[:] = [line for line in member.heard if "422" not in line]
    member.finds_no_fault()
    member.write("Pourquoi", "Elle a renoncé deux fois.").press("Demander").reads("l’équipe répond")
    assert HearingRequest.objects.get().who == "Une locataire"

    code = presence.room_code(actor=made.facilitator, session=session, half_day=1)
    member.go(f"{INSIDE}seances/{session.reference}/").click("Je suis là").finds_no_fault()
    member.write("Code écrit au tableau", code).press("Je suis là").reads("Vous êtes là")
    assert Attendance.objects.get().is_present
    member.go(f"{INSIDE}indemnites/").finds_no_fault().reads("50 €")
    pictured(member, "indemnites")


@pytest.mark.parametrize(("shape", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone", "desktop"])
def test_no_screen_of_the_team_has_a_fault(live_server, open_page, made, shape, scheme):  # noqa: F811
    session = Session.objects.get()
    presence.mark_sheet(actor=made.facilitator, session=session, half_day=1, present={1, 2, 3})
    planning.mark_held(actor=made.facilitator, session=session)
    for person in (made.facilitator, made.second):
        stipends.validate(actor=person, session=session)
    stipends.export(actor=made.organiser, panel=made.panel)
    panel_sessions.prepared(made, days=5, title="La suite")
    other = Session.objects.get(number=2)
    one = f"{DESK}seances/{session.reference}/"
    team = window(live_server, open_page, made.organiser, shape, scheme)
    for path in (
        DESK,
        f"{DESK}seances/",
        f"{DESK}seances/nouvelle/",
        one,
        f"{DESK}seances/{other.reference}/",
        f"{DESK}seances/{other.reference}/auditions/",
        f"{one}presence/1/",
        f"{one}presence/2/",
        f"{one}presence/1/code/",
        f"{one}tables/",
        f"{DESK}seances/{other.reference}/tables/regler/",
        f"{DESK}documents/",
        f"{DESK}documents/ajouter/",
        f"{DESK}indemnites/",
        f"{DESK}courriers-aux-membres/",
        f"{DESK}courriers-aux-membres/agenda/{session.reference}/",
    ):
        team.go(path).finds_no_fault()
        pictured(
            team, f"{shape[0]}{path.replace('/', '-')}".replace(session.reference, "S1").replace(other.reference, "S2")
        )


@pytest.mark.parametrize("shape", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_everybody_reads_days_documents_and_who_is_heard(live_server, open_page, made, shape):  # noqa: F811
    anybody = window(live_server, open_page, None, shape)

    anybody.go("/panels/accueil/").finds_no_fault().reads("il manque des voix contre").reads("Personne 4")
    pictured(anybody, f"public-{shape[0]}")
    anybody.click("L’accueil en deux pages").finds_no_fault().reads("Huit guichets")
