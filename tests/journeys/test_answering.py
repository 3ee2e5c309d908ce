"""Answering in secret from a phone; a resident without an account, from a phone without script to a library's computer."""

import re

from tests.browser.fixtures import DESKTOP

from .city import questionnaire


def test_secret_answers_are_sent_once_and_the_page_says_what_is_known(person, served):
    agent = person("agent").sign_in("/questionnaires/" + questionnaire(served, "Se parler"))
    agent.reads("jamais ce que vous avez répondu").finds_no_fault()

    agent.press("Commencer").choose("Plutôt non").press("Continuer")
    agent.choose("Jamais").press("Continuer")
    agent.write("Qu'est-ce qui vous aiderait à en parler ?", "Un moment prévu.").press("Continuer")
    agent.reads("ne peuvent plus être changées ni reprises").finds_no_fault()
    agent.page.locator("main details summary").first.click()
    agent.reads("Nous ne savons pas quelles réponses sont les vôtres").press("Envoyer mes réponses")

    agent.reads("Vos réponses sont envoyées").finds_no_fault()
    agent.go("/questionnaires/" + questionnaire(served, "Se parler")).reads("Vous avez répondu")
    assert agent.page.get_by_role("button", name="Commencer").count() == 0


def test_a_resident_begins_on_a_phone_without_script_and_ends_at_the_library(person, served):
    address = "/questionnaires/" + questionnaire(served, "Où et quand")
    phone = person(None, js=False).go(address)
    phone.press("Commencer").choose("Le samedi")
    code = re.search(r"[A-Z]+ \d\d [A-Z]+", phone.page.locator("main strong[translate=no]").inner_text())[0]
    phone.press("Continuer")

    library = person(None, shape=DESKTOP).go(address)
    library.click("J'ai un code").write("Votre code", code.lower()).press("Reprendre")
    library.reads("Pour quelles démarches").choose("Logement").press("Continuer")
    library.finds_no_fault().press("Continuer")
    library.reads("Le samedi").finds_no_fault().press("Envoyer mes réponses")
    library.reads("rien ne mène d’elles à vous").finds_no_fault()

    phone.press("Continuer").reads("envoyées ou effacées entre-temps")
    phone.go(address)
    assert phone.page.get_by_role("button", name="Commencer").count() == 1, "sent elsewhere: nothing is left here"


def test_at_any_question_a_dead_network_and_a_closed_browser_lose_the_field_being_typed_alone(person, served):
    """At each question: typed, the network cut, the browser closed; another one goes on at the same question."""
    address = "/questionnaires/" + questionnaire(served, "Mieux prévoir nos plannings")
    answers = (
        ("Une à deux semaines", lambda who: who.choose("Une à deux semaines")),
        ("4", lambda who: who.page.locator("[name=answer][value='4']").check()),
        ("Les transports", lambda who: who.choose("Les transports")),
        ("Le partage des week-ends", ranked),
        (
            "La feuille était affichée.",
            lambda who: who.page.locator("[name=answer]").fill("La feuille était affichée."),
        ),
    )
    for number, (_words, give) in enumerate(answers, start=1):
        broken = person("instructeur").sign_in(address)
        resumed(broken) if number > 1 else broken.press("Commencer")
        broken.reads(f"Question {number} sur")
        give(broken)
        broken.page.context.set_offline(True)
        broken.page.get_by_role("button", name="Continuer").click()
        broken.page.wait_for_url(re.compile("chrome-error|repondre"))
        broken.page.context.close()

        again = resumed(person("instructeur").sign_in(address)).reads(f"Question {number} sur")
        assert again.page.locator("main input:checked").count() == 0, "what was cut off wasn't kept"
        give(again)
        again.press("Continuer")
        again.page.context.close()
    last = resumed(person("instructeur").sign_in(address))
    for words, _give in answers:
        last.reads(words)
    last.finds_no_fault()


def resumed(who):
    """Another browser finds what was begun once the relay has filed it, some seconds later."""
    return who.reload_until("Vous aviez commencé", seconds=60).press("Reprendre")


def ranked(who):
    for place, choice in enumerate(("c3", "c1", "c2", "c4"), start=1):
        who.page.locator(f"[name=place_{choice}]").select_option(str(place))
