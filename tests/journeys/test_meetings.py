"""An agent on a phone raises and supports; a facilitator prepares, holds and publishes; a direction sees who hasn't met."""

from tests.browser.fixtures import DESKTOP

from .city import group, meeting

TANNEURS, ROSEAUX, RIVE = "rendez-vous-tanneurs", "rendez-vous-roseaux", "rendez-vous-rive"


def test_an_agent_on_a_phone_raises_supports_and_reads(person, served):
    nadia = person("agent").sign_in("/reunions/")
    nadia.reads("Rendez-vous d'équipe des Tanneurs").finds_no_fault()

    nadia.click("Rendez-vous d'équipe des Tanneurs").reads("Points en attente").finds_no_fault()
    nadia.press("Soutenir : Une deuxième pointeuse à l'entrée sud").reads("1 soutien")
    nadia.click("Proposer un point").press("Envoyer").reads("Dites en une phrase de quoi vous voulez parler")
    # The page of errors is looked at with the other screens: a 422 is heard by the console.
    nadia.heard.clear()
    nadia.write("De quoi voulez-vous parler", "Un café avant la tournée").choose("Nom protégé").press("Envoyer")
    nadia.reads("Un café avant la tournée").finds_no_fault()

    nadia.go(meeting(served, TANNEURS, "published")).reads("Corrigé le").reads("Compte rendu").finds_no_fault()
    nadia.go(meeting(served, TANNEURS, "called")).reads("Reporté des réunions précédentes").press("Je viens")
    nadia.reads("C'est noté : vous venez").finds_no_fault()


def test_the_same_without_script(person, served):
    nadia = person("agent", js=False).sign_in("/reunions/")
    nadia.click("Rendez-vous d'équipe des Tanneurs").click("Proposer un point")
    nadia.write("De quoi voulez-vous parler", "Des gants pour l'hiver").choose("Avec mon nom").press("Envoyer")
    nadia.reads("Merci. Votre point attend").reads("Des gants pour l'hiver").reads("Le vôtre")


def test_a_facilitator_prepares_announces_holds_and_publishes(person, served):
    malika = person("facilitation", DESKTOP).sign_in("/")
    malika.reads("Choisir le jour de la prochaine réunion : Rendez-vous d'équipe")
    malika.go(group(served, RIVE)).reads("Cette unité ne s'est pas réunie").finds_no_fault()
    malika.click("Choisir le jour").finds_no_fault().press("Retenir ce jour").reads("Préparer l'ordre du jour")
    malika.press("Mettre à l'ordre du jour : Ranger les huiles usées ailleurs que près du poêle").finds_no_fault()
    malika.click("Annoncer").finds_no_fault().press("Annoncer").reads("C'est annoncé").finds_no_fault()
    malika.click("Changer le jour ou le lieu").write("Lieu", "Bureau de l'atelier").press("Modifier").reads(
        "C'est modifié"
    )

    malika.go(meeting(served, ROSEAUX, "held") + "tenir/").reads("Dites ce qui a été fait de")
    malika.finds_no_fault().click("Dire ce qui a été fait").finds_no_fault()
    malika.choose("Traité").write("En une phrase", "Un message part désormais la veille.").press("Enregistrer")
    malika.click("Promettre une action").write("Ce qui sera fait", "Prévenir la veille par un message")
    malika.write("Qui le fait", "Accueil").write("Avant le", "2030-06-12").choose("La suivre comme une mesure")
    malika.finds_no_fault().press("Ajouter").reads("Devient une mesure avec le compte rendu")
    malika.write("Ce qui s'est dit", "Nous avons parlé de l'eau chaude et des messages.").press("Enregistrer")
    malika.click("Publier le compte rendu").finds_no_fault().press("Publier").reads("C'est publié")
    malika.reads("Suivie comme une mesure").finds_no_fault()


def test_a_direction_sees_who_has_not_met_by_dates_alone(person, served):
    sophie = person("decideur", DESKTOP, "dark").sign_in("/reunions/?etat=retard")

    sophie.reads("Rendez-vous d'équipe de la Rive").reads("Pas de réunion").finds_no_fault()
    assert sophie.page.get_by_role("link", name="Rendez-vous d’équipe de la Rive").count() == 0
    assert "Tanneurs" not in sophie.page.locator("main").inner_text()
