"""An organiser's whole way: a questionnaire written, tried, published, revised, typed from paper, closed, read."""

import re

import pytest

from tests.browser.fixtures import DESKTOP

from .city import path_of, questionnaire, rows, value
from .paper_desk import looked_at, printed_sheet, typed_back

pytestmark = pytest.mark.browser

TITLE = "Les bancs du dépôt des Tanneurs"
BEFORE, AFTER = "Faut-il des bancs devant le dépôt ?", "Faut-il des bancs à l’ombre, devant le dépôt ?"
BY_VERSION = (
    "SELECT r.number, count(*) FROM questionnaires_answerset s JOIN questionnaires_questionnairerevision r "
    "ON r.id = s.revision_id JOIN questionnaires_questionnaire q ON q.id = r.questionnaire_id "
    "WHERE q.title = ? GROUP BY r.number"
)


def write_questions(lea):
    """From the empty workshop to two questions that can be tried."""
    lea.click("Nouveau questionnaire").finds_no_fault()
    space = value(lea.served, "SELECT space_id FROM questionnaires_questionnaire WHERE title LIKE 'Mieux prévoir%'")
    lea.page.get_by_label("Espace", exact=True).select_option(str(space))
    lea.write("Titre", TITLE).write("Durée en minutes", "2").press("Passer aux questions")
    lea.click("Choix unique").write("Question", BEFORE).write("Choix", "Oui\nNon\nJe ne sais pas")
    lea.choose("Une réponse est nécessaire").finds_no_fault().press("Enregistrer la question")
    lea.click("Texte court").write("Question", "Pourquoi ?").press("Enregistrer la question")
    return lea.finds_no_fault()


def answer(who, address, choice, words):
    """Through the questions to the receipt."""
    who.go(address).reads("2 questions").press("Commencer").choose(choice).press("Continuer")
    who.write("Pourquoi ?", words).press("Continuer")
    who.press("Envoyer mes réponses").reads("Vos réponses sont envoyées")


COLLEAGUES = """
import uuid
from src.directory.models import User
from src.questionnaires import services
from src.questionnaires.models import Questionnaire
made = Questionnaire.objects.for_pages().get(title={title!r})
people = User.objects.filter(is_active=True, affectations__unit__path__startswith="/1/").distinct().order_by("-pk")
for person in people[{first}:{first} + 12]:
    services.send_answers(actor=person, questionnaire=made, revision=made.revision, answers={{"q1": "c1"}},
                          identity_mode="protected", token=uuid.uuid4())
"""


def test_from_the_first_word_to_the_results(person, served):
    lea = write_questions(person("admin", DESKTOP).sign_in("/questionnaires/atelier/"))
    build = path_of(lea.page)
    address = "/questionnaires/" + questionnaire(served, TITLE)

    # Tried by its organiser: nothing of it is counted, and nobody else sees it.
    lea.press("Essayer").reads("Essai : rien n'est compté").finds_no_fault()
    lea.choose("Oui").press("Continuer").press("Continuer").finds_no_fault().press("Terminer l'essai")
    lea.reads("rien n'est compté")
    assert rows(served, BY_VERSION, TITLE) == []
    agent = person("agent").sign_in("/")
    assert agent.page.goto(served.url + address).status == 404
    agent.heard.clear()

    lea.go(build).click("Publier").finds_no_fault().press("Publier ces questions")
    answer(agent, address, "Oui", "Pour se reposer.")
    # On paper, with the first version; typed back once the second one is published.
    malika = person("facilitation", DESKTOP).sign_in("/papier/")
    number, text = printed_sheet(malika, TITLE)
    assert "bancs" in text

    served.manage("shell", "-c", COLLEAGUES.format(title=TITLE, first=0))

    lea.go(build).press("Modifier les questions").reads("en cours d'écriture")
    lea.click(re.compile("^Modifier.*bancs")).write("Question", AFTER).press("Enregistrer la question")
    lea.click("Publier").press("Publier ces questions").reads("Version 2")
    answer(person("instructeur").sign_in("/"), address, "Non", "Il n'y a pas la place.")

    def fill(who):
        who.page.locator("[name=q1-answer]").nth(0).check()
        who.page.locator("[name=q2-answer]").fill("Mes jambes fatiguent.")
        return who

    batch = typed_back(malika, number, fill)
    looked_at(person("tournees", DESKTOP), batch, fill)
    served.manage("shell", "-c", COLLEAGUES.format(title=TITLE, first=12))
    # The sheet printed before and the answers sent before stay with the questions they answered.
    assert dict(rows(served, BY_VERSION, TITLE)) == {1: 14, 2: 13}
    agent.go(address).press("Modifier mes réponses").reads(BEFORE)
    assert AFTER not in agent.page.locator("main").inner_text()

    lea.go(build).click("Fermer définitivement").finds_no_fault().press("Fermer et montrer les résultats")
    lea.reads("27 personnes").reads("Telle qu'elle était écrite dans la version 1").finds_no_fault()
    agent.go(address).click("Lire les résultats").reads(BEFORE).reads(AFTER).finds_no_fault()
