"""Sheets of a questionnaire at the paper desk: printed, typed back, looked at by a second person."""

import re

import pypdf

from .city import path_of

PLACE = "Dépôt des Tanneurs"


def printed_sheet(malika, title: str) -> tuple[str, str]:
    """Print one sheet of a questionnaire; its number and its words."""
    malika.go("/papier/imprimer/").choose(f"Questionnaire ({title})").pick("Pour quel lieu", PLACE)
    malika.write("Combien de feuilles", "1")
    with malika.page.expect_download() as waited:
        malika.page.get_by_role("button", name="Préparer les feuilles").click()
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(waited.value.path()).pages)
    number = re.search(r"Feuille (\w{6})\b", text)
    assert number, text[:1500]
    return number[1], text


def typed_back(malika, number: str, fill) -> str:
    """Type a sheet in a batch of its own and ask for the second look; the address of the batch."""
    malika.go("/papier/").click("Saisir un lot").pick("D'où viennent les feuilles", PLACE)
    malika.write("Combien de feuilles", "1").press("Ouvrir le lot")
    malika.write("Numéro de la feuille", number).press("Saisir cette feuille")
    fill(malika.finds_no_fault()).press("Garder, feuille suivante")
    malika.reads("C'est gardé").click("S'arrêter là").press("Demander la seconde lecture")
    return path_of(malika.page)


def looked_at(second, batch: str, fill) -> None:
    """The only sheet of a batch is typed again without seeing it, by a colleague who holds no card of the demo."""
    second.go(f"/connexion/?next={batch}").write("Identifiant, e-mail ou matricule", "tournees")
    second.write("Mot de passe ou code personnel", "demo-terrain")
    second.press("Se connecter").click("Commencer la seconde lecture")
    fill(second).finds_no_fault().press("C'est conforme : envoyer, feuille suivante")
