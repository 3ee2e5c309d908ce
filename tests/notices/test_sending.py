"""One message reaches many people, once each."""

import uuid

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction

from src.foundations.testing import drain_outbox
from src.notices import registry, services
from src.notices.enums import Category, MailState
from src.notices.models import InboxItem, MailMessage, Mute
from tests.factories.directory import AgentFactory
from tests.factories.notices import DutyCalls, IdeaMoved

CONTEXT = {"title": "Un carnet partagé", "reference": "7K3F9Q"}


def tell(users=(), handles=(), key="idea:7K3F9Q:moved:1", code=IdeaMoved.code):
    return services.send(code, recipients=[user.pk for user in users], handles=handles, context=CONTEXT, key=key)


@pytest.mark.django_db
def test_send_puts_one_message_in_each_inbox_and_mailbox():
    reached, without_mail = AgentFactory(email="nadia@marvenne.example"), AgentFactory(email=None)

    tell([reached, without_mail])
    drain_outbox()

    assert set(InboxItem.objects.values_list("user_id", flat=True)) == {reached.pk, without_mail.pk}
    assert [(m.to, m.subject) for m in mail.outbox] == [(["nadia@marvenne.example"], "Du nouveau : Un carnet partagé")]
    assert MailMessage.objects.get().state == MailState.SENT


@pytest.mark.django_db
def test_send_again_with_the_same_key_adds_nothing():
    users = [AgentFactory(), AgentFactory()]

    for _ in range(3):
        tell(users)
        drain_outbox()
    tell([*users, users[0]])
    drain_outbox()

    assert (InboxItem.objects.count(), MailMessage.objects.count(), len(mail.outbox)) == (2, 2, 2)


@pytest.mark.django_db
def test_send_completes_what_a_crash_left():
    first, second = AgentFactory(), AgentFactory()
    tell([first])

    tell([first, second])
    drain_outbox()

    assert sorted(m.to[0] for m in mail.outbox) == sorted([first.email, second.email])


@pytest.mark.django_db
def test_mail_says_where_to_read_on_and_why():
    tell([AgentFactory()])
    drain_outbox()

    [message] = mail.outbox
    html = message.alternatives[0][0]
    for part in (message.body, html):
        assert "http://127.0.0.1:8000/idees/7K3F9Q/" in part
        assert "Vous soutenez cette idée." in part
        assert "http://127.0.0.1:8000/moi/messages/reglages/" in part
    assert " style=" not in html


@pytest.mark.django_db
def test_a_muted_category_is_silent_and_a_legal_duty_is_not():
    user = AgentFactory()
    services.set_muted(user, Category.FOLLOWED, True)

    tell([user])
    tell([user], code=DutyCalls.code)
    drain_outbox()

    assert list(InboxItem.objects.values_list("code", flat=True)) == [DutyCalls.code]
    assert len(mail.outbox) == 1
    assert "Choisir ce que je reçois" not in mail.outbox[0].body
    assert "Ces messages vous parviennent toujours" in mail.outbox[0].body


@pytest.mark.django_db
def test_an_account_closed_is_told_nothing():
    user = AgentFactory()
    type(user).objects.filter(pk=user.pk).update(is_active=False)

    tell([user])
    drain_outbox()

    assert (InboxItem.objects.count(), mail.outbox) == (0, [])


@pytest.mark.django_db
def test_a_sealed_author_is_told_and_no_row_knows_who(sealed):
    author = AgentFactory(email="canari@marvenne.example", first_name="Canari")
    handle = sealed(author)

    tell(handles=[handle])
    drain_outbox()

    assert [m.to for m in mail.outbox] == [["canari@marvenne.example"]]
    item, message = InboxItem.objects.get(), MailMessage.objects.get()
    assert (item.user_id, item.handle, message.user_id, message.handle) == (None, handle, None, handle)
    assert "canari" not in f"{item.__dict__}{message.__dict__}".lower()


@pytest.mark.django_db
def test_a_sealed_author_who_muted_or_has_no_address_leaves_the_same_rows(sealed):
    told, muted, without_mail = AgentFactory(), AgentFactory(), AgentFactory(email=None)
    services.set_muted(muted, Category.FOLLOWED, True)
    tell(handles=[sealed(told), sealed(muted), sealed(without_mail), uuid.uuid4()])
    drain_outbox()

    assert [m.to for m in mail.outbox] == [[told.email]]
    assert {(m.state, m.attempts, m.sent_at is None) for m in MailMessage.objects.all()} == {
        (MailState.SENT, 1, False)
    }


@pytest.mark.django_db
def test_send_costs_the_same_for_one_and_three(django_assert_num_queries):
    users = [AgentFactory() for _ in range(3)]

    for index, some in enumerate((users[:1], users)):
        with django_assert_num_queries(_statements()):
            tell(some, key=f"key{index}")
    drain_outbox()

    assert len(mail.outbox) == 4


def _statements():
    # accounts, savepoint, inbox, mails, outbox, release
    return 6 if connection.in_atomic_block else 4


@pytest.mark.django_db
def test_an_item_has_one_recipient():
    user = AgentFactory()
    for recipient in ({}, {"user": user, "handle": uuid.uuid4()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            InboxItem.objects.create(
                code="x", category=Category.NEWS, key="k", created_at="2026-01-01T00:00Z", **recipient
            )


@pytest.mark.django_db
def test_the_database_refuses_to_mute_duties():
    with pytest.raises(IntegrityError), transaction.atomic():
        Mute.objects.create(user=AgentFactory(), category=Category.TASKS)


def test_register_refuses_a_code_already_taken():
    class Other(IdeaMoved):
        pass

    with pytest.raises(ValueError, match="already taken"):
        registry.register(Other)


def test_a_subject_is_one_line():
    from src.notices.messages import one_line

    assert one_line("Bonjour\r\nBcc: moi@ailleurs.example") == "Bonjour Bcc: moi@ailleurs.example"
