"""The gallery through the whole stack: middleware, headers, sign-in, static files."""

import pytest
from django.test import Client

from tests.browser import checks
from tests.browser.fixtures import PHONE, chromium, open_page, session_cookie  # noqa: F401
from tests.factories.directory import AgentFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


def test_gallery_through_the_whole_stack(live_server, open_page):  # noqa: F811
    client = signed_in(AgentFactory(is_staff=True))
    page = open_page(PHONE, cookies=[session_cookie(live_server, client)])
    heard = checks.watch(page)

    page.goto(f"{live_server.url}/galerie/idee/")

    assert (checks.faults(page), heard) == ([], [])


def test_gallery_does_not_exist_for_an_agent(live_server, client):
    user = AgentFactory()

    assert [signed_in(user).get("/galerie/").status_code, client.get("/galerie/").status_code] == [404, 404]


def test_display_choice_is_kept_through_the_whole_stack(live_server, open_page):  # noqa: F811
    page = open_page(PHONE, "light", js=False)
    page.goto(f"{live_server.url}/affichage/?next=/affichage/")

    page.get_by_label("Sombre").check()
    page.get_by_role("button", name="Utiliser cet affichage").click()
    page.wait_for_load_state()

    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.get_by_label("Sombre").is_checked()
