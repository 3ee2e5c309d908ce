"""Somebody with neither e-mail nor telephone: a sheet printed, filled by hand, typed, read again, answered, read by code."""

import re

import pypdf
import pytest

from tests.browser.fixtures import DESKTOP, PHONE

from .city import path_of, rows
from .conftest import loose, plain

pytestmark = pytest.mark.browser

BODY = "Le portail du fond reste ouvert la nuit. Une chaîne ou un minuteur éviterait que l'on revienne fermer."
TITLE = "Fermer le portail du fond la nuit"
ANSWER = (
    "Un minuteur ferme le portail du fond chaque soir à vingt et une heures depuis lundi. Si une équipe rentre plus "
    "tard, elle l'ouvre avec son badge. Dites à l'atelier s'il reste ouvert."
)


def printed(desk) -> tuple[str, str]:
    """Print one sheet for the Tanneurs and read it as its holder does: its number, and the code of the slip."""
    desk.go("/papier/imprimer/").choose("Mon idée").pick("Pour quel lieu", "Dépôt des Tanneurs")
    desk.write("Combien de feuilles", "1")
    with desk.page.expect_download() as waited:
        desk.page.get_by_role("button", name="Préparer les feuilles").click()
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(waited.value.path()).pages)
    number, code = re.search(r"Feuille (\w{6})\b", text), re.search(r"\b\w{4}-\w{4}-\w{5}\b", text)
    assert number and code, text[:1500]
    return number[1], code[0]


def test_an_idea_on_paper_is_answered_and_its_answer_read_by_code(person, served):
    malika = person("facilitation", DESKTOP).sign_in("/papier/")
    number, code = printed(malika)

    # The sheet comes back, filled by hand: protected, no name, no number.
    malika.go("/papier/").click("Saisir un lot").pick("D'où viennent les feuilles", "Dépôt des Tanneurs")
    malika.write("Combien de feuilles", "1").finds_no_fault().press("Ouvrir le lot")
    malika.write("Numéro de la feuille", number).finds_no_fault().press("Saisir cette feuille")
    malika.write("Qu'est-ce qui pourrait aller mieux, et comment", BODY).write("Un titre court", TITLE)
    malika.choose("Nom protégé").finds_no_fault().press("Garder, feuille suivante")
    malika.reads("C'est gardé").click("S'arrêter là").press("Demander la seconde lecture")
    assert sent(served) == []

    # Whoever typed it can't be the second reader; a colleague is, and only then is it sent.
    batch = path_of(malika.page)
    malika.finds_no_fault()
    assert malika.page.get_by_role("link", name=loose("Commencer la seconde lecture")).count() == 0
    second = person("tournees", DESKTOP).go(f"/connexion/?next={batch}")
    second.write("Identifiant, e-mail ou matricule", "tournees").write(
        "Mot de passe ou code personnel", "demo-terrain"
    )
    second.press("Se connecter").finds_no_fault().click("Commencer la seconde lecture")
    if second.page.get_by_label(loose("Un titre court")).input_value() == "":  # one sheet in twenty is typed again
        second.write("Qu'est-ce qui pourrait aller mieux, et comment", BODY).write("Un titre court", TITLE)
        second.choose("Nom protégé")
    second.finds_no_fault().press("C'est conforme : envoyer, feuille suivante")
    ((reference, mode, channel),) = sent(served)
    assert (mode, channel) == ("protected", "paper")

    # Answered at once: what exists already, countersigned.
    ines = person("moderation", DESKTOP).sign_in("/idees/atelier/to_screen/")
    ines.click(f"Accepter à la relecture : {TITLE}").press("Enregistrer").reads("c'est fait")
    malika.go("/idees/atelier/to_orient/").click(f"Orienter : {TITLE}")
    malika.pick("Quelle direction ou quel service répond", "Mécanique").choose("Déjà en place").press("Enregistrer")
    odile = person("correspondant", DESKTOP).sign_in("/idees/atelier/to_answer_now/")
    odile.click(f"Proposer une réponse : {TITLE}")
    odile.write("La réponse officielle", ANSWER).press("Enregistrer et passer à la suivante")
    sophie = person("decideur", DESKTOP).sign_in("/idees/atelier/to_countersign/")
    sophie.click(f"Relire et contresigner : {TITLE}").choose("J'ai lu la réponse")
    sophie.press("Enregistrer et passer à la suivante")

    # Read by the code, on anybody's telephone, without an account nor a script.
    reader = person("personne", PHONE, js=False).go("/suivre/")
    reader.write("Votre code secret", code.lower()).click(re.compile("Lire|Suivre|Voir"), "button")
    reader.reads(TITLE).reads(ANSWER).reads("Sophie Lantier").reads(reference)
    reader.click("Terminer", "button").go("/suivre/")
    assert TITLE not in plain(reader.page.content())
    assert [someone.heard for someone in (malika, second, ines, odile, sophie, reader)] == [[]] * 6


def sent(served) -> list[tuple]:
    """Reference, mode and channel of the idea once it is sent."""
    return rows(served, "SELECT reference, identity_mode, channel FROM ideas_idea WHERE title = ?", TITLE)
