"""A form tried and a question answered, from the direction that asks to what it did, on a phone and on a desk."""

from datetime import timedelta

import pytest

from panels.referrals import services
from panels.referrals.enums import ReferralKind
from panels.referrals.models import Referral, TestSheet, Word
from src.foundations import clock
from src.foundations.testing import drain_outbox
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page  # noqa: F401
from tests.factories import referrals as make
from tests.journeys.conftest import loose
from tests.panels.test_organising_in_browser import pictured, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALL, INSIDE = "/panels/accueil/saisines/", "/panels/accueil/membres/saisines/"


@pytest.fixture
def world():
    found = make.asked_world()
    drain_outbox()
    return found


@pytest.mark.parametrize(("shape", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"])
def test_a_form_is_asked_accepted_tried_and_shown(live_server, open_page, world, shape, scheme):  # noqa: F811
    direction = window(live_server, open_page, world.decider, shape, scheme)
    direction.go("/panels/accueil/saisir/").finds_no_fault()
    pictured(direction, f"saisir-{shape[0]}")
    direction.go("/panels/accueil/saisir/essai/").finds_no_fault()
    page = direction.page
    page.get_by_label(loose("Titre")).fill("Le formulaire de la cantine")
    page.get_by_label(loose("Ce que vous demandez au panel")).fill("Peut-on le remplir sans aide ?")
    page.get_by_label(loose("Consignes à essayer")).fill("Remplir la rubrique sur les revenus\nTrouver les papiers")
    direction.press("Saisir le panel").reads("Joignez le formulaire")
    # The console tells of the form that was refused.
    direction.heard[:] = [line for line in direction.heard if "422" not in line]
    direction.finds_no_fault()
    page.get_by_label(loose("Ou l’adresse où il se remplit")).fill("https://demarches.ville.example/cantine")
    direction.press("Saisir le panel").reads("Attend l’accord du panel").finds_no_fault()
    referral = Referral.objects.get()

    organiser = window(live_server, open_page, world.made.organiser, shape, scheme)
    organiser.go(f"{INSIDE}{referral.reference}/").finds_no_fault().click("Accepter avec une date")
    day = (clock.today() + timedelta(days=20)).isoformat()
    organiser.page.get_by_label(loose("Le panel répond avant le")).fill(day)
    organiser.press("Accepter").reads("La saisine est acceptée").finds_no_fault()
    drain_outbox()

    member = window(live_server, open_page, world.account(), shape, scheme)
    member.go("/panels/accueil/membres/").reads("1 vous attend.").finds_no_fault()
    member.go(f"{INSIDE}{referral.reference}/").finds_no_fault().click("Dire comment cela s’est passé")
    member.finds_no_fault()
    pictured(member, f"essai-{shape[0]}")
    member.page.locator("label:has-text('Réussi sans aide')").first.click()
    member.page.locator("label:has-text('Réussi avec de l’aide')").last.click()
    member.press("Envoyer").reads("Ce que vous dites de ce formulaire est gardé").finds_no_fault()
    pictured(member, f"essaye-{shape[0]}")
    assert TestSheet.objects.count() == 1

    world.published(referral)
    anybody = window(live_server, open_page, None, shape, scheme)
    anybody.go(f"{ALL}{referral.reference}/").reads("Pas encore de feu vert").finds_no_fault()
    pictured(anybody, f"public-{shape[0]}")
    anybody.go(ALL).finds_no_fault()
    pictured(anybody, f"liste-{shape[0]}")
    direction.go(f"{ALL}{referral.reference}/suite/").finds_no_fault()
    pictured(direction, f"suite-{shape[0]}")
    direction.page.locator("label:has-text('Fait')").first.click()
    direction.page.get_by_label(loose("Ce qui a été fait de la réponse")).fill("Tout est fait.")
    direction.press("Publier").reads("Tout est fait.").finds_no_fault()
    drain_outbox()


def test_a_word_is_given_without_a_script(live_server, open_page, world):  # noqa: F811
    referral = world.accepted()
    member = window(live_server, open_page, world.account(), PHONE, js=False)
    member.go(f"{INSIDE}{referral.reference}/parole/")
    member.page.get_by_label(loose("Ma parole")).fill("Dix-neuf heures.")
    member.press("Garder en brouillon").reads("Votre brouillon est gardé")
    member.click("Modifier ma parole").press("Donner ma parole").reads("Votre parole est donnée")
    assert [(one.text, one.is_given) for one in Word.objects.all()] == [("Dix-neuf heures.", True)]


@pytest.mark.parametrize("shape", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_workshop_has_no_fault(live_server, open_page, world, shape):  # noqa: F811
    referral = world.accepted(ReferralKind.WORKSHOP)
    world.planned(referral)
    services.register_agent(actor=world.agent, referral=referral)
    for who, path in (
        (world.account(), f"{INSIDE}{referral.reference}/"),
        (world.agent, f"{ALL}{referral.reference}/"),
        (world.made.facilitator, f"{INSIDE}{referral.reference}/atelier/"),
        (world.made.facilitator, f"{INSIDE}{referral.reference}/papier/"),
        (world.made.organiser, f"{INSIDE}{referral.reference}/reponse/"),
    ):
        person = window(live_server, open_page, who, shape)
        person.go(path).finds_no_fault()
        pictured(person, f"atelier-{shape[0]}-{path.strip('/').split('/')[-1]}")
