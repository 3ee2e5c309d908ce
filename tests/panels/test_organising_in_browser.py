"""An organiser at their window: the quotas answer at each edit, and no screen met has a fault, on a phone or a desk."""

import os
from pathlib import Path

import pytest
from django.test import Client

from panels.models import Quota
from src.foundations.testing import drain_outbox
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page, session_cookie, until  # noqa: F401
from tests.factories import panels as make
from tests.journeys.conftest import Person, loose

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK = "/panels/atelier/accueil/"
ADVICE = "document.querySelector('[data-advice]').innerText.includes('{}')"


def window(live_server, open_page, who, shape, scheme="light", js=True):  # noqa: F811
    page = open_page(shape, scheme, js=js)
    if who is not None:
        client = Client()
        client.force_login(who, backend="src.directory.backends.DirectoryBackend")
        page.context.add_cookies([session_cookie(live_server, client)])
    found = Person(page, live_server, "")
    found.js = js
    return found


def pictured(person, name):
    """Keep a picture where one is asked for, for somebody to look at."""
    folder = os.environ.get("TERRAIN_SHOTS")
    if folder:
        person.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@pytest.fixture
def made():
    found = make.recruiting(
        seats=4, lists=(("electeurs", make.ListKind.ELECTORS, None), ("associations", make.ListKind.PARTNERS, None))
    )
    found.registered(12)
    make.prepared(seats=4, slug="prepare")
    drain_outbox()
    return found


# Of the desk of a panel that recruits, of one in preparation, and those everybody reads. On a large screen, the pages
# that are laid out otherwise there.
SCREENS = {
    PHONE: (
        "",
        "modifier/",
        "equipe/",
        "listes/",
        "quotas/",
        "quotas/fichier/",
        "quotas/croiser/",
        "clore/",
        "arreter/",
    ),
    DESKTOP: ("", "equipe/", "quotas/"),
}
BY_ADMINISTRATOR = {
    PHONE: (
        "/panels/atelier/", "/panels/atelier/nouveau/", "/panels/atelier/prepare/equipe/", "/panels/atelier/prepare/jeter/",
    )
}  # fmt: skip
BY_ANYBODY = {PHONE: ("/panels/", "/panels/accueil/"), DESKTOP: ("/panels/accueil/",)}


@pytest.mark.parametrize(("shape", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"])
def test_no_screen_of_the_preparation_has_a_fault(live_server, open_page, made, shape, scheme):  # noqa: F811
    for who, paths in (
        (made.organiser, [DESK + path for path in SCREENS[shape]]),
        (made.administrator, BY_ADMINISTRATOR.get(shape, ())),
        (None, BY_ANYBODY[shape]),
    ):
        person = window(live_server, open_page, who, shape, scheme)
        for path in paths:
            person.go(path).finds_no_fault()
            pictured(person, f"{shape[0]}{path.replace('/', '-')}{'' if who else 'visitor'}")


@pytest.mark.parametrize("path", [f"{DESK}quotas/", "/panels/accueil/"])
def test_once_drawn_the_pages_have_no_fault(live_server, open_page, path):  # noqa: F811
    made, _draw = make.certified()
    drain_outbox()
    person = window(live_server, open_page, made.organiser if "atelier" in path else None, PHONE, "dark")

    person.go(path).finds_no_fault()
    pictured(person, f"drawn{path.replace('/', '-')}")


def test_the_quotas_answer_at_each_edit_and_nothing_is_saved_until_one_says_so(
    live_server, open_page, made  # noqa: F811
):  # fmt: skip
    organiser = window(live_server, open_page, made.organiser, PHONE)
    women = Quota.objects.get(value__key=make.WOMAN, value__criterion__panel=made.panel)
    organiser.go(f"{DESK}quotas/").reads("Un panel existe")

    def typed(label, number):
        field = organiser.page.get_by_label(loose(label))
        field.fill(number)
        field.blur()

    typed("Femme : au moins", "3")
    until(organiser.page, ADVICE.format("rien n’est encore enregistré"))
    organiser.reads("Un panel existe")
    typed("Homme : au moins", "2")
    until(organiser.page, ADVICE.format("les minimums font"))
    typed("Homme : au moins", "quatre")
    until(organiser.page, ADVICE.format("Un nombre n’est pas juste"))
    women.refresh_from_db()
    assert women.minimum == 1

    typed("Homme : au moins", "1")
    until(organiser.page, ADVICE.format("Un panel existe"))
    # The console tells of the number that was refused.
    organiser.heard[:] = [line for line in organiser.heard if "422" not in line]
    organiser.finds_no_fault().press("Enregistrer les quotas").reads("1 changement enregistré.").reads(
        "Un panel existe"
    )
    women.refresh_from_db()
    assert women.minimum == 3


def test_without_a_script_a_button_tries(live_server, open_page, made):  # noqa: F811
    organiser = window(live_server, open_page, made.organiser, DESKTOP, js=False)

    organiser.go(f"{DESK}quotas/")
    organiser.page.get_by_label(loose("Femme : au moins")).fill("3")
    organiser.press("Essayer sans enregistrer").reads("rien n’est encore enregistré")

    assert organiser.page.get_by_label(loose("Femme : au moins")).input_value() == "3"
    assert Quota.objects.get(value__key=make.WOMAN, value__criterion__panel=made.panel).minimum == 1
