"""A reform text: an agent on a phone, an organiser who answers and publishes, an editor of the dossier."""

import re

from tests.browser.fixtures import DESKTOP

from .city import reform_text


def test_an_agent_reads_what_changed_and_contributes(person, served):
    address = "/textes/" + reform_text(served, "Charte des plannings")
    agent = person("agent").sign_in(address)
    agent.reads("Article 1. Prévenir").finds_no_fault()
    agent.click("Voir ce qui a changé, et pourquoi").reads("Repris de 38 contributions").finds_no_fault()
    agent.go(address).page.locator("#article-" + key_of(agent, "Article 4")).get_by_role("link").first.click()
    agent.press("Envoyer ma contribution").reads("Dites ce que vous voulez faire de cet article")
    # The page of errors is looked at with the other screens: a 422 is heard by the console.
    agent.heard.clear()
    agent.choose("Je pose une question").write("Vos mots", "Qui tient le décompte des nuits ?")
    agent.press("Envoyer ma contribution").reads("Votre contribution est envoyée").finds_no_fault()
    agent.click("Retirer").reads("Retirer ma contribution ?").finds_no_fault()
    agent.press("Retirer").reads("Votre contribution est retirée")


def test_an_agent_contributes_without_script(person, served):
    address = "/textes/" + reform_text(served, "Charte des plannings")
    agent = person("agent", js=False).sign_in(address)
    agent.page.locator("#article-" + key_of(agent, "Article 4")).get_by_role("link").first.click()
    agent.choose("Je pose une question").write("Vos mots", "Qui tient le décompte des week-ends ?")
    agent.press("Envoyer ma contribution").reads("Votre contribution est envoyée")


def key_of(agent, title: str) -> str:
    found = agent.page.locator("li[id^=article-]", has_text=title).first.get_attribute("id")
    return found.removeprefix("article-")


def test_an_organiser_answers_everybody_then_publishes(person, served):
    address = "/textes/atelier/" + reform_text(served, "Règle de prêt")
    lea = person("admin", shape=DESKTOP).sign_in(address)
    lea.reads("4 contributions attendent leur suite").finds_no_fault()
    lea.click("Publier").reads("Elle ne peut pas encore être publiée").finds_no_fault()
    lea.go(address + "contributions/suite/?tout=1&genre=amend").choose("Reprise en partie")
    lea.page.locator("input[name=spans]").first.check()
    lea.write("Ce qu'elles ont en commun", "Réserver plus simplement").finds_no_fault()
    lea.press("Écrire la suite").reads("2 suites sont écrites")
    lea.go(address + "contributions/suite/?tout=1&suite=attente").choose("Répondue")
    lea.write("Ce que la personne lira", "Merci. La règle le prévoit.")
    lea.write("Ce qu'elles ont en commun", "Questions").press("Écrire la suite")
    lea.go(address + "changements/").finds_no_fault()
    while lea.page.get_by_role("button", name=re.compile("^C.est de la rédaction")).count():
        lea.page.get_by_role("button", name=re.compile("^C.est de la rédaction")).first.click()
    lea.go(address + "publier/").finds_no_fault().press("Publier")
    lea.reads("La version 2 est publiée").finds_no_fault()


def test_an_editor_sees_the_text_beside_the_questionnaire_of_its_dossier(person, served):
    editor = person("edition", shape=DESKTOP).sign_in("/consultations/plannings/")
    editor.reads("Charte des plannings").finds_no_fault()
    editor.page.locator("#activites").wait_for()
    editor.page.get_by_role("link", name="Charte des plannings", exact=True).first.click()
    editor.reads("Version 2").finds_no_fault()
