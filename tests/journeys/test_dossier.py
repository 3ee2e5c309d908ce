"""An organiser makes a dossier from a template in the served demo city, publishes it; an agent reads, follows, leaves."""

import pytest

from tests.browser.fixtures import DESKTOP, PHONE

from .conftest import loose, plain

pytestmark = pytest.mark.browser


def test_a_dossier_is_made_from_a_template_published_then_read_and_followed(person, served):
    admin = person("admin", DESKTOP).sign_in("/gestion/espaces/boites/")
    admin.click("Nouvel espace à partir d'un modèle")
    admin.page.get_by_role("link", name=loose("Choisir Consultation interne sur une réforme", True)).click()
    admin.page.wait_for_load_state("load")
    required = admin.page.locator(".w-required-mark").count()
    admin.page.locator("#id_name").fill("La charte du télétravail")
    admin.page.locator("#id_summary").fill("Dites comment cela se passe, avant que la règle ne change.")
    admin.page.locator("#id_steering_unit").select_option(label="Ressources internes")
    admin.press("Relire")
    admin.press("Créer et ouvrir")
    assert required <= 12
    assert "/gestion/pages/" in admin.page.url

    agent = person("agent2", PHONE).sign_in("/consultations/")
    assert "La charte du télétravail" not in agent.page.content()
    admin.page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    admin.page.locator("button[name=action-publish]").click()
    admin.page.wait_for_load_state("load")

    agent.go("/consultations/").reads("La charte du télétravail").finds_no_fault().click("La charte du télétravail")
    agent.reads("Étape en cours").finds_no_fault()
    with agent.page.expect_response("**/suivre/"):
        agent.press("Suivre les étapes")
    agent.page.reload()
    assert agent.page.locator("button[name=suivi]").get_attribute("aria-pressed") == "true"
    assert plain("Comité social territorial") in plain(agent.page.locator("main").inner_text())
    assert admin.heard == agent.heard == []
