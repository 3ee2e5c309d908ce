"""From a printed convocation to presence, on a phone; the trainer by the keyboard; the desk; without a script."""

from datetime import timedelta

import pytest

from src.directory.enums import Role
from src.foundations import clock
from src.foundations.testing import drain_outbox
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page  # noqa: F401
from tests.factories import training_sessions as made
from tests.factories.directory import AgentFactory, UnitFactory
from tests.panels.test_organising_in_browser import pictured, window
from trainings.sessions.cards import token_of
from trainings.sessions.models import AttendanceMark, AttendanceSheet, Booking, Session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AT = "/formations/sessions/"


@pytest.fixture
def unit(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    return UnitFactory()


def soon(*people, unit) -> Session:
    """A confirmed session that begins within the hour: the room is open."""
    session = made.session(unit=unit, capacity=max(2, len(people)))
    begins = clock.now() + timedelta(minutes=20)
    lead = session.trainer
    made.services.change(
        actor=lead, session=session, slots=[(begins, begins + timedelta(hours=3))], title=session.title,
        place=session.place, trainer=lead, capacity=session.capacity,
    )  # fmt: skip
    for one in people:
        made.services.book(actor=one, session=session)
    made.services.confirm(actor=lead, session=session)
    drain_outbox()
    return Session.objects.select_related("trainer").get(pk=session.pk)


def looked(person) -> None:
    """Checks are scripts: where they run."""
    if person.js:
        person.finds_no_fault()


@pytest.mark.parametrize("js", [True, False])
def test_from_a_printed_convocation_to_presence_without_an_email(live_server, open_page, unit, js):  # noqa: F811
    agent = AgentFactory(unit=unit, email="")
    session = soon(agent, unit=unit)
    card = f"{AT}carte/{token_of(Booking.objects.get())}/"

    office = window(live_server, open_page, AgentFactory(unit=unit, roles=[(Role.HR, unit)]), DESKTOP, js=js)
    office.go(f"{AT}gestion/{session.reference}/").reads("1 à imprimer")
    looked(office)
    pictured(office, "seances-organiser")
    lead = window(live_server, open_page, session.trainer, DESKTOP, js=js)
    lead.go(f"/formations/animation/{session.reference}/code/1/")
    looked(lead)
    pictured(lead, "seances-code")
    code = lead.page.locator("main .stat").inner_text().split("\n")[0]

    phone = window(live_server, open_page, None, PHONE, js=js)
    phone.go(card).reads("Ma convocation")
    looked(phone)
    pictured(phone, "seances-carte")
    phone.page.get_by_label("Code de la salle").fill(code)
    phone.press("Je suis là").reads("Vous êtes là. Merci.")
    looked(phone)
    assert AttendanceMark.objects.get().method == "room_qr"


def test_the_trainer_writes_presence_by_the_keyboard_on_a_phone(live_server, open_page, unit):  # noqa: F811
    first, second = made.agents(unit, 2)
    session = soon(first, second, unit=unit)
    room = f"/formations/animation/{session.reference}/"
    lead = window(live_server, open_page, session.trainer, PHONE)
    lead.go("/formations/animation/").finds_no_fault()
    lead.go(room).reads("À noter").finds_no_fault()
    pictured(lead, "seances-salle")

    def pressed(name):
        button = lead.page.get_by_role("button", name=name)
        button.focus()
        with lead.page.expect_navigation():
            lead.page.keyboard.press("Enter")

    pressed(f"Absence : {first.get_full_name()}")
    assert AttendanceMark.objects.get().status == "absent"
    pressed(f"Défaire : {first.get_full_name()}")
    assert not AttendanceMark.objects.exists()
    pressed(f"Présence : {first.get_full_name()}")
    pressed("Noter absente la personne qui reste")
    lead.reads("1 personne est notée absente").finds_no_fault()
    assert sorted(AttendanceMark.objects.values_list("status", flat=True)) == ["absent", "present"]
    assert not AttendanceSheet.objects.exists()


def test_pages_of_agents_and_organisers_have_no_fault(live_server, open_page, unit):  # noqa: F811
    agent, waiting = made.agents(unit, 2)
    session = soon(agent, unit=unit)
    later = made.session(unit=unit, version=None, capacity=1)
    made.services.book(actor=waiting, session=later)
    drain_outbox()
    for shape, scheme in ((PHONE, "light"), (DESKTOP, "dark")):
        person = window(live_server, open_page, agent, shape, scheme)
        for page in (AT, f"{AT}{session.reference}/", f"{AT}{later.reference}/", f"{AT}{session.reference}/presence/"):
            person.go(page).finds_no_fault()
        office = window(live_server, open_page, AgentFactory(unit=unit, roles=[(Role.HR, unit)]), shape, scheme)
        desk = f"{AT}gestion/{later.reference}/"
        for page in (f"{AT}gestion/", f"{AT}gestion/nouvelle/", desk, f"{desk}confirmer/", f"{desk}annuler/",
                     f"{desk}inviter/", f"{desk}modifier/"):  # fmt: skip
            office.go(page).finds_no_fault()
