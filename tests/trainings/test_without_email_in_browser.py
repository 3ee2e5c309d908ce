"""An agent without e-mail, whole: the printed convocation, the code of the room, the sheet, the attestation at the desk."""

from datetime import timedelta

import pytest
import time_machine

from src.directory.enums import Role
from src.directory.services.codes import issue_codes
from src.foundations.testing import drain_outbox
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page  # noqa: F401
from tests.factories.directory import AgentFactory
from tests.panels.test_organising_in_browser import pictured, window
from tests.trainings.sessions.test_in_browser import AT, soon, unit  # noqa: F401
from trainings.attestations.enums import Channel
from trainings.attestations.models import AttestationPrint
from trainings.ledger.models import Completion
from trainings.sessions import services
from trainings.sessions.cards import token_of
from trainings.sessions.models import Booking, Convocation, Session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_a_printed_convocation_to_an_attestation_printed_again(live_server, open_page, unit):  # noqa: F811
    nadia = AgentFactory(unit=unit, email=None, first_name="Nadia", last_name="Belkacem", personnel_number="204117")
    session = soon(nadia, unit=unit)
    (card,) = issue_codes([nadia])
    assert set(Convocation.objects.values_list("channel", flat=True)) == {"inbox", "paper"}

    office = window(live_server, open_page, AgentFactory(unit=unit, roles=[(Role.HR, unit)]), DESKTOP)
    office.go(f"{AT}gestion/{session.reference}/").reads("1 à imprimer").finds_no_fault()
    lead = window(live_server, open_page, session.trainer, DESKTOP)
    lead.go(f"/formations/animation/{session.reference}/code/1/").finds_no_fault()
    code = lead.page.locator("main .stat").inner_text().split("\n")[0]
    # What the QR on the paper opens: nothing is typed but the code of the room, nobody signs in.
    phone = window(live_server, open_page, None, PHONE)
    phone.go(f"{AT}carte/{token_of(Booking.objects.get())}/").reads("Ma convocation").finds_no_fault()
    phone.page.get_by_label("Code de la salle").fill(code)
    phone.press("Je suis là").reads("Vous êtes là. Merci.").finds_no_fault()

    with time_machine.travel(session.slots.get().starts_at + timedelta(minutes=10), tick=False):
        services.lock(actor=session.trainer, session=Session.objects.get(pk=session.pk))
        done = Completion.objects.get(agent=nadia)
    drain_outbox()

    desk = window(live_server, open_page, AgentFactory(roles=[(Role.FACILITATOR, None)]), DESKTOP)
    for turn in (1, 2):
        desk.go("/formations/attestations/guichet/").finds_no_fault()
        desk.page.get_by_role("textbox", name="Matricule").fill("204117")
        desk.page.get_by_role("textbox", name="Code personnel").fill(card.spaced.lower())
        desk.press("Ouvrir avec la carte").reads("Attestations de Nadia Belkacem").finds_no_fault()
        pictured(desk, f"sans-courriel-guichet-{turn}")
        with desk.page.expect_response("**/guichet/imprimer/") as answered:
            desk.page.get_by_role("button", name="Imprimer").click()
        assert answered.value.status == 200
    # The same words on the same day are one print, with one code.
    (row,) = AttestationPrint.objects.filter(attestation__completion=done)
    assert (row.channel, row.name) == (Channel.DESK, "Nadia Belkacem")

    anybody = window(live_server, open_page, None, PHONE)
    anybody.go(f"/formations/verifier/{row.attestation.code}/").reads("Nadia Belkacem").finds_no_fault()
    pictured(anybody, "sans-courriel-verifier-360")
