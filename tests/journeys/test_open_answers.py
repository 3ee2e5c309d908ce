"""Open answers in the served demo city: read with the keyboard by an organiser, and a figure opened by an agent."""

import re

import pytest

from tests.browser.fixtures import DESKTOP, PHONE

from .city import questionnaire

pytestmark = pytest.mark.browser


def test_an_answer_is_read_by_keyboard_and_a_figure_opens_its_answers(person, served):
    reference = questionnaire(served, "Nous au travail")
    reader = person("admin", DESKTOP).sign_in(f"/questionnaires/atelier/{reference}lecture/")
    reader.finds_no_fault().click("Thèmes et lecture").finds_no_fault()
    left = int(re.search(r"(\d+) réponses lues sur 101", reader.page.locator("main").inner_text())[1])
    reader.click("Lire les réponses", exact=True).finds_no_fault()
    first = reader.page.url

    # A number ticks its theme, none unticks it, and the keyboard alone goes on to the next one.
    reader.page.get_by_role("checkbox").first.focus()
    reader.page.keyboard.press("2")
    assert reader.page.locator("input[name=themes]:checked").count() == 1
    reader.page.keyboard.press("0")
    assert reader.page.locator("input[name=themes]:checked").count() == 0
    reader.page.keyboard.press("1")
    with reader.page.expect_navigation():
        reader.page.keyboard.press("Control+Enter")
    reader.finds_no_fault()
    assert reader.page.url != first
    reader.reads(f"{left + 1} réponses lues sur 101")
    reader.click("Thèmes").press("Annuler mon dernier geste").reads("1 réponse est revenue comme avant")

    # On a telephone, an agent reads the synthesis, and what is behind a figure: no name, no date, no author.
    nadia = person("agent", PHONE).sign_in(f"/questionnaires/{reference}")
    nadia.click("Lire la synthèse").finds_no_fault()
    nadia.click(re.compile("parlent de « Être entendu »".replace(" ", r"\s"))).finds_no_fault()
    nadia.reads("Réponses derrière ce chiffre").reads("c'est la seule qui fait remonter nos demandes")
    assert "Malika" not in nadia.page.locator("main").inner_text()
