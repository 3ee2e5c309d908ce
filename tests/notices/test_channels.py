"""How each person is told: at once, on Tuesday, on Terrain alone; and the one click that stops a kind of mail."""

import datetime
import re
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from src.foundations.testing import drain_outbox
from src.notices import digest, services, unsubscribe
from src.notices.enums import Category, Channel, MailState
from src.notices.models import ChannelChoice, DigestIssue, InboxItem, MailMessage
from tests.factories.directory import AgentFactory
from tests.factories.notices import DutyCalls, IdeaMoved, InboxItemFactory

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
TUESDAY = datetime.datetime(2026, 11, 24, 8, 0, tzinfo=PARIS)
MONDAY = TUESDAY - datetime.timedelta(hours=20)


def chosen(channel, **fields):
    user = AgentFactory(**fields)
    services.set_channel(user, Category.FOLLOWED, channel)
    return user


def news(number=1, at=MONDAY, **recipient):
    return InboxItemFactory(
        created_at=at, context={"title": f"Idée {number}", "reference": f"REF{number:03d}"}, **recipient
    )


def send_summaries(now=TUESDAY):
    digest.build_due(now)
    drain_outbox()


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(("channel", "mails"), [(Channel.MAIL, 1), (Channel.DIGEST, 0), (Channel.PRODUCT, 0)])
def test_the_inbox_always_has_it_and_the_mail_follows_the_choice(channel, mails, sealed):
    named, protected = chosen(channel), chosen(channel)

    services.send(
        IdeaMoved.code,
        recipients=[named.pk],
        handles=[sealed(protected)],
        context={"title": "x", "reference": "x"},
        key="k",
    )
    drain_outbox()

    assert InboxItem.objects.count() == 2
    assert sorted(message.to[0] for message in mail.outbox) == sorted([named.email, protected.email] * mails)
    # A handle leaves the same row whatever its author chose.
    assert MailMessage.objects.get(handle__isnull=False).state == MailState.SENT


def test_a_duty_is_told_at_once_whatever_was_chosen():
    user = chosen(Channel.PRODUCT)

    services.send(DutyCalls.code, recipients=[user.pk], context={"title": "x", "reference": "x"}, key="k")
    drain_outbox()

    assert [message.to for message in mail.outbox] == [[user.email]]


def test_the_database_keeps_duties_out_of_the_choices():
    with pytest.raises(IntegrityError), transaction.atomic():
        ChannelChoice.objects.create(user=AgentFactory(), category=Category.TASKS, channel=Channel.PRODUCT)


def test_the_summary_groups_by_idea_newest_first_and_leaves_out_what_was_read():
    user = chosen(Channel.DIGEST)
    news(1, user=user)
    news(2, MONDAY + datetime.timedelta(hours=1), user=user)
    news(1, MONDAY + datetime.timedelta(hours=2), user=user)
    news(3, user=user, read_at=MONDAY)
    news(4, user=user, category=Category.MINE)

    send_summaries()

    [message] = mail.outbox
    assert plain(message.subject) == "Votre résumé : 3 messages"
    assert [line for line in message.body.splitlines() if line.startswith("Idée")] == ["Idée 1", "Idée 2"]
    assert "http://127.0.0.1:8000/idees/REF001/" in message.alternatives[0][0]
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nothing_new_makes_no_mail_and_the_same_news_is_told_once():
    user, idle = chosen(Channel.DIGEST), chosen(Channel.DIGEST)
    news(1, user=user)

    send_summaries()
    send_summaries(TUESDAY + datetime.timedelta(hours=5))
    send_summaries(TUESDAY + datetime.timedelta(days=7))

    assert [message.to for message in mail.outbox] == [[user.email]]
    assert idle.email not in str([message.to for message in mail.outbox])
    assert DigestIssue.objects.count() == 2


def test_what_was_read_before_the_mail_left_is_not_told():
    user = chosen(Channel.DIGEST)
    item = news(1, user=user)
    digest.build_due(TUESDAY)
    InboxItem.objects.filter(pk=item.pk).update(read_at=TUESDAY)

    drain_outbox()

    assert (mail.outbox, MailMessage.objects.get().state) == ([], MailState.SKIPPED)


def test_a_build_killed_half_way_goes_on_where_it_stopped(monkeypatch):
    users = [chosen(Channel.DIGEST) for _ in range(5)]
    for user in users:
        news(1, user=user)
    monkeypatch.setattr(digest, "CHUNK", 2)
    write, calls = digest._write, []

    def killed(issue, recipients):
        calls.append(len(recipients))
        if len(calls) == 3:
            raise SystemExit
        write(issue, recipients)

    monkeypatch.setattr(digest, "_write", killed)
    with pytest.raises(SystemExit):
        digest.build_due(TUESDAY)
    monkeypatch.setattr(digest, "_write", write)
    send_summaries()
    send_summaries()

    assert sorted(message.to[0] for message in mail.outbox) == sorted(user.email for user in users)


def test_a_sealed_author_has_the_summary_and_no_row_says_what_they_chose(sealed):
    wants, at_once = chosen(Channel.DIGEST), chosen(Channel.MAIL)
    for author in (wants, at_once):
        news(1, handle=sealed(author))

    send_summaries()

    assert [message.to for message in mail.outbox] == [[wants.email]]
    assert set(MailMessage.objects.values_list("user_id", "state", "attempts")) == {(None, MailState.SENT, 1)}


@pytest.mark.parametrize("people", [1, 3])
def test_building_costs_the_same_for_one_and_three(people, django_assert_num_queries):
    for _ in range(people):
        news(1, user=chosen(Channel.DIGEST))
    digest._issue(TUESDAY)

    # the issue, handles, then two turns: who has something unread, their mails, how far we are, savepoints
    with django_assert_num_queries(15):
        digest.build_due(TUESDAY)
    drain_outbox()


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        (datetime.datetime(2026, 11, 27, tzinfo=PARIS), TUESDAY),
        # Bastille day is a Tuesday in 2026: the next working day.
        (datetime.datetime(2026, 7, 15, 12, tzinfo=PARIS), datetime.datetime(2026, 7, 15, 8, tzinfo=PARIS)),
        # Two days after the clocks change, eight o'clock is still eight o'clock.
        (datetime.datetime(2026, 3, 31, 12, tzinfo=PARIS), datetime.datetime(2026, 3, 31, 8, tzinfo=PARIS)),
        (datetime.datetime(2026, 10, 27, 12, tzinfo=PARIS), datetime.datetime(2026, 10, 27, 8, tzinfo=PARIS)),
    ],
)
def test_the_hour_of_the_summary(now, moment):
    assert digest.moment_of_week(now) == moment


def test_before_eight_nothing_is_built():
    news(1, user=chosen(Channel.DIGEST))

    assert digest.build_due(TUESDAY - datetime.timedelta(seconds=1)) is None
    assert MailMessage.objects.count() == 0


def link_of(message) -> str:
    header = message.extra_headers["List-Unsubscribe"]
    assert header[1:-1] in message.body
    return re.fullmatch(r"<http://127\.0\.0\.1:8000(/.+)>", header)[1]


def test_one_click_stops_the_mails_of_the_kind_signed_out_and_reading_the_link_stops_nothing():
    user = AgentFactory()
    services.send(IdeaMoved.code, recipients=[user.pk], context={"title": "x", "reference": "x"}, key="k")
    drain_outbox()
    link, anonymous = link_of(mail.outbox[0]), Client(enforce_csrf_checks=True)

    page = anonymous.get(link).content.decode()
    assert "Ne plus recevoir les courriels « Idées que je soutiens ou que je suis »" in plain(page)
    assert ChannelChoice.objects.count() == 0
    answers = [anonymous.post(link, {"List-Unsubscribe": "One-Click"}).status_code for _ in range(2)]

    assert answers == [200, 200]
    assert list(ChannelChoice.objects.values_list("user_id", "category", "channel")) == [
        (user.pk, Category.FOLLOWED, Channel.PRODUCT)
    ]


def test_one_click_stops_the_summary():
    user = chosen(Channel.DIGEST)
    news(1, user=user)
    send_summaries()

    Client().post(link_of(mail.outbox[0]))

    assert list(ChannelChoice.objects.values_list("channel", flat=True)) == [Channel.PRODUCT]


def test_a_forged_link_and_one_for_a_duty_do_not_exist(client):
    good = unsubscribe.token(AgentFactory().pk, Category.FOLLOWED)
    duty = unsubscribe.token(AgentFactory().pk, Category.TASKS)

    answers = [
        client.post(reverse("notices:unsubscribe", args=[value])).status_code
        for value in (good[:-1] + ("A" if good[-1] != "A" else "B"), "x", duty)
    ]

    assert answers == [404, 404, 404]
    assert ChannelChoice.objects.count() == 0


def test_a_duty_carries_no_link_to_stop_it():
    services.send(DutyCalls.code, recipients=[AgentFactory().pk], context={"title": "x", "reference": "x"}, key="k")
    drain_outbox()

    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers
    assert "terrain.invalid" not in mail.outbox[0].body + mail.outbox[0].alternatives[0][0]
