"""A member answers on a phone with the keyboard alone, without script too; the map is read on both screens."""

import pytest

from panels.statements import services
from panels.statements.models import StatementVote
from src.foundations.testing import drain_outbox
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page  # noqa: F401
from tests.factories import statements as make
from tests.panels.statements.test_screens import at, crowded
from tests.panels.test_organising_in_browser import pictured, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_member_answers_with_the_keyboard_on_a_phone(live_server, open_page):  # noqa: F811
    world = make.opened()
    drain_outbox()
    member = window(live_server, open_page, world.account(), PHONE)
    member.go(at(world.round)).finds_no_fault()
    pictured(member, "enonces-serie")
    member.click("Commencer à répondre").finds_no_fault().reads("0 sur 4")
    pictured(member, "enonces-repondre")
    first = member.page.get_by_role("button", name="D’accord", exact=True)
    first.focus()
    member.page.keyboard.press("Enter")
    member.page.wait_for_url("**#enonce")
    # After an answer the keyboard goes on from the next sentence: one step to its first button.
    member.page.keyboard.press("Tab")
    assert member.page.evaluate("document.activeElement.value") == "accord"
    member.page.keyboard.press("Tab")
    member.page.keyboard.press("Enter")
    member.page.wait_for_function("document.body.innerText.includes('2 sur 4')")
    assert sorted(StatementVote.objects.values_list("choice", flat=True)) == [-1, 1]
    member.click("Relire ou changer mes réponses").finds_no_fault()
    member.click("Changer ou retirer").press("Retirer ma réponse").reads("Votre réponse est retirée.")
    member.go(at(world.round, "proposer/")).write("Mon énoncé", "Un café pour attendre.")
    member.press("Le proposer").reads("L’équipe le lit").finds_no_fault()

    plain = window(live_server, open_page, world.account(1), PHONE, "dark", js=False)
    plain.go(at(world.round, "repondre/")).press("Je passe").reads("1 sur 4")


def test_the_team_reads_and_types_on_a_desk(live_server, open_page):  # noqa: F811
    world = make.opened()
    services.propose(actor=world.account(), round_=world.round, text="Un café pour attendre.")
    drain_outbox()
    team = window(live_server, open_page, world.made.facilitator, DESKTOP)
    team.go(at(world.round)).finds_no_fault()
    pictured(team, "enonces-equipe")
    team.go(at(world.round, "lecture/")).finds_no_fault()
    pictured(team, "enonces-lecture")
    team.press("Le montrer : Un café pour attendre.").reads("Il est montré")
    team.go(at(world.round, "papier/")).finds_no_fault().write("Numéro du membre", "2")
    team.pick("1. Ouvrir le samedi.", "D’accord").press("Relire avant de garder")
    team.reads("Est-ce bien ce que dit la feuille").finds_no_fault()
    pictured(team, "enonces-relire")
    team.press("Oui, la garder").reads("Détruisez le papier")


@pytest.mark.parametrize(("shape", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"])
def test_the_map_has_no_fault(live_server, open_page, shape, scheme):  # noqa: F811
    world = crowded(30)
    world.close()
    member = window(live_server, open_page, world.account(), shape, scheme)
    member.go(at(world.round)).reads("pas un résultat").finds_no_fault()
    pictured(member, f"enonces-carte-{shape[0]}")
