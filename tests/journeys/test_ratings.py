"""A visitor rates in one tap, says more, reports a problem; the unit answers; the visitor reads. And: a suggestion."""

import re

import pytest

from tests.browser.fixtures import DESKTOP, PHONE

from .city import rated_point

pytestmark = pytest.mark.browser


def test_a_visitor_rates_and_reports_then_the_unit_answers(person, served):
    here = f"/noter/{rated_point(served, 'Mairie de quartier')}"
    visitor = person(None, PHONE).go(here).reads("Comment s’est passé votre passage").finds_no_fault()
    visitor.press("Bien")
    assert visitor.actions == 1
    visitor.reads("C’est enregistré, sans votre nom").finds_no_fault()
    visitor.choose("L’attente").write("Un mot à ajouter", "Deux guichets fermés à midi.").press("Envoyer")
    visitor.reads("C’est ajouté")
    assert {cookie["name"] for cookie in visitor.page.context.cookies()} == {"csrftoken"}

    visitor.click("Signaler un problème").finds_no_fault()
    visitor.write("Que s’est-il passé", "La porte automatique ne s’ouvre plus depuis lundi.")
    visitor.press("Envoyer mon signalement").finds_no_fault()
    code = re.search(r"\w{4}-\w{4}-\w{5}", visitor.page.locator("main").inner_text())[0]

    unit = person("admin", DESKTOP).sign_in("/qualite/atelier/signalements/?etat=open").finds_no_fault()
    unit.click("La porte automatique").finds_no_fault()
    unit.write("Votre réponse", "Le moteur était bloqué. Il est réparé depuis ce matin, et vérifié chaque lundi.")
    unit.press("Envoyer la réponse").reads("le contact laissé est effacé").finds_no_fault()

    visitor.go("/suivre/").write("code", code).page.locator("main form button[type=submit]").first.click()
    visitor.page.wait_for_load_state("load")
    visitor.reads("Le moteur était bloqué").finds_no_fault()
    assert visitor.heard == unit.heard == []


def test_a_suggestion_becomes_an_idea_and_everybody_reads_the_figures(person, served):
    here = f"/noter/{rated_point(served, 'Bus des')}"
    visitor = person(None, DESKTOP).go(f"{here}?lang=en&facile=1").reads("Was it good?").finds_no_fault()
    visitor.press("Yes").reads("We do not know your name").click("Suggest an improvement")
    visitor.write("What do you suggest", "A bench at each stop of the bus, out of the rain.").press(
        "Send my suggestion"
    )
    visitor.reads("It may become a public idea").finds_no_fault()

    correspondent = person("admin", PHONE).sign_in("/qualite/atelier/suggestions/?etat=new").finds_no_fault()
    correspondent.click("A bench at each stop").finds_no_fault().press("Créer une idée")
    correspondent.reads("sans son auteur").click("Voir l’idée").reads("A bench at each stop").finds_no_fault()

    visitor.go("/qualite/").reads("Comment on compte").finds_no_fault()
    visitor.click("Bus des démarches").reads("Moins de 11").finds_no_fault()
    assert visitor.heard == correspondent.heard == []
