"""Claim → send → mark: nothing lost, two copies at most, whatever dies in between."""

import datetime
import smtplib
import threading

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction

from src.foundations import clock, outbox
from src.foundations.diagnosis import Level
from src.foundations.testing import drain_outbox, forget_effects
from src.notices import delivery, diagnosis, services
from src.notices.enums import MailState
from src.notices.models import MailMessage
from tests.factories.directory import AgentFactory
from tests.factories.notices import IdeaMoved


class Backend(EmailBackend):
    """A mail server that does what ``behaviour`` says with each message."""

    behaviour = staticmethod(lambda message: None)

    def send_messages(self, messages):
        for message in messages:
            type(self).behaviour(message)
        return super().send_messages(messages)


@pytest.fixture
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = "tests.notices.test_delivery.Backend"

    def behave(function):
        monkeypatch.setattr(Backend, "behaviour", staticmethod(function))

    return behave


def queued(key="k1"):
    user = AgentFactory()
    services.send(IdeaMoved.code, recipients=[user.pk], context={"title": "Une idée", "reference": "AAAAAA"}, key=key)
    # These tests are the sender.
    forget_effects()
    return MailMessage.objects.get(user=user)


def later(minutes):
    """Move the mails back in time, as if ``minutes`` had passed."""
    gone = datetime.timedelta(minutes=minutes)
    for row in MailMessage.objects.all():
        MailMessage.objects.filter(pk=row.pk).update(
            not_before=row.not_before - gone,
            claimed_at=row.claimed_at and row.claimed_at - gone,
            created_at=row.created_at - gone,
        )


@pytest.mark.django_db
def test_a_line_that_breaks_is_tried_once_more_then_left_to_a_person(server):
    row = queued()
    seen = []

    def breaks(message):
        seen.append(message.extra_headers["Message-ID"])
        raise smtplib.SMTPServerDisconnected("gone")

    server(breaks)
    for _ in range(5):
        delivery.deliver()
        later(11)
    row.refresh_from_db()

    assert (row.state, row.attempts) == (MailState.UNCERTAIN, 2)
    assert seen == [row.message_id] * 2


@pytest.mark.django_db
def test_a_sender_killed_between_sending_and_marking_repeats_one_message_at_most(server):
    row = queued()

    def killed(message):
        mail.outbox.append(message)
        raise SystemExit

    server(killed)
    for _ in range(4):
        with pytest.raises(SystemExit):
            delivery.deliver()
        delivery.recover(clock.now())
        row.refresh_from_db()
        assert row.state == MailState.CLAIMED
        later(11)
        if row.attempts == 2:
            break
    delivery.deliver()
    row.refresh_from_db()

    assert (row.state, row.attempts) == (MailState.UNCERTAIN, 2)
    assert [m.extra_headers["Message-ID"] for m in mail.outbox] == [row.message_id] * 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "state", "attempts"),
    [
        (smtplib.SMTPRecipientsRefused({}), MailState.REFUSED, 1),
        (smtplib.SMTPDataError(554, b"no"), MailState.REFUSED, 1),
        (smtplib.SMTPDataError(451, b"not now"), MailState.QUEUED, 0),
        (TimeoutError(), MailState.QUEUED, 1),
    ],
)
def test_what_the_server_answers_decides(server, error, state, attempts):
    row = queued()

    def answer(message):
        raise error

    server(answer)
    delivery.deliver()
    row.refresh_from_db()

    assert (row.state, row.attempts, len(mail.outbox)) == (state, attempts, 0)


@pytest.mark.django_db
def test_a_server_that_says_not_now_for_three_days_is_given_up(server):
    row = queued()

    def answer(message):
        raise smtplib.SMTPDataError(451, b"not now")

    server(answer)
    delivery.deliver()
    later(4 * 24 * 60)
    delivery.deliver()
    row.refresh_from_db()

    assert row.state == MailState.REFUSED


@pytest.mark.django_db
def test_a_server_out_of_reach_costs_no_copy(server, monkeypatch):
    row = queued()

    def unreachable(self):
        raise ConnectionRefusedError

    monkeypatch.setattr(Backend, "open", unreachable)
    with pytest.raises(ConnectionRefusedError):
        delivery.deliver()
    row.refresh_from_db()

    assert (row.state, row.attempts) == (MailState.QUEUED, 0)


@pytest.mark.django_db
def test_a_held_message_leaves_at_its_hour():
    user = AgentFactory()
    soon = clock.now() + datetime.timedelta(minutes=10)
    services.send(
        IdeaMoved.code, recipients=[user.pk], context={"title": "x", "reference": "x"}, key="h", not_before=soon
    )
    drain_outbox()
    assert mail.outbox == []

    later(11)
    delivery.deliver()

    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_a_third_copy_is_refused_by_the_database():
    row = queued()
    with pytest.raises(IntegrityError), transaction.atomic():
        MailMessage.objects.filter(pk=row.pk).update(attempts=3)


@pytest.mark.django_db
def test_a_person_may_send_an_uncertain_mail_again():
    row = queued()
    MailMessage.objects.filter(pk=row.pk).update(state=MailState.UNCERTAIN, attempts=2)

    assert delivery.send_again(row) is True
    assert delivery.send_again(row) is False
    delivery.deliver()
    row.refresh_from_db()

    assert (row.state, len(mail.outbox)) == (MailState.SENT, 1)


PAYLOAD = {"to": "nadia@marvenne.example", "subject": "Votre code", "text": "123 456", "html": "", "key": "code:1"}


@pytest.mark.django_db
def test_a_mail_written_elsewhere_leaves_once_and_its_address_is_kept_nowhere():
    for _ in range(2):
        outbox.emit("mail.send", PAYLOAD, secret=True)
        drain_outbox()

    assert [(m.to, m.body) for m in mail.outbox] == [(["nadia@marvenne.example"], "123 456")]
    row = MailMessage.objects.get()
    assert row.state == MailState.SENT
    assert "nadia" not in str(row.__dict__)


@pytest.mark.django_db
def test_a_mail_written_elsewhere_is_never_sent_three_times(server):
    def killed(message):
        mail.outbox.append(message)
        raise SystemExit

    server(killed)
    for _ in range(2):
        with pytest.raises(SystemExit):
            delivery.deliver_direct(PAYLOAD)
        with pytest.raises(delivery.MailBusy):
            delivery.deliver_direct(PAYLOAD)
        later(11)
    delivery.deliver_direct(PAYLOAD)

    assert MailMessage.objects.get().state == MailState.UNCERTAIN
    assert len(mail.outbox) == 2


@pytest.mark.django_db(transaction=True)
def test_four_senders_at_once_send_each_mail_once(server):
    users = [AgentFactory() for _ in range(12)]
    services.send(
        IdeaMoved.code,
        recipients=[user.pk for user in users],
        context={"title": "x", "reference": "x"},
        key="together",
    )
    forget_effects()
    errors = []

    def work():
        try:
            delivery.deliver()
        except Exception as error:  # told below
            errors.append(error)
        finally:
            if together:
                connections.close_all()

    # The suite's SQLite lives in memory, where two threads can't write: there, one sender after the other.
    together = connection.vendor == "postgresql"
    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start() if together else thread.run()
    for thread in threads:
        if together:
            thread.join()

    assert errors == []
    assert sorted(m.to[0] for m in mail.outbox) == sorted(user.email for user in users)


@pytest.mark.django_db
def test_the_command_lists_and_sends_again_without_showing_an_address(capsys):
    row = queued()
    MailMessage.objects.filter(pk=row.pk).update(state=MailState.UNCERTAIN, attempts=2)

    call_command("mails")
    listed = capsys.readouterr().out
    call_command("mails", send_again=row.pk)
    delivery.deliver()
    with pytest.raises(CommandError):
        call_command("mails", send_again=row.pk)

    assert listed.startswith(f"{row.pk}\ttests.idea_moved\t")
    assert '{"uncertain": 1}' in listed
    assert "@" not in listed
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_the_doctor_names_uncertain_mails():
    row = queued()
    assert [line.level for line in diagnosis.mails()] == [Level.LIMIT]

    MailMessage.objects.filter(pk=row.pk).update(state=MailState.UNCERTAIN)

    assert [line.level for line in diagnosis.mails()] == [Level.LIMIT, Level.PROBLEM]
