"""What journeys need: a Chromium, a live server over the small city of the screens' tests, pages signed in as somebody."""

import pytest
from django.test import Client

from tests.browser.checks import axe, colour_only_links, control_borders, overflow
from tests.browser.fixtures import PHONE, chromium, open_page, session_cookie  # noqa: F401
from tests.ideas_screens.city import City


@pytest.fixture
def city(transactional_db):
    return City()


@pytest.fixture
def page_as(live_server, open_page):  # noqa: F811
    """``page_as(user, shape, js=…)`` opens a page of the live server signed in as ``user``, at 360 px unless told."""

    def opened(user, shape=PHONE, scheme="light", *, js=True):
        client = Client()
        client.force_login(user, backend="src.directory.backends.DirectoryBackend")
        page = open_page(shape, scheme, js=js, cookies=[session_cookie(live_server, client)], base_url=live_server.url)
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)
        return page

    return opened


@pytest.fixture
def accessible():
    """Refuse a page with a fault that axe or the house's own quick checks see."""

    def checked(page):
        assert [*axe(page), *control_borders(page), *colour_only_links(page), *overflow(page)] == []

    return checked
