"""An organiser sets up each kind of space in the served demo city, by visible words: screens and fields are counted."""

import pytest

from tests.browser.fixtures import DESKTOP, PHONE

from .conftest import loose, plain

pytestmark = pytest.mark.browser

# Kind → its card, and a space of it.
KINDS = {
    "Boîte permanente": "Des gestes pour accueillir",
    "Collecter, étudier, choisir": "Moins de bruit au travail",
    "Appel avec jury": "Mieux porter, mieux tirer",
    "Cohorte": "Le Relais",
}
SCREENS_AT_MOST, FIELDS_AT_MOST = 3, 12


@pytest.mark.parametrize("kind", KINDS)
def test_a_space_of_each_kind_is_set_up_in_three_screens_and_twelve_fields(person, served, kind):
    name = KINDS[kind]
    admin = person("admin", DESKTOP).sign_in("/gestion/espaces/boites/")
    admin.click("Nouvel espace à partir d'un modèle")
    screens = [admin.page.url]
    admin.page.get_by_role("link", name=loose(f"Choisir {kind}", True)).click()
    admin.page.wait_for_load_state("load")

    screens.append(admin.page.url)
    required = admin.page.locator(".w-required-mark").count()
    admin.page.locator("#id_name").fill(name)
    admin.page.locator("#id_steering_unit").select_option(label="Ressources internes")
    if admin.page.locator("#id_team").count():
        admin.page.locator("#id_team").fill("nord\nroseaux\npeupliers")
    admin.press("Relire")
    assert plain(name) in plain(admin.page.locator("main").inner_text())
    screens.append(f"{admin.page.url}#relire")
    admin.press("Créer et ouvrir")

    assert (len(screens), 4 <= required <= FIELDS_AT_MOST) == (SCREENS_AT_MOST, True)
    assert plain(f"« {name} » est ouvert") in plain(admin.page.locator("body").inner_text())
    agent = person("agent2", PHONE).sign_in("/idees/")
    agent.reads(name).finds_no_fault().click(name)
    agent.reads(name).finds_no_fault().click("Candidater" if kind == "Cohorte" else "Déposer une idée")
    agent.reads(name).finds_no_fault()
    assert admin.heard == agent.heard == []


def test_a_space_created_without_opening_is_seen_by_nobody_until_it_is_opened(person, served):
    admin = person("admin", DESKTOP).sign_in("/gestion/espaces/boites/modeles/permanent-box/")
    admin.page.locator("#id_name").fill("Idées du soir")
    admin.page.locator("#id_steering_unit").select_option(label="Ressources internes")
    admin.press("Relire").press("Créer, sans ouvrir")
    agent = person("agent2", PHONE).sign_in("/idees/")
    assert "Idées du soir" not in agent.page.content()

    admin.click("Ouvrir cet espace").press("Ouvrir cet espace")

    agent.go("/idees/").reads("Idées du soir")
