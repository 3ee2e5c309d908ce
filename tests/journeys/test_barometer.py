"""The barometer of the served demo city: an agent reads what moved and what was decided, an organiser answers a finding."""

import re

import pytest

from tests.browser.fixtures import DESKTOP, PHONE

from .city import barometer, measure

pytestmark = pytest.mark.browser
WORDS = "Trois personnes sur quatre savent ce qu'on attend d'elles : c'est un point d'appui."


def test_an_agent_reads_the_trends_and_an_organiser_answers_a_finding(person, served):
    address = f"/questionnaires/barometres/{barometer(served)}/"
    nadia = person("agent", PHONE).sign_in("/questionnaires/")
    nadia.click("Baromètres").finds_no_fault().click("Nous au travail", exact=True).finds_no_fault()
    nadia.reads("hausse nette").reads("La courbe est plate").reads("Aucune mesure n'y répond encore")
    nadia.reads("Répondre par écrit à chaque problème").reads("Arrêtée").reads("tenues avant Terrain")
    # The edition being prepared is nobody's to read yet.
    assert "Quatrième" not in nadia.page.locator("main").inner_text()
    nadia.press("Ne plus suivre").reads("Suivre ce baromètre")
    nadia.press("Suivre ce baromètre").reads("Ne plus suivre")

    lea = person("admin", DESKTOP).sign_in(address)
    lea.click("Organiser ce baromètre").finds_no_fault().reads("Courbes qui vont s'interrompre")
    lea.click("Écrire un constat : Édition 3").finds_no_fault()
    lea.page.locator("[name=subject]").select_option("q:q1")
    lea.write("Ce que cela nous apprend", WORDS).press("Écrire ce constat").reads("C'est écrit").finds_no_fault()
    lea.press("Ajouter cette mesure").reads("Écrivez des mots de son titre")
    lea.heard.clear()
    reference = measure(served, "Répondre par écrit").split("/")[2]
    lea.write("Quelle mesure ?", "répondre par écrit").press("Ajouter cette mesure")
    lea.heard.clear()
    lea.finds_no_fault()
    lea.page.locator(f"[name=which][value='{reference}']").check(force=True)
    lea.press("Ajouter cette mesure").finds_no_fault()
    nadia.go(address).reads("c'est un point d'appui")
    nadia.click(re.compile("Répondre par écrit")).reads("Nous au travail, édition 3")

    # Without script, and taken back: the city is left as it was.
    plain = person("admin", PHONE, js=False).sign_in(f"{address.replace('barometres', 'atelier/barometres')}")
    plain.click("Trois personnes sur quatre").click("Détacher", "button").press("Retirer ce constat")
    plain.reads("Ce constat est retiré")
