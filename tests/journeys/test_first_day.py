"""An idea's whole way in the served demo city: proposed from a telephone, studied, decided, answered. By visible words only."""

import datetime
import re

import pytest

from tests.browser.fixtures import DESKTOP, PHONE

from .conftest import plain

pytestmark = pytest.mark.browser

BODY = "Les gants d'hiver arrivent en mars. Les commander en juin, par taille, éviterait de travailler les mains nues."
TITLE = "Commander les gants d'hiver dès le mois de juin"
ANSWER = (
    "Deux dépôts commandent leurs gants en juin, par taille, avec les équipes. Nous comparerons les délais à ceux des "
    "autres dépôts. Si les gants arrivent avant octobre, tous les dépôts feront de même l'an prochain."
)
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
ALONE = "Un aspirateur à copeaux pour l'atelier : les éclats de métal restent au sol et percent les semelles."


def in_words(day: datetime.date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def thanks(reference: str, reader: str) -> str:
    """The receipt, word for word."""
    promised = in_words(datetime.date.today() + datetime.timedelta(days=60))
    return (
        f"Merci. Votre idée porte la référence {reference}. {reader} la lit. "
        f"Vous aurez une réponse écrite avant le {promised}, même si c'est non."
    )


def fields_asked(page) -> dict:
    """What the form asks of who proposes, seen as they see it."""
    form = page.locator("form.flow")
    return {
        "texts": sum(field.is_visible() for field in form.locator("textarea, input:not([type=radio]), select").all()),
        "choices": form.locator("fieldset:has(input[type=radio])").count(),
        "optional": form.get_by_text("(facultatif)").count(),
    }


def propose(author, body=BODY, title=TITLE):
    """From the home page to the receipt; gives the reference."""
    author.click("Déposer une idée")
    author.write("Qu'est-ce qui pourrait aller mieux, et comment", body)
    author.write("Un titre court", title)
    author.choose("Avec mon nom")
    author.press("Envoyer mon idée")
    if author.page.get_by_role("heading", name=re.compile("dit-elle la même chose")).count():
        author.press("Envoyer quand même mon idée")
    return re.search(r"/idees/([0-9A-Z]{6})/recue/", author.page.url)[1]


def test_an_idea_walks_from_a_telephone_to_a_signed_answer(person):
    """Seven people, one idea: what each meets, in order."""
    nadia = person("agent", PHONE).go("/")
    nadia.finds_no_fault().click("Se connecter")
    nadia.actions = 0
    nadia.finds_no_fault().click("Nadia Benali", "button")
    assert nadia.actions == 1
    nadia.reads("Bonjour Nadia").finds_no_fault()

    # One screen: two texts that are required, one choice.
    nadia.click("Déposer une idée").finds_no_fault()
    assert fields_asked(nadia.page) == {"texts": 2, "choices": 1, "optional": 0}
    nadia.go("/")
    reference = propose(nadia)
    nadia.reads(thanks(reference, "Propreté et ressources")).finds_no_fault()
    address = f"/idees/{reference}/"

    # Read again, then oriented.
    ines = person("moderation", DESKTOP).sign_in("/idees/atelier/")
    ines.finds_no_fault().click("À relire").finds_no_fault().click(f"Accepter à la relecture : {TITLE}")
    ines.finds_no_fault().press("Enregistrer").reads("c'est fait")

    odile = person("correspondant", DESKTOP).sign_in().finds_no_fault()
    odile.go("/idees/atelier/").click("À orienter").finds_no_fault().click(f"Orienter : {TITLE}")
    odile.pick("Quelle direction ou quel service répond", "Mécanique").choose("Projet à étudier")
    odile.finds_no_fault().press("Enregistrer").finds_no_fault()
    odile.click("Commencer l'étude").choose("Karim Diallo").choose("Fatou Diop")
    odile.finds_no_fault().press("Enregistrer")

    # Two assessments: one from the queue, one from the message.
    karim = person("instructeur", DESKTOP).sign_in("/idees/atelier/to_study/")
    karim.finds_no_fault().click(f"Évaluer : {TITLE}").finds_no_fault()
    karim.pick("Faisabilité", "4").write("Ce que vous en pensez", "Simple : il suffit d'avancer la commande.")
    karim.press("Enregistrer et passer à la suivante")
    fatou = person("instructeur2", PHONE).sign_in("/moi/messages/")
    fatou.reload_until(f"Une idée à évaluer : {TITLE}").finds_no_fault().click("Évaluer", "button").finds_no_fault()
    fatou.pick("Coût", "3").write("Ce que vous en pensez", "Le prix est le même, le magasin a la place.")
    fatou.press("Donner mon évaluation").reads("Karim D. : évaluation donnée").finds_no_fault()

    odile.go(address).click("Terminer l'étude").write("Réponse proposée", "Essayer dans deux dépôts.")
    odile.finds_no_fault().press("Terminer l'étude")

    # Prepared: nobody else reads it. Then announced.
    sophie = person("decideur", DESKTOP).sign_in("/idees/atelier/to_decide/").finds_no_fault()
    sophie.click(f"Répondre : {TITLE}").choose("Essai").write("La réponse officielle", ANSWER)
    sophie.write("Qui le fera", "Magasin central").write("Première étape", "Commande de juin dans deux dépôts")
    sophie.write("Date de la première étape", (datetime.date.today() + datetime.timedelta(days=60)).isoformat())
    sophie.finds_no_fault().press("Préparer sans annoncer").finds_no_fault()
    nadia.go(address)
    assert plain(ANSWER)[:40] not in plain(nadia.page.content())
    sophie.go("/idees/atelier/annonces/").choose(TITLE).finds_no_fault().press("Les relire")
    sophie.finds_no_fault().press("Annoncer")

    # The author is told, and reads the signed answer on top of the idea.
    nadia.go("/moi/messages/").reload_until("La Ville répond à votre idée : Essai").finds_no_fault()
    nadia.click(re.compile("Voir l.idée"), "button").reads("Oui, on essaie.").reads(ANSWER)
    nadia.reads("Sophie Lantier, cheffe du service technique").finds_no_fault()
    answer, way = nadia.page.locator(".answer").bounding_box(), nadia.page.locator("ol.path").bounding_box()
    assert answer["y"] < way["y"]
    people = (nadia, ines, odile, karim, fatou, sophie)
    assert [someone.heard for someone in people] == [[]] * len(people)


def test_the_same_proposal_without_a_script(person):
    """No JavaScript at all: the same words, the same receipt."""
    nadia = person("agent", PHONE, js=False).sign_in()

    reference = propose(nadia, ALONE, "Un aspirateur à copeaux pour l'atelier")

    nadia.reads(thanks(reference, "Propreté et ressources"))
    nadia.click("Voir mon idée").reads("Un aspirateur à copeaux pour l'atelier").reads(
        "Nadia B., conductrice de benne"
    )
    assert nadia.heard == []


def test_what_exists_already_is_answered_in_four_actions_and_countersigned(person, served):
    """The fast lane: open, write, save; then somebody else reads, ticks and signs."""
    title = "Une lampe au-dessus du tableau d'affichage"
    odile = person("correspondant", DESKTOP).sign_in("/idees/atelier/to_answer_now/")
    odile.click(title).click("Corriger l'orientation").choose("Déjà en place").press("Enregistrer")

    odile.go("/idees/atelier/to_answer_now/")
    odile.actions = 0
    odile.click(f"Proposer une réponse : {title}").finds_no_fault()
    assert odile.page.get_by_label("Déjà en place").is_checked()
    odile.write(
        "La réponse officielle",
        "Une lampe à détecteur est posée depuis lundi au-dessus du tableau. Elle s'allume dès que l'on approche. "
        "Dites au magasin si elle tombe en panne.",
    )
    odile.press("Enregistrer et passer à la suivante")
    assert odile.actions <= 4

    sophie = person("decideur", DESKTOP).sign_in("/idees/atelier/to_countersign/").finds_no_fault()
    sophie.actions = 0
    sophie.click(f"Relire et contresigner : {title}").finds_no_fault()
    sophie.choose("J'ai lu la réponse").press("Enregistrer et passer à la suivante")
    assert sophie.actions <= 4

    nadia = person("agent", PHONE).sign_in("/idees/miennes/")
    nadia.click(title).reads("Décidée : déjà en place").reads("C'est déjà là.").reads("Sophie Lantier")
    nadia.finds_no_fault()
