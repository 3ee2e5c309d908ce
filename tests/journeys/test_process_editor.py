"""The process editor in the served demo city: copied, extended, refused in words, activated, walked, then adopted."""

import pytest

from tests.browser.fixtures import DESKTOP, PHONE

from .city import process, rows, value
from .conftest import loose, plain
from .test_first_day import propose

pytestmark = pytest.mark.browser

TITLE = "Une trousse de secours dans chaque véhicule léger"
BODY = (
    "Les fourgons ont une trousse, les voitures non. Une trousse dans chaque véhicule, relue une fois l'an, suffirait."
)


class Organiser:
    """The administrator at the editor: fills lines by their names, reads refusals."""

    def __init__(self, somebody):
        self.somebody, self.page = somebody, somebody.page

    def open(self, number):
        self.somebody.go(f"/gestion/parcours/edit/{number}/")

    def refusals(self):
        return [plain(text) for text in self.page.locator(".process-refusals li").all_inner_texts()]

    def errors(self):
        return [plain(text) for text in self.page.locator(".error-message, .help-critical").all_inner_texts()]

    def add(self, formset, **values) -> str:
        """A new line; gives the start of its fields' names."""
        self.page.locator(f"#id_{formset}-ADD").click()
        number = int(self.page.input_value(f"#id_{formset}-TOTAL_FORMS")) - 1
        self.fill(f"{formset}-{number}", **values)
        return f"{formset}-{number}"

    def fill(self, line, **values):
        for name, wanted in values.items():
            field = f"[name='{line}-{name}']"
            if name == "who":
                self.page.check(f"{field}[value='{wanted}']")
            elif self.page.locator(field).evaluate("field => field.tagName") == "SELECT":
                self.page.select_option(field, wanted)
            else:
                self.page.fill(field, wanted)

    def save(self, words="Enregistrer le brouillon"):
        """The save menu opens upwards: the secondary actions are in it."""
        if words != "Enregistrer le brouillon":
            self.page.click(
                "footer .w-dropdown-button button[aria-expanded], footer [data-w-dropdown-target='toggle']"
            )
        with self.page.expect_navigation():
            self.page.locator("footer button", has_text=loose(words)).first.click()

    def follow(self, words):
        with self.page.expect_navigation():
            self.page.get_by_text(loose(words)).first.click()


def stage_of(served, title) -> tuple:
    return rows(
        served,
        "SELECT p.slug, p.version, s.slug FROM ideas_idea i JOIN workflow_process p ON p.id = i.process_id "
        "JOIN workflow_stage s ON s.id = i.stage_id WHERE i.title = ?",
        title,
    )[0]


def counts_on(served, number) -> int:
    return value(served, "SELECT count(*) FROM ideas_idea WHERE process_id = ?", number)


def test_an_organiser_makes_a_way_of_their_own_and_ideas_walk_it(person, served):
    """From the copy to the adoption, by the editor's own buttons."""
    admin = Organiser(person("admin", DESKTOP).sign_in("/gestion/parcours/"))
    admin.page.set_default_timeout(45_000)
    default = process(served)

    # In use: nothing of it can be changed or deleted.
    admin.open(default)
    assert admin.page.get_by_text(loose("Pour changer quelque chose, faites une nouvelle version.")).is_visible()
    assert admin.page.locator("#id_stages-ADD").count() == 0
    admin.somebody.go(f"/gestion/parcours/delete/{default}/")
    assert process(served) == default

    # A copy, one stage more: unreachable, and a dead end.
    admin.open(default)
    admin.follow("Copier sous un autre nom")
    admin.page.fill("[name=name]", "Boîte avec jury")
    admin.page.fill("[name=slug]", "boite-jury")
    admin.follow("Faire la copie")
    admin.add("stages", staff_label="Jury", public_label="À l'étude", slug="jury", kind="open")
    admin.save()
    assert admin.refusals() == [
        "Rien ne mène à l'étape « Jury ».",
        "L'étape « Jury » est une impasse : aucun passage n'en sort.",
    ]

    # Two passages: a role nobody knows, nobody at all, then a closing without a reason.
    line = {"label": "Passer au jury", "slug": "to_jury", "from_slug": "open", "to_slug": "jury"}
    entry = admin.add("transitions", **line)
    out = {"label": "Non du jury", "slug": "jury_no", "from_slug": "jury", "to_slug": "declined"}
    closing = admin.add("transitions", **out, who="idea_correspondent")
    box = admin.page.locator(f"[name='{entry}-who']").first
    box.evaluate("box => { box.value = 'astrologue'; box.checked = true; }")
    admin.save()
    assert any("astrologue" in sentence for sentence in admin.errors()), admin.errors()
    for ticked in admin.page.locator(f"[name='{entry}-who']:checked").all():
        ticked.uncheck()
    admin.save()
    assert admin.refusals() == [
        "Personne ne peut faire le passage « Passer au jury » : cochez au moins un rôle.",
        "Le passage « Non du jury » ferme sans dire pourquoi : choisissez un formulaire qui porte un motif.",
    ]
    admin.fill(entry, who="idea_correspondent")
    admin.fill(closing, form="reason")
    admin.save("Enregistrer et activer")
    assert admin.refusals() == []
    admin.follow("Activer cette version")
    made = process(served, slug="boite-jury")
    assert value(served, "SELECT status FROM workflow_process WHERE id = ?", made) == "active"

    # The box follows it from now on; an idea walks the new stage.
    box_number = value(served, "SELECT id FROM participation_space WHERE slug = 'plus-simple'")
    admin.somebody.go(f"/gestion/espaces/boites/edit/{box_number}/")
    admin.page.select_option("[name=process]", str(made))
    with admin.page.expect_navigation():
        admin.page.locator(
            "footer button[type=submit], form button[type=submit]:has-text('Enregistrer')"
        ).first.click()
    nadia = person("agent", PHONE).sign_in()
    address = f"/idees/{propose(nadia, BODY, TITLE)}/"
    assert stage_of(served, TITLE) == ("boite-jury", 1, "submitted")
    ines = person("moderation", DESKTOP).sign_in(address)
    ines.click("Accepter à la relecture").press("Accepter à la relecture")
    odile = person("correspondant", DESKTOP).sign_in(address)
    odile.click("Passer au jury").press("Passer au jury")
    assert stage_of(served, TITLE) == ("boite-jury", 1, "jury")
    nadia.go(address).reads("À l'étude")

    # A new version adopts what runs, through the map that is shown first.
    admin.open(made)
    admin.follow("Nouvelle version")
    if "nouvelle-version" in admin.page.url:
        admin.page.locator("main form button[type=submit]").first.click()
        admin.page.wait_for_load_state("load")
    admin.save("Enregistrer et activer")
    admin.follow("Activer cette version")
    second = process(served, 2, "boite-jury")
    admin.somebody.go(f"/gestion/parcours/adopter/{second}/?source={made}")
    assert admin.page.locator("[name='map-jury']").input_value() == "jury"
    admin.follow("Prévisualiser")
    admin.follow("Adopter ces éléments")
    admin.page.wait_for_load_state("load")
    assert stage_of(served, TITLE) == ("boite-jury", 2, "jury")
    assert (counts_on(served, made), counts_on(served, second)) == (0, 1)
    assert admin.somebody.heard == []
