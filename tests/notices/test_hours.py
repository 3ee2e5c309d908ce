"""Nights, weekends and holidays are people's own: what isn't a duty waits for the next working day at eight."""

import datetime

import pytest
from django.core import mail as outgoing
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from src.config import reading
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.notices import delivery, digest, selectors, services
from src.notices.hours import next_open
from src.notices.models import AnyHour, DigestIssue, InboxItem, MailMessage
from tests.factories.directory import AgentFactory
from tests.factories.notices import DutyCalls, IdeaMoved, InboxItemFactory

WORDS = {"title": "Un banc à l’abri", "reference": "7K3F9Q"}


def paris(*parts):
    return timezone.make_aware(datetime.datetime(*parts))


@pytest.fixture
def hours(settings):
    settings.TERRAIN_MAIL_HOURS = (8, 20)


@pytest.mark.parametrize(
    ("born", "leaves"),
    [
        ((2026, 11, 25, 8, 0), (2026, 11, 25, 8, 0)),  # a Wednesday
        ((2026, 11, 25, 19, 59), (2026, 11, 25, 19, 59)),
        ((2026, 11, 25, 20, 0), (2026, 11, 26, 8, 0)),
        ((2026, 11, 25, 3, 0), (2026, 11, 25, 8, 0)),
        ((2026, 11, 27, 20, 30), (2026, 11, 30, 8, 0)),  # Friday evening
        ((2026, 11, 28, 10, 0), (2026, 11, 30, 8, 0)),  # Saturday
        ((2026, 11, 29, 23, 0), (2026, 11, 30, 8, 0)),  # Sunday
        ((2026, 12, 25, 9, 0), (2026, 12, 28, 8, 0)),  # Christmas, a Friday
        ((2027, 3, 28, 2, 30), (2027, 3, 30, 8, 0)),  # the night the clocks change, before Easter Monday
    ],
)
def test_a_moment_waits_for_the_next_working_day(hours, born, leaves):
    assert next_open(paris(*born)) == paris(*leaves)


@given(st.datetimes(datetime.datetime(2026, 1, 1), datetime.datetime(2028, 12, 31)))
def test_it_never_comes_back_in_time_and_always_falls_in_hours(moment):
    from django.test import override_settings

    with override_settings(TERRAIN_MAIL_HOURS=(8, 20)):
        born = timezone.make_aware(moment, datetime.UTC)
        found = next_open(born)
        local = timezone.localtime(found)
        assert found >= born
        assert clock.is_working_day(local.date())
        assert 8 <= local.hour < 20
        assert next_open(found) == found
        if found != born:
            assert (local.hour, local.minute) == (8, 0)
            # Nothing open was jumped over.
            day = timezone.localtime(born).date()
            skipped = [day + datetime.timedelta(days=n) for n in range(1, (local.date() - day).days)]
            assert not any(clock.is_working_day(other) for other in skipped)


def test_a_city_may_let_mails_leave_at_any_hour(settings):
    settings.TERRAIN_MAIL_HOURS = None
    assert next_open(paris(2026, 11, 29, 3, 0)) == paris(2026, 11, 29, 3, 0)


@pytest.mark.parametrize(("written", "read"), [("", None), ("8-20", (8, 20)), ("0-24", (0, 24))])
def test_the_setting_in_words(written, read):
    assert reading.hours(written) == read


@pytest.mark.parametrize("written", ["8", "20-8", "huit-vingt", "8-25", "8-20-22"])
def test_a_wrong_setting_stops_the_start(written):
    with pytest.raises(ValueError, match="TERRAIN_MAIL_HOURS"):
        reading.hours(written)


@pytest.mark.django_db
def test_saturdays_news_wait_for_monday_but_duties_and_the_inbox_do_not(hours, time_machine, sealed):
    time_machine.move_to(paris(2026, 11, 28, 10, 0), tick=False)
    calm, eager, author = (AgentFactory() for _ in range(3))
    services.set_any_hour(eager, True)
    handle = sealed(author)
    services.set_any_hour(author, True)

    people = [calm.pk, eager.pk]
    services.send(IdeaMoved.code, recipients=people, handles=[handle], context=WORDS, key="saturday")
    services.send(DutyCalls.code, recipients=[calm.pk], context=WORDS, key="duty")
    drain_outbox()

    assert InboxItem.objects.count() == 4
    assert sorted(message.to[0] for message in outgoing.outbox) == sorted([eager.email, calm.email])
    # A protected author who asked for any hour waits like everybody: leaving now would say so.
    assert list(MailMessage.objects.filter(handle=handle).values_list("state", "not_before")) == [
        ("queued", paris(2026, 11, 30, 8, 0))
    ]
    outgoing.outbox.clear()
    time_machine.move_to(paris(2026, 11, 30, 7, 59), tick=False)
    drain_outbox()
    assert outgoing.outbox == []
    time_machine.move_to(paris(2026, 11, 30, 8, 0), tick=False)
    drain_outbox()
    assert sorted(message.to[0] for message in outgoing.outbox) == sorted([calm.email, author.email])


@pytest.mark.django_db
def test_a_summary_built_late_waits_for_hours(hours, time_machine):
    time_machine.move_to(paris(2026, 11, 24, 7, 0), tick=False)
    person = AgentFactory()
    services.set_channel(person, "followed", "digest")
    InboxItemFactory(user=person, created_at=clock.now())
    time_machine.move_to(paris(2026, 11, 28, 22, 0), tick=False)  # the machine slept until Saturday night
    digest.build_due(clock.now())
    assert DigestIssue.objects.get().built_at is not None
    drain_outbox()
    assert outgoing.outbox == []
    assert MailMessage.objects.get().not_before == paris(2026, 11, 30, 8, 0)


@pytest.mark.django_db
def test_one_asks_for_any_hour_and_changes_ones_mind(client):
    me = AgentFactory()
    client.force_login(me, backend="src.directory.backends.DirectoryBackend")
    page = client.get(reverse("notices:settings")).content.decode()
    assert "M’écrire aussi le soir" in page
    client.post(reverse("notices:settings"), {"usual": "mail", "any_hour": "on"})
    client.post(reverse("notices:settings"), {"usual": "mail", "any_hour": "on"})
    assert AnyHour.objects.filter(user=me).count() == 1
    form = client.get(reverse("notices:settings")).context["form"]
    assert form["any_hour"].value() is True
    client.post(reverse("notices:settings"), {"usual": "mail"})
    assert not AnyHour.objects.exists()


# ------------------------------------------------------------------------------------------ together, and never empty
@pytest.mark.django_db
def test_messages_about_one_thing_stand_together_the_newest_first(sealed):
    me = AgentFactory()
    handle = sealed(me)
    for number, reference in enumerate(["AAAAAA", "BBBBBB", "AAAAAA", "CCCCCC", "AAAAAA"]):
        who = {"handles": [handle]} if number == 2 else {"recipients": [me.pk]}
        words = {"title": f"n° {number}", "reference": reference}
        services.send(IdeaMoved.code, **who, context=words, key=f"k{number}")
    viewer = as_viewer(me)

    page = selectors.inbox_page(viewer)
    shown = [(entry.item.context["title"], [e.item.context["title"] for e in entry.earlier]) for entry in page.items]
    assert shown == [("n° 4", ["n° 2", "n° 0"]), ("n° 3", []), ("n° 1", [])]
    assert [entry.item.context["title"] for entry in selectors.latest(viewer)] == ["n° 4", "n° 3", "n° 1"]

    services.mark_read(viewer, page.items[0].item.pk)
    viewer = as_viewer(type(me).objects.get(pk=me.pk))
    assert selectors.unread_count(viewer) == 2
    assert all(entry.is_read for entry in (lambda e: (e, *e.earlier))(selectors.inbox_page(viewer).items[0]))
    drain_outbox()


@pytest.mark.django_db
def test_pages_of_groups_lose_nothing_and_repeat_nothing(monkeypatch):
    monkeypatch.setattr(selectors, "PAGE_SIZE", 3)
    me = AgentFactory()
    for number in range(20):
        InboxItemFactory(user=me, about=f"tests:{number % 8}" if number % 5 else "")
    seen, cursor = [], ""
    while True:
        page = selectors.inbox_page(as_viewer(me), cursor)
        seen += [entry.item.pk for entry in page.items]
        if not page.next_cursor:
            break
        cursor = page.next_cursor
    rows = list(InboxItem.objects.order_by("pk").values_list("pk", "about"))
    newest = {about or pk: pk for pk, about in rows}
    assert len(seen) == len(set(seen))
    assert set(seen) == set(newest.values())


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["subject", "body"])
def test_a_mail_that_would_say_nothing_is_not_sent(monkeypatch, sealed, way):
    me, author = AgentFactory(), AgentFactory()
    monkeypatch.setattr(IdeaMoved, "subject", lambda self, context: "" if way == "subject" else "Du nouveau")
    monkeypatch.setattr(IdeaMoved, "text", lambda self, context: " ")
    monkeypatch.setattr(IdeaMoved, "url", lambda self, context: "/idees/" if way == "subject" else "")
    services.send(IdeaMoved.code, recipients=[me.pk], handles=[sealed(author)], context=WORDS, key="nothing")
    delivery.deliver()
    assert outgoing.outbox == []
    assert sorted(MailMessage.objects.values_list("state", flat=True)) == ["sent", "skipped"]
    drain_outbox()
