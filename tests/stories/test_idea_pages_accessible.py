"""Each page of ideas once in the browser, at 360 and 1280 px, light and dark: axe and the house's own checks."""

import pytest
from django.test import Client

from src.foundations.testing import drain_outbox
from tests.browser.checks import faults
from tests.browser.fixtures import SHAPE_NAMES, SHAPES, session_cookie
from tests.ideas_screens.test_pages import addresses

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("shape", "scheme"), SHAPES, ids=SHAPE_NAMES)
def test_every_page_is_without_fault(live_server, open_page, city, shape, scheme):
    walked = addresses(city)
    people = {**vars(city), "assessor": city.assessors[0]}
    pages, found = {}, {}
    for who, address in walked:
        if who not in pages:
            client = Client()
            client.force_login(people[who], backend="src.directory.backends.DirectoryBackend")
            pages[who] = open_page(shape, scheme, cookies=[session_cookie(live_server, client)])
        pages[who].goto(live_server.url + address)
        if told := faults(pages[who]):
            found[who, address] = told

    assert found == {}
    drain_outbox()
