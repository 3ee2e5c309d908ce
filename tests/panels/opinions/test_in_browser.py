"""A recommendation from its first words to its graded reply, by its people, on a phone and on a desk, without a fault."""

import pytest

from panels.opinions.services import amending, grading, minority
from src.foundations.testing import drain_outbox
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page  # noqa: F401
from tests.factories import panel_opinions as make
from tests.journeys.conftest import loose
from tests.panels.test_organising_in_browser import pictured, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

INSIDE = "/panels/accueil/membres/"
DESK = "/panels/atelier/accueil/"


def shown(name, shape):
    return f"avis-{name}-{'telephone' if shape == PHONE else 'bureau'}"


@pytest.mark.parametrize("shape", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_screens_of_drafts_have_no_fault(live_server, open_page, shape):  # noqa: F811
    made = make.at_work()
    made.rule()
    draft = made.draft()
    made.draft(1)
    amending.propose(
        actor=made.account(1), recommendation=draft, why="Rester avec celles et ceux qui sont perdus.",
        text="Dans chaque mairie de quartier, une personne debout accueille à l’entrée et reste avec les gens.",
    )  # fmt: skip
    minority.write_minority(actor=made.account(1), panel=made.panel, text="Nous demandons des postes.", name="Nour")
    drain_outbox()
    for who, paths in (
        (made.account(), ("", "recommandations/", "recommandations/1/", "recommandations/1/amender/", "avis/",
                          "avis/minoritaire/", "avis/minoritaires/1/signer/")),
        (made.organiser, ("recommandations/1/amendements/1/decider/", "avis/", "avis/minoritaire/papier/",
                          "avis/minoritaires/1/papier/")),
    ):  # fmt: skip
        person = window(live_server, open_page, who, shape)
        for path in paths:
            person.go(INSIDE + path).finds_no_fault()
            pictured(
                person,
                shown((path.replace("/", "-") or "espace") + ("equipe" if who == made.organiser else ""), shape),
            )
    organiser = window(live_server, open_page, made.organiser, shape, "dark")
    for path in ("", "regle/", "votes/", "votes/salle/", "avis/adopter/"):
        organiser.go(DESK + path).finds_no_fault()
        pictured(organiser, shown("atelier" + path.replace("/", "-"), shape))


def test_from_a_draft_to_a_graded_reply_by_its_people(live_server, open_page):  # noqa: F811
    made = make.at_work()
    made.rule()
    member = window(live_server, open_page, made.account(), PHONE)
    member.go(f"{INSIDE}recommandations/").click("Écrire une recommandation")
    member.page.get_by_label(loose("Titre")).fill("Une personne debout")
    member.page.get_by_label("Recommandation", exact=True).fill("Une personne debout accueille à l’entrée.")
    member.press("Écrire").reads("Le projet est écrit").finds_no_fault()

    organiser = window(live_server, open_page, made.organiser, DESKTOP)
    organiser.go(f"{DESK}votes/salle/").press("Ouvrir le vote").reads("Le vote est ouvert en salle").finds_no_fault()
    for who, said in ((made.facilitator, "une autre personne"), (made.base.as_now(made.base.second), "règle est")):
        typist = window(live_server, open_page, who, PHONE)
        typist.go(f"{DESK}votes/salle/compter/").finds_no_fault()
        typist.page.get_by_label(loose("Membres présents")).fill("4")
        for label, number in (("pour", "3"), ("contre", "1"), ("blancs", "0")):
            typist.page.get_by_label(loose(f"Recommandation 1 : {label}")).fill(number)
        typist.press("Enregistrer").reads(said)
    organiser.go(f"{DESK}avis/adopter/").press("Adopter l’avis").reads("plus rien n’y change").finds_no_fault()
    organiser.go(f"{DESK}avis/remettre/").press("Remettre l’avis").reads("Avis du panel").finds_no_fault()
    drain_outbox()

    decider = window(live_server, open_page, made.decider, DESKTOP)
    decider.go("/panels/reponses/a-donner/").finds_no_fault().click("Répondre à la recommandation 1").finds_no_fault()
    decider.page.get_by_label(loose("Refusée sous cette forme")).check()
    decider.page.get_by_label(loose("Réponse et raison")).fill("Non, sous cette forme.")
    decider.page.get_by_label(loose("Ce qui changerait la réponse")).fill("Un essai.")
    decider.page.get_by_label(loose("En quelle qualité")).fill("Adjointe")
    decider.press("Publier la réponse").reads("Refusée sous cette forme").finds_no_fault()
    drain_outbox()

    member.go(f"{INSIDE}avis/notes/").finds_no_fault()
    member.page.get_by_label("En partie").check()
    member.press("Enregistrer").reads("C’est enregistré")


@pytest.mark.parametrize("shape", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_what_everybody_reads_has_no_fault(live_server, open_page, shape):  # noqa: F811
    made = make.handed_over(count=40, seats=12)
    made.answered(1)
    for place, one in enumerate(made.people):
        grading.grade(membership=one, values={1: ("yes", "partly", "no")[place % 3]})
    drain_outbox()
    visitor = window(live_server, open_page, None, shape, "dark" if shape == DESKTOP else "light")
    for path in ("/panels/accueil/", "/panels/accueil/avis/", "/panels/accueil/avis/reponses/",
                 "/panels/inscription/la-mienne/notes/"):  # fmt: skip
        visitor.go(path).finds_no_fault()
        pictured(visitor, shown("public" + path.replace("/", "-"), shape))
    organiser = window(live_server, open_page, made.organiser, shape)
    for path in ("notes-sur-papier/", f"reponses/{made.reply(2).reference}/direction/"):
        organiser.go(DESK + path).finds_no_fault()
