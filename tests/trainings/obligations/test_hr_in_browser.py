"""Human resources prepare, try out and activate a mandatory training, read why somebody is concerned, give a later day."""

import datetime as dt

import pytest

from src.directory.enums import Role
from src.foundations.testing import drain_outbox
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page  # noqa: F401
from tests.factories import training_ledger as ledger
from tests.factories import training_obligations as made
from tests.factories.directory import AgentFactory, DirectionFactory, UnitFactory
from tests.panels.test_organising_in_browser import pictured, window
from tests.trainings.obligations.test_evaluating import posted
from trainings.obligations.models import Obligation, Requirement
from trainings.obligations.services.evaluating import evaluate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOME = "/formations/obligations/rh/"


@pytest.fixture
def hr():
    return AgentFactory(unit=UnitFactory(), roles=[(Role.HR, None)])


@pytest.mark.parametrize(
    "size, scheme, js", [(PHONE, "light", True), (DESKTOP, "dark", True), (PHONE, "light", False)]
)
def test_it_is_prepared_tried_out_activated_and_decided(live_server, open_page, hr, size, scheme, js):  # noqa: F811
    ledger.track("Accueillir sans discriminer")
    unit = UnitFactory(parent=DirectionFactory())
    nadia = posted(unit, contact=True)
    posted(UnitFactory(parent=DirectionFactory()))
    person = window(live_server, open_page, hr, size, scheme, js=js)
    page, look = person.page, person.finds_no_fault if js else lambda: None
    name = f"{size[0]}-{scheme}-{'js' if js else 'sans'}"

    person.go(HOME)
    look()
    page.get_by_role("link", name="Préparer une formation").first.click()
    page.get_by_role("button", name="Préparer").click()
    person.reads("Citez la décision")
    person.heard.clear()
    look()
    page.get_by_label("Formation", exact=True).select_option(label="Accueillir sans discriminer")
    page.get_by_label("Décision de l’employeur").fill("Note de la direction générale du 3 mars 2026")
    page.get_by_text("Les personnes au contact du public").click()
    pictured(person, f"rh-preparer-{name}")
    page.get_by_role("button", name="Préparer").click()
    person.reads("Elle est préparée")
    look()

    page.get_by_role("link", name="Modifier cette règle").click()
    look()
    page.get_by_role("link", name="Écrire une règle plus fine").click()
    look()
    page.get_by_label("Les personnes qui…").select_option(label="encadrent une équipe")
    page.get_by_role("button", name="Ajouter cette condition").click()
    person.reads("2 conditions")
    look()
    pictured(person, f"rh-arbre-{name}")
    page.get_by_label("encadrent une équipe").first.check()
    page.get_by_role("button", name="Retirer cette ligne").click()
    person.reads("1 condition")
    page.get_by_role("button", name="Enregistrer cette règle").click()

    page.get_by_role("link", name="Essayer").click()
    person.reads("Rien n’est écrit")
    look()
    pictured(person, f"rh-essai-{name}")
    page.get_by_role("link", name="Activer").click()
    look()
    page.get_by_role("button", name="Activer").click()
    person.reads("Elle est active")
    drain_outbox()
    page.reload()
    look()
    pictured(person, f"rh-une-{name}")

    page.get_by_role("link", name="Voir qui est concerné").click()
    person.reads(nadia.last_name)
    look()
    pictured(person, f"rh-noms-{name}")
    page.get_by_role("link", name=nadia.get_full_name()).click()
    person.reads("Les personnes qui sont au contact du public")
    look()
    owed = Requirement.objects.get(agent=nadia)
    page.get_by_text("Accorder un délai").first.click()
    page.get_by_label("Nouveau jour").fill((owed.due_on + dt.timedelta(days=30)).isoformat())
    page.get_by_role("button", name="Accorder ce délai").click()
    person.reads("Le délai est accordé")
    look()
    pictured(person, f"rh-personne-{name}")
    owed.refresh_from_db()
    assert owed.explanation["extended_to"]
    assert Obligation.objects.get().is_active
    drain_outbox()


def test_a_file_is_sent_checked_and_taken_in(live_server, open_page, hr):  # noqa: F811
    nadia = posted(UnitFactory(), contact=True)
    nadia.personnel_number = "777001"
    nadia.save(update_fields=["personnel_number"])
    obligation = made.obligation()
    evaluate()
    person = window(live_server, open_page, hr, PHONE)
    page = person.page
    head = "matricule;formation;terminée le\n"

    person.go(f"{HOME}fichiers/").finds_no_fault()
    for text, said in (("777001;nulle;hier\n", "Envoyer le fichier corrigé"), ("", "")):
        if text:
            page.set_input_files(
                "#id_file", {"name": "f.csv", "mimeType": "text/csv", "buffer": (head + text).encode()}
            )
            page.get_by_role("button", name="Envoyer et vérifier").click()
            person.reads(said).finds_no_fault()
            page.get_by_role("link", name="Envoyer le fichier corrigé").click()
    right = f"{head}777001;{obligation.track.slug};12/05/2026\n"
    page.set_input_files("#id_file", {"name": "f.csv", "mimeType": "text/csv", "buffer": right.encode()})
    page.get_by_role("button", name="Envoyer et vérifier").click()
    person.reads("Ce qu’il apporte").finds_no_fault()
    page.get_by_role("button", name="Faire entrer le fichier").click()
    person.reads("Le fichier est entré").finds_no_fault()
    pictured(person, "rh-fichier")
    drain_outbox()
