"""The process editor in a real Chromium: a copy of the shipped process gains a stage, is refused in words, then used."""

import pytest
from django.urls import reverse

from src.workflow import process_cache
from src.workflow.models import Process
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page, session_cookie, until  # noqa: F401
from tests.factories.workflow import default_process

from .words import plain

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shipped(db):
    return default_process()


@pytest.fixture
def organiser(make_user, client, live_server):
    user = make_user("Admin", "Site", is_superuser=True, is_staff=True, language="fr")
    client.force_login(user)
    return session_cookie(live_server, client)


def refusals(page):
    return [plain(text) for text in page.locator(".process-refusals li").all_inner_texts()]


def add_line(page, formset, **values):
    """Press the page's own "add" button, then fill the new line."""
    page.click(f"#id_{formset}-ADD")
    number = int(page.input_value(f"#id_{formset}-TOTAL_FORMS")) - 1
    for name, value in values.items():
        field = f"[name='{formset}-{number}-{name}']"
        if name == "who":
            page.check(f"{field}[value='{value}']")
        elif page.locator(field).evaluate("field => field.tagName") == "SELECT":
            page.select_option(field, value)
        else:
            page.fill(field, value)
    return number


def follow(page, text):
    with page.expect_navigation():
        page.click(f"text={text}")


def press(page, name):
    """The save menu opens upwards: the secondary actions are in it."""
    if name != "Enregistrer le brouillon":
        page.click("footer .w-dropdown-button button[aria-expanded], footer [data-w-dropdown-target='toggle']")
    with page.expect_navigation():
        page.click(f"footer button:has-text('{name}')")


def test_organiser_copies_extends_reads_refusals_and_activates(shipped, organiser, live_server, open_page):  # noqa: F811
    page = open_page(DESKTOP, cookies=[organiser])
    page.goto(live_server.url + reverse("parcours:edit", args=[shipped.pk]))
    assert page.get_by_text("Pour changer quelque chose, faites une nouvelle version.").is_visible()

    follow(page, "Copier sous un autre nom")
    page.fill("[name=name]", "Boîte avec jury")
    page.fill("[name=slug]", "boite-jury")
    follow(page, "Faire la copie")
    made = Process.objects.get(slug="boite-jury")
    assert refusals(page) == []

    add_line(page, "stages", staff_label="Jury", public_label="À l’étude", slug="jury", kind="in_review")
    assert "jury" in page.eval_on_selector_all("datalist option", "options => options.map(o => o.value)")
    press(page, "Enregistrer le brouillon")
    assert refusals(page) == [
        "Rien ne mène à l’étape « Jury ».",
        "L’étape « Jury » est une impasse : aucun passage n’en sort.",
    ]

    add_line(
        page, "transitions", label="Au jury", slug="to_jury", from_slug="in_review", to_slug="jury", who="instructor"
    )
    closing = add_line(
        page,
        "transitions",
        label="Oui du jury",
        slug="jury_yes",
        from_slug="jury",
        to_slug="accepted",
        who="decision_maker",
    )
    press(page, "Enregistrer et vérifier")
    assert refusals(page) == [
        "Le passage « Oui du jury » ferme sans dire pourquoi : choisissez un formulaire qui porte un motif."
    ]
    assert page.locator("svg[role=img] text", has_text="Jury").count() == 1

    follow(page, "Retour au brouillon")
    page.select_option(f"[name='transitions-{closing}-form']", "decision")
    press(page, "Enregistrer et activer")
    assert refusals(page) == []
    follow(page, "Activer cette version")

    page.get_by_text("Cette version est en service").first.wait_for()
    graph = process_cache.graph(made.pk)
    assert graph.process.is_active
    assert [way.slug for way in graph.ways_out(graph.stage_named("jury").pk)] == ["jury_yes"]
    assert len(graph.stages) == len(process_cache.graph(shipped.pk).stages) + 1


@pytest.mark.parametrize("shape", [PHONE, DESKTOP])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_our_part_of_the_pages_is_accessible(shipped, organiser, live_server, open_page, shape, scheme):  # noqa: F811
    from axe_playwright_python.sync_playwright import Axe

    # Wagtail fades its colours in: axe would measure half-way.
    page = open_page(shape, scheme, cookies=[organiser], reduced_motion="reduce")
    told = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    for name in ("edit", "check", "new_version", "copy", "adopt"):
        page.goto(live_server.url + reverse(f"parcours:{name}", args=[shipped.pk]))
        until(page, "document.getAnimations().every(animation => animation.playState === 'finished')")
        results = Axe().run(page, context=".nice-padding")
        found = [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in results.response["violations"]]
        assert found == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
    assert told == []
