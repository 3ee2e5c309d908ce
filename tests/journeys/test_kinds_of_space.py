"""Each kind of space run to its end by its people, from its template, in a real browser: a screen and a refusal of its own."""

import re
from datetime import date, timedelta

import pytest

from tests.browser.fixtures import DESKTOP

from .city import path_of, value

pytestmark = pytest.mark.browser

YES = (
    "Oui. Un chariot dont le plateau monte et descend est acheté pour l'équipe, qui le choisit elle-même au magasin. "
    "Nous en parlons avec les autres équipes dans six mois, avec ce qui n'aura pas marché."
)
NO = (
    "Non, pas cette fois : une autre proposition sert à plus de monde avec les mêmes moyens. Votre étude est gardée, "
    "et nous la reprendrons si la situation change. Merci du temps que vous y avez passé."
)
CART = "Un chariot dont le plateau monte et descend"
CART_BODY = "Les sacs se soulèvent du sol trente fois par matin. Avec un plateau qui monte, le dos resterait droit."
BENCH = "Un banc réglable dans les vestiaires du soir"
BENCH_BODY = (
    "Pour lacer ses chaussures de sécurité il faut se plier en deux. Un banc réglable coûterait peu et durerait."
)


def opened(admin, kind, name, **numbers):
    """A space set up from its template and open; its short name."""
    admin.sign_in(f"/gestion/espaces/boites/modeles/{kind}/")
    admin.page.locator("#id_name").fill(name)
    admin.page.locator("#id_steering_unit").select_option(label="Ressources internes")
    for field, told in numbers.items():
        admin.page.locator(f"#id_{field}").fill(str(told))
    admin.press("Relire").press("Créer et ouvrir")
    return value(admin.served, "SELECT slug FROM participation_space WHERE name = ?", name)


def proposed(somebody, box, title, body, identity="Avec mon nom"):
    """Sent to that space; the address of the idea."""
    somebody.sign_in(f"/idees/deposer/?boite={box}")
    somebody.write("Qu'est-ce qui pourrait aller mieux, et comment", body).write("Un titre court", title)
    somebody.choose(identity).press("Envoyer mon idée")
    if somebody.page.get_by_role("heading", name=re.compile("dit-elle la même chose")).count():
        somebody.press("Envoyer quand même mon idée")
    somebody.reads("porte la référence")
    return path_of(somebody.page).removesuffix("recue/")


def refused(somebody, address, words):
    """What the page says to who mayn't; the browser tells the refusal too."""
    somebody.go(address).reads(words)
    somebody.heard.clear()
    return somebody


def yes(somebody, address, step):
    """A complete yes, written and not sent yet."""
    somebody.go(f"{address}etape/{step}/").choose("Oui").write("La réponse officielle", YES)
    somebody.write("Qui le fera", "Bâtiments").write("Première étape", "Choix du modèle avec l'équipe")
    return somebody.write("Date de la première étape", (date.today() + timedelta(days=30)).isoformat())


def prepared(decider, address):
    return yes(decider, address, "decide_selected").press("Préparer sans annoncer").reads("est préparée")


def test_the_permanent_box_answers_one_idea_after_the_other(person, served):
    """The refusal of its own: a project isn't answered by one person alone, and a protected author's line neither."""
    box = opened(person("admin", DESKTOP), "permanent-box", "Mieux finir la journée")
    paul = person("agent2")
    address = proposed(paul, box, BENCH, BENCH_BODY, "Nom protégé")
    person("moderation", DESKTOP).sign_in(f"{address}etape/screen/").press("Accepter à la relecture").reads(
        "c'est fait"
    )
    malika = person("facilitation", DESKTOP).sign_in(f"{address}etape/orient/")
    malika.pick("Quelle direction ou quel service répond", "Mécanique").choose("Projet à étudier")
    malika.finds_no_fault().press("Orienter")

    karim = person("instructeur", DESKTOP).sign_in("/")
    refused(karim, f"{address}etape/fast_answer/", "elle est étudiée avant de recevoir une réponse")
    odile = person("correspondant", DESKTOP).sign_in(f"{address}etape/reorient/")
    odile.choose("Réglable vite").press("Corriger l'orientation")
    yes(karim, address, "fast_answer").press("Proposer une réponse").reads("c'est fait")
    refused(karim, f"{address}etape/countersign_accepted/", "ne vous revient pas")
    sophie = person("decideur", DESKTOP).sign_in(f"{address}etape/countersign_accepted/")
    sophie.reads(YES[:60]).choose("J'ai lu la réponse").finds_no_fault().press("Relire et contresigner")

    paul.go(address).reads(YES[:60]).reads("Sophie Lantier").finds_no_fault()


def test_a_choice_announces_exactly_as_many_as_were_told(person, served):
    """The refusal of its own: two for one, or one without the answer to the other, can't be announced."""
    box = opened(person("admin", DESKTOP), "choose-together", "Moins se baisser", chosen_count=1)
    nadia, paul = person("agent"), person("agent2")
    first, second = proposed(nadia, box, CART, CART_BODY), proposed(paul, box, BENCH, BENCH_BODY)
    ines, malika = person("moderation", DESKTOP).sign_in(), person("facilitation", DESKTOP).sign_in()
    for address in (first, second):
        ines.go(f"{address}etape/screen/").press("Accepter à la relecture")
        malika.go(f"{address}etape/shortlist/").press("Retenir pour l'étude")
        malika.go(f"{address}etape/start_study/")
        for number in (0, 1):
            malika.page.locator("input[name=assessors]").nth(number).check()
        malika.press("Commencer l'étude").go(f"{address}etape/close_study/")
        malika.write("Pourquoi avancer sans", "Avis donnés en réunion, le 12.").press("Terminer l'étude")

    jeanne = person("decideur2", DESKTOP).sign_in()
    prepared(jeanne, first)
    choice = f"/idees/atelier/choix/{box}/"
    jeanne.go(choice).reads("1 choisie sur 1").finds_no_fault().press("Relire et annoncer")
    jeanne.reads("n'a pas de réponse dans cette annonce : toutes reçoivent la leur ensemble")
    jeanne.heard.clear()
    prepared(jeanne, second)
    jeanne.go(choice).press("Relire et annoncer").reads("le choix en demande 1 : il y en a 1 de trop")
    jeanne.heard.clear()
    jeanne.go(f"{second}etape/decide_selected/").choose("Non").write("La réponse officielle", NO)
    jeanne.pick("Motif", "priorite").write("Ce qui pourrait changer la réponse", "La réfection des vestiaires.")
    jeanne.press("Préparer sans annoncer")
    nadia.go(first)
    assert YES[:40] not in nadia.page.locator("main").inner_text()
    jeanne.go(choice).press("Relire et annoncer").reads(NO[:40]).finds_no_fault().press("Annoncer")

    nadia.reload_until("Décidée : choisie").reads(YES[:60]).finds_no_fault()
    paul.go(second).reads("Décidée : non").reads("La réfection des vestiaires").finds_no_fault()


def test_a_jury_scores_where_it_has_no_interest_and_the_laureates_are_announced_together(person, served):
    """The refusal of its own: whoever works with the author, or says they have an interest, doesn't score."""
    team = "agent\nmentor\nformation"
    box = opened(person("admin", DESKTOP), "jury-call", "Porter sans se faire mal", chosen_count=1, team=team)
    didier, paul = person("encadrement"), person("agent2")
    first, second = proposed(didier, box, CART, CART_BODY), proposed(paul, box, BENCH, BENCH_BODY)
    ines, malika = person("moderation", DESKTOP).sign_in(), person("facilitation", DESKTOP).sign_in()
    for address in (first, second):
        ines.go(f"{address}etape/screen/").press("Accepter à la relecture")
        malika.go(f"{address}etape/shortlist/").press("Retenir pour le jury")
        malika.go(f"{address}etape/convene_jury/").press("Présenter au jury")

    # Nadia works at Didier's depot: found by the City. Léna says it herself, and it stays.
    nadia = person("agent").sign_in()
    refused(nadia, f"{first}evaluer/", "La règle des conflits d'intérêts vous écarte").go(
        f"{second}evaluer/"
    ).finds_no_fault()
    lena, aicha = person("mentor", DESKTOP).sign_in(f"{first}evaluer/"), person("formation", DESKTOP)
    lena.press("J'ai un conflit d'intérêts").reads("vous ne notez pas cette idée")
    refused(lena, f"{first}evaluer/", "La règle des conflits d'intérêts vous écarte")
    aicha.sign_in(f"{first}evaluer/")
    for juror, address, score in ((aicha, first, "4"), (nadia, second, "2")):
        juror.go(f"{address}evaluer/").pick("Faisabilité", score).write("Ce que vous en pensez", "Simple et utile.")
        juror.press("Donner mon évaluation").reads("évaluation donnée")
    malika.go(f"{first}etape/close_study/").press("Clore les notes du jury").reads("Des évaluations manquent")
    malika.heard.clear()
    for address in (first, second):
        malika.go(f"{address}etape/close_study/").write("Pourquoi avancer sans", "Le jury s'est réuni le 12.")
        malika.press("Clore les notes du jury").reads("c'est fait")

    jeanne = person("decideur2", DESKTOP).sign_in()
    prepared(jeanne, first)
    choice = f"/idees/atelier/choix/{box}/"
    jeanne.go(choice).reads("4 sur 4").choose(BENCH).write("La réponse officielle", NO).pick("Motif", "priorite")
    jeanne.write("Ce qui pourrait changer la réponse", "La réfection des vestiaires.")
    jeanne.page.get_by_role("button", name="Préparer sans annoncer").click()
    jeanne.press("Relire et annoncer").finds_no_fault().press("Annoncer")

    didier.go(first).reload_until("lauréate").reads(YES[:60]).finds_no_fault()
    paul.go(second).reads(NO[:40]).finds_no_fault()


def test_a_cohort_gives_a_direction_no_more_seats_than_were_told(person, served):
    """The refusal of its own: two of the same direction for its one seat; one leaves, and the yes can be given."""
    box = opened(person("admin", DESKTOP), "cohort", "Le Passage", cohort_seats=3, direction_seats=1)
    nadia = (
        person("agent").sign_in(f"/idees/cohortes/{box}/").reads("1 place au plus par direction").click("Candidater")
    )
    nadia.write("Votre projet", CART_BODY).write("Un titre court", CART).write(
        "Qui candidate avec vous", "encadrement"
    )
    nadia.choose("Je souhaite participer").press("Envoyer ma candidature").reads("reçue")
    address = path_of(nadia.page).removesuffix("recue/")
    didier = person("encadrement").sign_in(f"{address}equipe/").press("Oui, je participe")
    malika = person("facilitation", DESKTOP).sign_in(f"{address}equipe/")
    for name in ("Nadia", "Didier"):
        row = malika.page.locator("li.card", has_text=name)
        row.get_by_label(re.compile("Temps libéré à partir du")).fill(date.today().isoformat())
        row.get_by_role("button", name=re.compile("Enregistrer ce jour")).click()
        malika.page.wait_for_load_state("load")
    person("moderation", DESKTOP).sign_in(f"{address}etape/screen/").press("Accepter à la relecture")
    malika.go(f"{address}etape/shortlist/").press("Retenir pour l'étude")
    malika.go(f"{address}etape/start_study/")
    for number in (0, 1):
        malika.page.locator("input[name=assessors]").nth(number).check()
    malika.press("Commencer l'étude").reads("c'est fait").go(f"{address}etape/close_study/")
    malika.write("Pourquoi avancer sans", "Avis donnés en réunion, le 12.").press("Terminer l'étude")

    jeanne = person("decideur2", DESKTOP).sign_in(f"{address}etape/decide_cohort/")
    jeanne.choose("Oui").write("La réponse officielle", YES).press("Relire et annoncer")
    jeanne.reads("Propreté et ressources a déjà sa place dans cette cohorte")
    assert jeanne.page.get_by_label("La réponse officielle").input_value() == YES
    jeanne.heard.clear()
    didier.go(f"{address}equipe/").press("Quitter cette candidature").finds_no_fault()
    jeanne.press("Relire et annoncer").reads(YES[:60]).press("Annoncer")

    nadia.go(f"/idees/cohortes/{box}/").reads("2 places libres sur 3").reads(CART).finds_no_fault()
