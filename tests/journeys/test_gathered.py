"""A questionnaire answered otherwise than on the web: a sheet printed, typed back and looked at; a file brought in."""

import pytest

from tests.browser.fixtures import DESKTOP

from .city import rows
from .conftest import loose
from .paper_desk import looked_at, printed_sheet, typed_back

pytestmark = pytest.mark.browser

TITLE = "Mieux prévoir nos plannings"
WORDS = "En mai, le tableau était prêt trois semaines avant les ponts."
COUNT = (
    "SELECT s.channel, count(*) AS n FROM questionnaires_answerset s JOIN questionnaires_questionnaire q "
    "ON q.id = s.questionnaire_id WHERE q.title = ? GROUP BY s.channel"
)


def by_channel(served) -> dict:
    return dict(rows(served, COUNT, TITLE))


def fill(person):
    """What the sheet says: one box by its number on the keyboard, a ranking, a text."""
    page = person.page
    page.locator("[name=q1-answer]").first.focus()
    page.keyboard.press("2")
    page.locator("[name=q2-answer]").nth(1).check()
    for place, choice in enumerate(("c2", "c1", "c4", "c3"), start=1):
        page.locator(f"[name=q4-place_{choice}]").select_option(str(place))
    page.locator("[name=q5-answer]").fill(WORDS)
    return person


def test_a_sheet_comes_back_and_counts_with_the_others(person, served):
    before = by_channel(served)
    malika = person("facilitation", DESKTOP).sign_in("/papier/")
    number, text = printed_sheet(malika, TITLE)
    assert "N’écrivez pas votre nom" in text
    batch = typed_back(malika, number, fill)
    looked_at(person("tournees", DESKTOP), batch, fill)

    assert by_channel(served) == before | {"paper": before["paper"] + 1}
    malika.go(batch).reads("À détruire avant").finds_no_fault()
    malika.press("J'ai détruit ces feuilles").reads("Détruites le")


def test_a_file_of_elsewhere_is_brought_in_and_taken_away(person, served):
    before = by_channel(served)
    lea = person("admin", DESKTOP).sign_in("/questionnaires/atelier/")
    lea.click(TITLE).click("Réponses recueillies ailleurs").finds_no_fault()
    lea.click("Continuer").finds_no_fault()
    lists = lea.page.locator("main select")
    lists.nth(2).select_option("q2")
    lea.press("Passer aux réponses").finds_no_fault()
    for place, answer in ((2, "c4"), (3, "c1")):
        lea.page.locator("main select").nth(place).select_option(answer)
    lea.press("Essayer sans rien écrire").finds_no_fault().reads("13 réponses seraient versées")
    assert by_channel(served) == before
    lea.press("Verser ces réponses").reads("13 réponses sont versées")
    assert by_channel(served) == before | {"import": before["import"] + 13}

    lea.page.get_by_role("link", name=loose("Retirer ces réponses")).first.click()
    lea.press("Retirer ces réponses").reads("13 réponses sont retirées")
    assert by_channel(served) == before
