"""The demo city's pages, and what is told when an outcome is published."""

import uuid

import pytest
from django.core import mail

from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.publishing import cards
from src.publishing.models import DossierPage, OutcomePage
from src.publishing.services.demo import load_pages
from tests.factories.directory import AgentFactory
from tests.factories.publishing import OutcomePageFactory

pytestmark = pytest.mark.django_db


def test_loading_twice_adds_nothing():
    first, second = load_pages(), load_pages()

    assert first == {"created": 14, "unchanged": 0}
    assert second == {"created": 0, "unchanged": 14}
    assert (DossierPage.objects.count(), OutcomePage.objects.count()) == (2, 6)
    assert OutcomePage.objects.live().count() == 4


def test_every_page_of_the_demo_city_is_drawn(client):
    load_pages()
    from wagtail.models import Page

    addresses = [page.url for page in Page.objects.live().filter(depth__gte=2)]
    statuses = {address: client.get(address).status_code for address in addresses}

    assert set(statuses.values()) == {200}


def test_followers_are_told_once_when_an_outcome_is_published():
    follower, handle = AgentFactory(), uuid.uuid4()
    cards.register_followers("idea", lambda reference: cards.Followers(user_ids=[follower.pk], handles=[handle]))
    page = OutcomePageFactory(title="Le bilan", idea_reference="7k3f9q", live=False)

    page.save_revision().publish()
    drain_outbox()
    late = AgentFactory()
    cards._followers["idea"] = lambda reference: cards.Followers(user_ids=[follower.pk, late.pk], handles=[handle])
    page.save_revision().publish()
    drain_outbox()

    assert {(item.user_id, item.handle) for item in InboxItem.objects.all()} == {(follower.pk, None), (None, handle)}
    assert [message.subject for message in mail.outbox] == ["Bilan : Le bilan"]
    assert page.full_url.endswith(page.url)


def test_an_outcome_without_an_idea_tells_nobody():
    page = OutcomePageFactory(live=False)

    page.save_revision().publish()
    drain_outbox()

    assert InboxItem.objects.count() == 0
