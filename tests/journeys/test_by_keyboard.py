"""The author, the instructor, the organiser and the elected official at 360 px, by the keyboard alone: no pointer is used."""

import re

import pytest

from .city import rows
from .conftest import plain

pytestmark = pytest.mark.browser

# What a screen reader would say of the element that has the focus, nearly.
FOCUSED = """() => {
  const found = document.activeElement;
  const labels = [...(found.labels || [])].map((label) => label.innerText).join(' ');
  return found.getAttribute('aria-label') || labels || found.innerText || found.value || '';
}"""
STOPS_AT_MOST = 160


def stop_at(who, words):
    """Tab from stop to stop until the one that says these words."""
    said = []
    for _stop in range(STOPS_AT_MOST):
        who.page.keyboard.press("Tab")
        said.append(plain(who.page.evaluate(FOCUSED)).strip())
        if plain(words) in said[-1]:
            return who
    raise AssertionError(f"Tab never stops at “{words}”: {said}")


def follow(who, words):
    """A link or a button, by Enter."""
    stop_at(who, words)
    with who.page.expect_navigation():
        who.page.keyboard.press("Enter")
    return who


def type_in(who, label, text):
    stop_at(who, label)
    who.page.keyboard.type(text)
    return who


def among(who, first, wanted):
    """One of a group of choices: Tab enters it, arrows go through it."""
    stop_at(who, first)
    who.page.keyboard.press("Space")
    for _arrow in range(12):
        if plain(wanted) in plain(who.page.evaluate(FOCUSED)):
            return who
        who.page.keyboard.press("ArrowDown")
    raise AssertionError(f"Arrows never reach “{wanted}”.")


def test_an_author_sends_an_idea(person):
    nadia = follow(person("agent").sign_in("/"), "Déposer une idée")
    nadia.finds_no_fault()
    type_in(nadia, "Qu'est-ce qui pourrait aller mieux", "Le robinet du local du soir goutte sur les gants posés.")
    type_in(nadia, "Un titre court", "")
    nadia.page.keyboard.press("Control+a")
    nadia.page.keyboard.type("Un robinet qui goutte au local du soir")
    among(nadia, "Avec mon nom", "Au nom de mon équipe")
    follow(nadia, "Envoyer mon idée")
    if nadia.page.get_by_role("heading", name=re.compile("dit-elle la même chose")).count():
        follow(nadia, "Envoyer quand même mon idée")
    nadia.reads("porte la référence").finds_no_fault()


def test_an_instructor_gives_an_assessment(person, served):
    asked = (
        "SELECT i.reference FROM ideas_assessorseat s JOIN ideas_idea i ON i.id = s.idea_id JOIN directory_user u "
        "ON u.id = s.user_id LEFT JOIN ideas_assessment a ON a.seat_id = s.id "
        "WHERE u.username = ? AND a.id IS NULL AND NOT s.is_declined AND i.stage_kind = 'in_review' ORDER BY i.id"
    )
    ((reference,), *_others) = rows(served, asked, "instructeur2")
    fatou = person("instructeur2").sign_in(f"/idees/{reference}/")
    follow(fatou, "Évaluer").finds_no_fault()
    stop_at(fatou, "Faisabilité")
    fatou.page.keyboard.type("4")
    follow(fatou, "Donner mon évaluation").reads("Écrivez ce que vous en pensez")
    assert fatou.page.get_by_label(re.compile("Faisabilité")).input_value() == "4"
    fatou.heard.clear()
    type_in(fatou, "Ce que vous en pensez", "Simple : il suffit d'avancer la commande.")
    follow(fatou, "Donner mon évaluation").reads("Fatou D. (vous) : évaluation donnée").finds_no_fault()


def test_an_organiser_changes_the_calendar_of_a_cohort(person):
    lea = person("facilitation").sign_in("/idees/cohortes/escale/")
    follow(lea, "Animer la cohorte").finds_no_fault()
    field = lea.page.locator("main form.flow textarea").first
    before = field.input_value()
    stop_at(lea, plain(lea.page.locator("main form.flow label").first.inner_text()))
    follow(lea, "Enregistrer ce calendrier").finds_no_fault()
    lea.go("/idees/cohortes/escale/organiser/")
    assert lea.page.locator("main form.flow textarea").first.input_value() == before


def test_an_elected_official_signs_a_reply_without_reading_its_author(person):
    helene = person("elu").sign_in("/reponses/conseil/")
    helene.finds_no_fault()
    follow(helene, "Arroser la nuit").reads("minuteries").finds_no_fault()
    follow(helene, "Signer la réponse").reads("Cochez la case une fois la réponse lue")
    helene.heard.clear()
    stop_at(helene, "J'ai lu la réponse")
    helene.page.keyboard.press("Space")
    follow(helene, "Signer la réponse").finds_no_fault()
    assert "Élodie" not in helene.page.content() and "Barbier" not in helene.page.content()
