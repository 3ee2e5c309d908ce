"""The inbox: one's own messages, read, silenced; and nothing that ties an author to a handle."""

import datetime
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from src.directory.backends import DirectoryBackend
from src.directory.viewer import as_viewer
from src.notices import read_marks, selectors, services
from src.notices.enums import Category
from src.notices.models import ChannelChoice, InboxItem, Mute, ReadMarks
from tests.factories.directory import AgentFactory
from tests.factories.notices import DutyCalls, InboxItemFactory

pytestmark = pytest.mark.django_db


def fresh(user):
    """A viewer as the next request would build it."""
    return as_viewer(type(user).objects.get(pk=user.pk))


@pytest.fixture
def client_of():
    def signed_in(user):
        client = Client()
        client.force_login(user, backend="src.directory.backends.DirectoryBackend")
        return client

    return signed_in


def test_one_sees_ones_own_messages_and_those_of_ones_handles(sealed):
    me, other = AgentFactory(), AgentFactory()
    handle = sealed(me)
    mine = {InboxItemFactory(user=me).pk, InboxItemFactory(handle=handle).pk}
    InboxItemFactory(user=other)
    InboxItemFactory(handle=sealed(other))
    InboxItemFactory(handle=uuid.uuid4())

    page = selectors.inbox_page(fresh(me))

    assert {entry.item.pk for entry in page} == mine
    assert selectors.unread_count(fresh(me)) == 2


def test_reading_changes_no_row_of_a_handle(sealed):
    me = AgentFactory()
    item = InboxItemFactory(handle=sealed(me))
    before = InboxItem.objects.filter(pk=item.pk).values().get()

    services.mark_read(fresh(me), item.pk)

    assert InboxItem.objects.filter(pk=item.pk).values().get() == before
    assert selectors.unread_count(fresh(me)) == 0
    assert [entry.is_read for entry in selectors.inbox_page(fresh(me))] == [True]


def test_read_marks_have_one_size_and_are_there_for_everybody(sealed):
    author, reader = AgentFactory(), AgentFactory()
    for _ in range(30):
        InboxItemFactory(handle=sealed(author))
    InboxItemFactory(user=reader)

    services.mark_all_read(fresh(author))
    services.mark_all_read(fresh(reader))

    sizes = {len(bytes(marks.ciphertext)) for marks in ReadMarks.objects.all()}
    assert ReadMarks.objects.count() == 2
    assert len(sizes) == 1
    assert (selectors.unread_count(fresh(author)), selectors.unread_count(fresh(reader))) == (0, 0)


def test_read_marks_keep_the_newest_when_they_are_full(sealed):
    me = AgentFactory()
    viewer = fresh(me)

    read_marks.add(viewer, list(range(1, read_marks.KEPT + 11)))

    assert read_marks.of(fresh(me)) == frozenset(range(11, read_marks.KEPT + 11))


def test_a_category_muted_by_a_sealed_author_leaves_their_inbox(sealed):
    me = AgentFactory()
    InboxItemFactory(handle=sealed(me), category=Category.FOLLOWED)
    InboxItemFactory(handle=sealed(me), category=Category.TASKS)
    services.set_muted(me, Category.FOLLOWED, True)

    assert [entry.item.category for entry in selectors.inbox_page(fresh(me))] == [Category.TASKS]


def test_a_message_whose_class_is_gone_is_not_shown():
    me = AgentFactory()
    InboxItemFactory(user=me, code="gone.with_its_room")

    assert selectors.inbox_page(fresh(me)).items == []
    assert selectors.unread_count(fresh(me)) == 0


def test_unread_count_is_one_statement(django_assert_num_queries, sealed):
    me = AgentFactory()
    InboxItemFactory(handle=sealed(me))
    for count in (1, 3):
        InboxItemFactory(user=me)
        viewer = as_viewer(DirectoryBackend().get_user(me.pk))
        with django_assert_num_queries(1):
            assert selectors.unread_count(viewer) > 0
    assert count == 3


def test_visitors_are_led_to_sign_in(client):
    for name in ("notices:inbox", "notices:settings"):
        response = client.get(reverse(name))
        assert (response.status_code, response.url.split("?")[0]) == (302, "/connexion/")


def test_the_page_costs_the_same_for_one_and_three(client_of, django_assert_num_queries):
    counts = []
    for number in (1, 3):
        user = AgentFactory()
        for _ in range(number):
            InboxItemFactory(user=user)
        client = client_of(user)
        with django_assert_num_queries(5):  # session, account, page, count, one's stopped address
            response = client.get(reverse("notices:inbox"))
        counts.append(response.content.decode().count('id="message-'))

    assert counts == [1, 3]


def test_an_empty_inbox_says_what_will_be_there(client_of):
    html = client_of(AgentFactory()).get(reverse("notices:inbox")).content.decode()

    assert "Aucun message pour le moment" in html
    assert 'href="/idees/"' in html


def test_reading_leads_to_the_page_and_marks(client_of):
    user = AgentFactory()
    item = InboxItemFactory(user=user)

    response = client_of(user).post(reverse("notices:read", args=[item.pk]))

    assert response.url == f"/idees/{item.context['reference']}/"
    item.refresh_from_db()
    assert item.read_at is not None


def test_somebody_else_s_message_answers_404(client_of, sealed):
    user, other = AgentFactory(), AgentFactory()
    items = [InboxItemFactory(user=other), InboxItemFactory(handle=sealed(other))]
    client = client_of(user)

    statuses = [
        client.post(reverse(name, args=[item.pk])).status_code
        for item in items
        for name in ("notices:read", "notices:mute")
    ]

    assert statuses == [404] * 4
    assert InboxItem.objects.filter(read_at__isnull=False).count() == 0


def test_everything_is_marked_read_in_one_gesture(client_of):
    user = AgentFactory()
    InboxItemFactory(user=user)
    InboxItemFactory(user=user)
    other = InboxItemFactory(user=AgentFactory())

    client_of(user).post(reverse("notices:read_all"))

    assert selectors.unread_count(fresh(user)) == 0
    other.refresh_from_db()
    assert other.read_at is None


def test_muting_from_a_message(client_of):
    user = AgentFactory()
    item = InboxItemFactory(user=user)

    client_of(user).post(reverse("notices:mute", args=[item.pk]))

    assert list(Mute.objects.values_list("user_id", "category")) == [(user.pk, Category.FOLLOWED)]


def test_a_legal_duty_is_not_muted_from_its_message(client_of):
    user = AgentFactory()
    item = InboxItemFactory(user=user, code=DutyCalls.code)

    client_of(user).post(reverse("notices:mute", args=[item.pk]))

    assert Mute.objects.count() == 0


def test_preferences_are_saved_and_shown(client_of):
    user = AgentFactory()
    client = client_of(user)
    each = {"usual": "each", "mine": "mail", "followed": "none", "news": "digest"}

    client.post(reverse("notices:settings"), each)

    assert set(Mute.objects.values_list("category", flat=True)) == {Category.FOLLOWED}
    assert dict(ChannelChoice.objects.values_list("category", "channel")) == {"mine": "mail", "news": "digest"}
    html = client.get(reverse("notices:settings")).content.decode()
    assert html.count("selected") == 3

    client.post(reverse("notices:settings"), {"usual": "digest"})

    assert Mute.objects.count() == 0
    assert set(ChannelChoice.objects.values_list("channel", flat=True)) == {"digest"}


def test_preferences_refuse_an_unknown_way_and_keep_what_was_typed(client_of):
    user = AgentFactory()

    response = client_of(user).post(
        reverse("notices:settings"), {"usual": "each", "mine": "pigeon", "followed": "none", "news": "mail"}
    )

    assert response.status_code == 422
    assert (Mute.objects.count(), ChannelChoice.objects.count()) == (0, 0)
    assert response.content.decode().count("selected") == 2


def test_retention_counts_then_deletes_what_is_old():
    from src.foundations import clock, personal_data

    user = AgentFactory()
    now = clock.now()
    InboxItemFactory(user=user, created_at=now - datetime.timedelta(days=740))
    kept = InboxItemFactory(user=user, created_at=now - datetime.timedelta(days=700))
    purge = personal_data.declaration_of(InboxItem).purge

    counted = purge(now, False)

    assert (counted, InboxItem.objects.count()) == (1, 2)
    assert (purge(now, True), list(InboxItem.objects.all())) == (1, [kept])


def test_export_and_erasure_are_ones_own_alone():
    from src.foundations import personal_data

    me, other = AgentFactory(), AgentFactory()
    for user in (me, other):
        InboxItemFactory(user=user)
        services.mark_all_read(fresh(user))
        services.set_muted(user, Category.NEWS, True)
    declared = [personal_data.declaration_of(model) for model in (InboxItem, ReadMarks, Mute)]

    exported = [len(list(one.export(me))) for one in declared]
    erased = [one.erase(me) for one in declared]

    assert (exported, erased) == ([1, 0, 1], [1, 1, 1])
    assert [one.model.objects.count() for one in declared] == [1, 1, 1]
