"""A pre-electoral period from the administration: what praises waits, facts and answers stay, everything comes back."""

from datetime import date, timedelta

from tests.browser.fixtures import DESKTOP

from .city import idea, measure, value

ELECTION = "élections de la démonstration"
HELD = f"Période préélectorale ({ELECTION})"
BORN = "Née d'une idée de"


def test_a_period_set_in_the_administration_holds_praise_on_every_page_and_gives_it_back(person, served):
    credited, answered = measure(served, "Essayer un carnet"), idea(served, "Un carnet d'entretien")
    reader = person(None).go(credited)
    reader.reads(BORN).finds_no_fault()

    admin = person("admin", DESKTOP).sign_in("/gestion/espaces/reserve/")
    admin.click("Ajouter")
    today = date.today()
    admin.page.locator("#id_name").fill(ELECTION)
    admin.page.locator("#id_starts_on").fill((today - timedelta(days=3)).isoformat())
    admin.page.locator("#id_ends_on").fill((today - timedelta(days=9)).isoformat())
    admin.page.locator("main form button[type=submit]").first.click()
    admin.page.wait_for_load_state("load")
    assert admin.page.locator("#id_name").input_value() == ELECTION, "an end before the start is told, the words stay"
    admin.page.locator("#id_ends_on").fill((today + timedelta(days=9)).isoformat())
    admin.page.locator("main form button[type=submit]").first.click()
    admin.page.get_by_text(ELECTION).first.wait_for()

    reader.go(credited).reads(HELD).finds_no_fault()
    assert BORN not in reader.page.content().replace("’", "'")
    # Facts and answers go on: the measure, its file, the answer given, the figures.
    for address, words in (("/reponses/", "réponses données à temps"), ("/engagements/", "mesures")):
        reader.go(address).reads(words).finds_no_fault()
    rows = reader.page.request.get(served.url + "/api/v1/measures/?q=carnet").text()
    assert "carnet" in rows and "Nadia" not in rows
    nadia = person("agent").sign_in(answered)
    nadia.reads("Décidée : essai").reads("Oui, on essaie").finds_no_fault()

    key = value(served, "SELECT id FROM participation_neutralperiod WHERE name = ?", ELECTION)
    admin.go(f"/gestion/espaces/reserve/delete/{key}/")
    admin.page.locator("main form [type=submit]").first.click()
    admin.page.wait_for_load_state("load")
    reader.go(credited).reads(BORN).finds_no_fault()
