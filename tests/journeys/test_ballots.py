"""A vote from its preparation to the receipt found in the list: organisers and voters, by visible words alone."""

import re

import pytest

from tests.browser.fixtures import DESKTOP, PHONE

from .city import ballot, value

pytestmark = pytest.mark.browser

SECRET, SIMPLE = "Faut-il essayer la semaine en quatre jours ?", "Le modèle des chaussures de sécurité"
OPENED_BY_TWO = """
import nacl.public
from src.participation.ballots.models import Ballot, PairBox
from src.participation.ballots.services import closing, counting, demo_keys
from src.participation.ballots.static.ballots import urn_key
made = Ballot.objects.for_pages().get(title={title!r})
closing.close_ballot(ballot=made, at=made.closes_at)
made = Ballot.objects.for_pages().get(pk=made.pk)
outer, inner = made.key_holders.order_by("position")[:2]
first, second = (urn_key.key_in(demo_keys.file_of(one), demo_keys.PHRASE) for one in (outer, inner))
half = nacl.public.SealedBox(first).decrypt(bytes(PairBox.objects.get(ballot=made, outer=outer, inner=inner).box))
key = nacl.public.SealedBox(second).decrypt(half)
counting.count_secret(actor=inner.person, ballot=made, secret_key=key, at=made.closes_at)
"""


def refused(who, words):
    """A form that isn't taken says why; the browser notes its status, which is no fault."""
    who.reads(words).heard.clear()
    return who


def test_an_organiser_goes_from_nothing_to_an_opened_simple_vote(person, served):
    title = "Le nom de la salle de pause"
    admin = person("admin", DESKTOP).sign_in("/scrutins/atelier/").finds_no_fault()
    admin.click("Nouveau scrutin").finds_no_fault().press("Commencer")
    refused(admin, "Donnez-lui un titre")
    space = value(served, "SELECT id FROM participation_space WHERE slug = 'votes-des-equipes'")
    admin.choose("Vote simple").pick("Où", str(space)).write("Titre", title)
    admin.write("Question", "Quel nom lui donner ?").press("Commencer")
    admin.reads("Écrivez deux propositions au moins").finds_no_fault()

    admin.click("Écrire les propositions")
    for name in ("La Halte", "Le Quai", "Le Perron"):
        admin.write("Proposition", name).press("Ajouter la proposition")
    admin.page.get_by_role("button", name=re.compile("Monter.*Le Perron")).click()
    admin.reads("2. Le Perron").finds_no_fault()
    admin.click("Revenir au scrutin").click("Changer les règles")
    admin.page.get_by_label("Fin : heure").fill("03:00")
    refused(admin.press("Enregistrer les règles"), "Le moment possible le plus proche est")
    admin.page.get_by_label("Fin : heure").fill("17:00")
    admin.write("Quorum, en %", "20").press("Enregistrer les règles").reads("Quorum : 20 %")

    admin.reads("Il ne manque rien.").click("Ouvrir le scrutin").reads("figé par l'ouverture").finds_no_fault()
    admin.press("Ouvrir le scrutin").reads("On vote à partir du").finds_no_fault()
    agent = person("agent").sign_in("/scrutins/" + ballot(served, title))
    agent.reads("Ouvre bientôt").reads("Vous êtes sur la liste").finds_no_fault()


@pytest.mark.parametrize(("who", "shape"), [("agent", PHONE), ("instructeur", DESKTOP)])
def test_a_voter_votes_then_changes_their_vote(person, served, who, shape):
    voter = person(who, shape).sign_in("/")
    # What presses less is folded under the rest of what awaits.
    for folded in voter.page.locator("main details summary").all():
        folded.click()
    voter.reads(SIMPLE)
    voter.go("/scrutins/").click(SIMPLE)
    refused(voter.press("Voter"), "Choisissez parmi les propositions").finds_no_fault()

    voter.choose("Basse, aérée").choose("Botte courte").press("Voter")

    voter.reads("Votre vote est enregistré").finds_no_fault().click("Changer mon vote")
    assert voter.page.get_by_label("Botte courte").is_checked()
    voter.page.get_by_label("Botte courte").uncheck()
    voter.choose("Montante, renfort").press("Enregistrer le changement").reads("Votre vote est changé")
    voter.click("Changer mon vote")
    assert voter.page.locator("main input:checked").count() == 2
    voter.click("Garder mon vote").reads("Vous avez voté")


def test_a_secret_vote_without_script_is_found_in_the_list_after_the_count(person, served):
    address = "/scrutins/" + ballot(served, "Faut-il essayer")
    phone = person("encadrement", js=False).sign_in(address)
    phone.reads("La Ville sait que vous avez voté.").reads("Un vote secret ne peut être ni changé ni repris")
    phone.press("Relire mon vote").reads("Choisissez une réponse, ou le vote blanc.")

    phone.choose("Oui").press("Relire mon vote")
    phone.reads("Ici, le serveur voit votre choix au moment où vous votez, mais ne l'enregistre pas en clair.")
    phone.press("Envoyer mon vote").reads("Votre vote est dans l'urne")
    receipt = phone.page.locator("[data-receipt]").inner_text()
    phone.go(address).reads("Vous avez voté.")
    assert receipt not in phone.page.content()
    assert phone.page.get_by_role("button", name="Relire mon vote").count() == 0

    served.manage("shell", "-c", OPENED_BY_TWO.format(title=SECRET))
    phone.go(address).click("Lire les résultats").reads("Le quorum de 50 %").click("Chercher mon reçu")
    phone.write("Votre reçu", receipt.lower()).press("Le chercher")
    phone.reads("Ce reçu est dans la liste : ce vote a été compté.")
    reader = person("agent", DESKTOP).sign_in(address + "recus/").finds_no_fault()
    reader.page.locator("main details summary").click()
    reader.reads(receipt)
    reader.go(address + "recompter/").reads("urn_verify.py").finds_no_fault()
