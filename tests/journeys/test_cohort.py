"""A cohort to its end by its people: two apply, say yes, are freed, studied, seated, accompanied, and get their diploma."""

import re
from datetime import date

from tests.browser.fixtures import DESKTOP

from .city import idea, path_of, rows

TITLE = "Le guichet qui se déplace"
BODY = (
    "Les mêmes personnes font la queue dans trois services. À deux, nous voudrions essayer un guichet commun, une "
    "matinée par semaine, dans une salle de la mairie de quartier."
)
YES = (
    "Oui. Deux places vous sont données dans Le Relais. Vous avez une matinée par semaine sur votre temps de travail, "
    "une personne pour vous accompagner, et la présentation finale est ouverte à tout le monde."
)


def opened(admin):
    """A cohort of three seats, set up from its template."""
    admin.page.locator("#id_name").fill("Le Relais du guichet")
    admin.page.locator("#id_steering_unit").select_option(label="Ressources internes")
    admin.page.locator("#id_cohort_seats").fill("3")
    admin.page.locator("#id_direction_seats").fill("")
    admin.press("Relire").press("Créer et ouvrir")
    return "/idees/cohortes/" + "le-relais-du-guichet/"


def test_two_people_go_from_their_application_to_their_diploma(person, served):
    cohort = opened(person("admin", DESKTOP).sign_in("/gestion/espaces/boites/modeles/cohort/"))

    paul = person("agent2").sign_in(cohort)
    paul.reads("3 places libres sur 3").finds_no_fault().click("Candidater")
    paul.write("Votre projet", BODY).write("Un titre court", TITLE).write("Qui candidate avec vous", "agent")
    paul.press("Envoyer ma candidature").reads("Cochez la case")
    assert paul.page.get_by_label("Votre projet").input_value() == BODY
    paul.heard.clear()  # the browser tells the refusal too
    paul.choose("Je souhaite participer").finds_no_fault().press("Envoyer ma candidature")
    paul.reads("reçue").finds_no_fault()
    address = idea(served, TITLE)

    nadia = person("agent").sign_in(f"{address}equipe/")
    nadia.reads("Participez-vous").finds_no_fault().press("Oui, je participe")
    nadia.reads("Participe").finds_no_fault()
    didier = person("encadrement").sign_in(f"{address}equipe/")
    didier.write("Temps libéré à partir du", date.today().isoformat()).finds_no_fault()
    didier.click(re.compile("Enregistrer ce jour"), "button").finds_no_fault()

    person("moderation", DESKTOP).sign_in(f"{address}etape/screen/").press("Accepter à la relecture").finds_no_fault()
    malika = person("facilitation", DESKTOP).sign_in(f"{address}equipe/")
    # Paul's managers agreed on paper: who runs the cohort writes it down.
    malika.write("Temps libéré à partir du", date.today().isoformat())
    malika.click(re.compile("Enregistrer ce jour.*Paul"), "button").finds_no_fault()
    malika.go(f"{address}etape/shortlist/").press("Retenir pour l'étude").finds_no_fault()
    malika.go(f"{address}etape/start_study/")
    for number in (0, 1):
        malika.page.locator("input[name=assessors]").nth(number).check()
    malika.finds_no_fault().press("Commencer l'étude")
    malika.go(f"{address}etape/close_study/").write("Pourquoi avancer sans", "Avis donnés en réunion, le 12.")
    malika.press("Terminer l'étude").finds_no_fault()

    jeanne = person("decideur2", DESKTOP).sign_in(f"{address}etape/decide_cohort/")
    jeanne.reads("3 places libres sur 3").choose("Oui").write("La réponse officielle", YES)
    jeanne.press("Relire et annoncer").reads(YES[:60]).finds_no_fault().press("Annoncer")

    malika.go(f"{cohort}organiser/").reads(TITLE).finds_no_fault().click("Nommer la ou le mentor")
    malika.write("Mentor", "mentor").press("Nommer et prévenir").finds_no_fault()
    malika.click("Remettre le diplôme")
    malika.press("Remettre le diplôme").reads("n'a pas encore validé toutes les étapes")
    malika.heard.clear()

    lena = person("mentor").sign_in(f"{address}accompagnement/")
    steps = lena.page.get_by_role("button", name=re.compile("Garder cette note")).count()
    for number in range(steps):
        lena.page.get_by_label(re.compile("Ce qui est atteint")).nth(number).fill("Vingt personnes écoutées.")
        lena.page.get_by_label(re.compile("Cette étape est atteinte")).nth(number).check()
        lena.page.get_by_role("button", name=re.compile("Garder cette note")).nth(number).click()
        lena.page.wait_for_load_state("load")
    lena.finds_no_fault()
    malika.go(f"{address}accompagnement/").click("Remettre le diplôme").press("Remettre le diplôme")
    malika.finds_no_fault()

    paul.go(address).reads("Diplômée").reads(YES[:60]).finds_no_fault()
    nadia.go(cohort).reads("1 place libre sur 3").reads("4 étapes validées sur 4").reads("Léna Ruiz").finds_no_fault()
    assert path_of(nadia.page) == cohort
    seats = rows(
        served,
        "SELECT p.rank FROM ideas_cohortperson AS p JOIN ideas_idea AS i ON i.id = p.idea_id WHERE i.title LIKE ?",
        TITLE + "%",
    )
    assert sorted(rank for (rank,) in seats) == [1, 2]
