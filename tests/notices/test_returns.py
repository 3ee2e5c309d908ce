"""Mails that come back, and complaints: heard from the provider, once, and without a word about which mail it was."""

import base64
import datetime
import json

import pytest
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.core import mail as outgoing
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.models import OutboxEvent
from src.foundations.testing import drain_outbox
from src.notices import delivery, returns, selectors, services
from src.notices.enums import MailState, StopReason
from src.notices.models import MailMessage, StoppedAddress
from tests.factories.directory import AgentFactory
from tests.factories.notices import IdeaMoved

WORDS = {"title": "Un banc à l’abri", "reference": "7K3F9Q"}
SECRET = "terrain:un-secret-de-test-assez-long"
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def provider(settings):
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET, "POSTMARK_SERVER_TOKEN": "x"}


def bounce(address, *, kind="HardBounce", at=None):
    moment = at or clock.now()
    return {
        "RecordType": "Bounce" if kind != "SpamComplaint" else "SpamComplaint",
        "Type": kind,
        "Email": address,
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "BouncedAt": moment.isoformat(),
        "ID": 42,
    }


def post(client, event, secret=SECRET):
    key = base64.b64encode(secret.encode()).decode()
    return client.post(
        reverse("notices:returned"),
        json.dumps(event),
        content_type="application/json",
        headers={"Authorization": f"Basic {key}"},
    )


def night():
    """What the relay does at three in the morning."""
    OutboxEvent.objects.filter(topic=returns.TOPIC).update(not_before=clock.now())
    drain_outbox()


def told(person, key="k"):
    services.send(IdeaMoved.code, recipients=[person.pk], context=WORDS, key=key)
    delivery.deliver()
    OutboxEvent.objects.exclude(topic=returns.TOPIC).delete()
    return MailMessage.objects.get(key__endswith=f":{key}:u{person.pk}").state


@pytest.mark.django_db
def test_a_hard_bounce_stops_the_mails_of_that_person_alone(client, provider, settings):
    person, other = AgentFactory(), AgentFactory()
    assert post(client, bounce(person.email.upper())).status_code == 200
    assert not StoppedAddress.objects.exists()  # not before the night
    night()
    settings.EMAIL_BACKEND = LOCMEM
    assert (told(person), told(other)) == (MailState.REFUSED, MailState.SENT)
    assert [message.to for message in outgoing.outbox] == [[other.email]]


@pytest.mark.django_db
@pytest.mark.parametrize("secret", ["terrain:autre", ":", "terrain:" + "x" * 200])
def test_a_wrong_secret_is_refused_and_changes_nothing(client, provider, secret):
    person = AgentFactory()
    assert post(client, bounce(person.email), secret).status_code == 400
    assert client.post(reverse("notices:returned"), "{}", content_type="application/json").status_code == 400
    assert not OutboxEvent.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("without", ["provider", "secret"])
def test_the_address_does_not_exist_without_a_provider_or_its_secret(client, settings, without):
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET} if without == "provider" else {}
    if without == "secret":
        settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    assert post(client, bounce("x@example.org")).status_code == 404


@pytest.mark.django_db
def test_until_the_night_the_address_is_in_no_readable_row(client, provider):
    person = AgentFactory(email="une.adresse.reconnaissable@ville.example")
    post(client, bounce(person.email))
    [event] = OutboxEvent.objects.all()
    assert event.payload == {}
    assert b"reconnaissable" not in bytes(event.sealed_payload)
    local = event.not_before.astimezone(clock.start_of_day(clock.today()).tzinfo)
    assert (local.hour, local.minute) == (3, 0)
    assert event.not_before > event.created_at
    night()
    assert not OutboxEvent.objects.exists()


@pytest.mark.django_db
def test_what_is_kept_names_no_message_no_handle_and_no_hour(client, provider, sealed):
    """A protected author's address bounces because of their handle's mail: the row is the same as anybody's."""
    named, author = AgentFactory(), AgentFactory()
    handle = sealed(author)
    services.send(IdeaMoved.code, recipients=[named.pk], handles=[handle], context=WORDS, key="both")
    before = MailMessage.objects.filter(handle=handle).values().get()
    post(client, bounce(author.email))
    post(client, bounce(named.email))
    OutboxEvent.objects.exclude(topic=returns.TOPIC).delete()
    night()
    rows = list(StoppedAddress.objects.values("reason", "is_stopped", "week", "reopened_at"))
    assert rows[0] == rows[1]
    assert rows[0]["week"] == clock.week_of()
    assert MailMessage.objects.filter(handle=handle).values().get() == before
    columns = {field.name for field in StoppedAddress._meta.concrete_fields}
    assert columns == {"user", "fingerprint", "reason", "is_stopped", "week", "reopened_at"}


@pytest.mark.django_db
def test_a_handle_whose_address_is_stopped_leaves_the_row_of_one_that_was_told(sealed):
    author, other = AgentFactory(), AgentFactory()
    stopped, open_one = sealed(author), sealed(other)
    services.stop_address(author.email, StopReason.BOUNCE, clock.now())
    services.send(IdeaMoved.code, handles=[stopped, open_one], context=WORDS, key="handles")
    delivery.deliver()
    states = dict(MailMessage.objects.values_list("handle", "state"))
    assert states == {stopped: "sent", open_one: "sent"}
    assert [message.to for message in outgoing.outbox] == [[other.email]]
    drain_outbox()


@pytest.mark.django_db
def test_a_soft_bounce_stops_nothing(client, provider):
    person = AgentFactory()
    for kind in ("Transient", "SoftBounce", "AutoResponder"):
        assert post(client, bounce(person.email, kind=kind)).status_code == 200
    assert not OutboxEvent.objects.exists()


@pytest.mark.parametrize(
    ("kind", "reason", "raw", "expected"),
    [
        (EventType.BOUNCED, None, {"event": "hard_bounce"}, "bounce"),
        (EventType.BOUNCED, None, {"event": "soft_bounce"}, ""),  # Brevo
        (EventType.BOUNCED, None, {"event": "bounce", "hard_bounce": False}, ""),  # Mailjet
        (EventType.BOUNCED, None, {"event": "bounce", "hard_bounce": True}, "bounce"),
        (EventType.BOUNCED, None, {"bounce": {"bounceType": "Transient"}}, ""),  # Amazon
        (EventType.BOUNCED, None, {"event": "bounce", "type": "blocked"}, ""),  # SendGrid
        (EventType.COMPLAINED, None, {}, "complaint"),
        (EventType.REJECTED, RejectReason.INVALID, {}, "bounce"),
        (EventType.REJECTED, RejectReason.SPAM, {}, "complaint"),
        (EventType.REJECTED, RejectReason.UNSUBSCRIBED, {}, ""),
        (EventType.REJECTED, RejectReason.TIMED_OUT, {}, ""),
        (EventType.DEFERRED, None, {}, ""),
        (EventType.DELIVERED, None, {}, ""),
        (EventType.OPENED, None, {}, ""),
    ],
)
def test_what_stops_an_address(kind, reason, raw, expected):
    event = AnymailTrackingEvent(event_type=kind, reject_reason=reason, esp_event=raw, recipient="x@example.org")
    assert returns.reason_to_stop(event) == expected


@pytest.mark.django_db
def test_another_address_is_open_and_an_old_event_about_the_former_is_ignored(client, provider, settings):
    person = AgentFactory(email="ancienne@ville.example")
    services.stop_address(person.email, StopReason.BOUNCE, clock.now())
    person.email = "nouvelle@ville.example"
    person.save()
    post(client, bounce("ancienne@ville.example"))
    night()
    settings.EMAIL_BACKEND = LOCMEM
    assert told(person) == MailState.SENT
    assert selectors.stopped_address(as_viewer(person)) is None
    assert selectors.stopped_addresses() == []
    services.stop_address(person.email, StopReason.BOUNCE, clock.now())
    assert told(person, "after") == MailState.REFUSED


@pytest.mark.django_db
def test_ones_word_opens_it_and_a_late_copy_of_the_old_event_does_not_close_it(client, provider, settings):
    person = AgentFactory()
    event = bounce(person.email, at=clock.now() - datetime.timedelta(minutes=5))
    post(client, event)
    night()
    assert services.reopen_address(person)
    assert not services.reopen_address(person)
    post(client, event)
    night()
    assert not StoppedAddress.objects.get().is_stopped
    post(client, bounce(person.email, at=clock.now() + datetime.timedelta(minutes=5)))
    night()
    assert StoppedAddress.objects.get().is_stopped


class InAnyOrder(TestCase):
    """Whatever the order and the repetitions of the same events, the same is left."""

    @given(st.permutations([("bounce", 1), ("complaint", 2), ("bounce", 3)]), st.integers(0, 2))
    def test_events(self, order, repeated):
        person = AgentFactory()
        noon = clock.now()
        for reason, minute in [*order, order[repeated], *order]:
            services.stop_address(person.email, reason, noon + datetime.timedelta(minutes=minute))
        row = StoppedAddress.objects.get(pk=person.pk)
        assert (row.is_stopped, row.reason) == (True, "complaint")


@pytest.mark.django_db
def test_the_person_reads_it_where_messages_are_and_asks_to_try_again(client):
    person = AgentFactory()
    services.stop_address(person.email, StopReason.BOUNCE, clock.now())
    client.force_login(person, backend="src.directory.backends.DirectoryBackend")
    for name in ("notices:inbox", "notices:settings"):
        page = client.get(reverse(name)).content.decode()
        assert person.email in page
        assert "Réessayer cette adresse" in page
    assert client.post(reverse("notices:reopen"), follow=True).status_code == 200
    assert "Réessayer cette adresse" not in client.get(reverse("notices:inbox")).content.decode()


@pytest.mark.django_db
def test_administrators_alone_see_the_list(client):
    person, plain = AgentFactory(first_name="Marthe", last_name="Oubliée"), AgentFactory()
    administrator = AgentFactory(roles=[(Role.ADMINISTRATOR, None)])
    services.stop_address(person.email, StopReason.COMPLAINT, clock.now())
    address = reverse("notices_stopped")
    client.force_login(administrator, backend="src.directory.backends.DirectoryBackend")
    page = client.get(address)
    assert page.status_code == 200
    assert "Marthe Oubliée" in page.content.decode()
    assert "signalé comme indésirable" in page.content.decode()
    client.force_login(plain, backend="src.directory.backends.DirectoryBackend")
    assert client.get(address).status_code in (302, 403, 404)


@pytest.mark.django_db
def test_a_sign_in_code_somebody_asks_for_still_leaves():
    person = AgentFactory()
    services.stop_address(person.email, StopReason.COMPLAINT, clock.now())
    delivery.deliver_direct({"to": person.email, "subject": "Votre code", "text": "123456", "key": "code"})
    assert [message.to for message in outgoing.outbox] == [[person.email]]


def sent_some_days_ago(person, key, days):
    state = told(person, key)
    moment = clock.now() - datetime.timedelta(days=days)
    MailMessage.objects.filter(key__endswith=f":{key}:u{person.pk}").update(sent_at=moment)
    return state


@pytest.mark.django_db
def test_a_mail_that_came_back_no_longer_reads_sent(client, sealed, time_machine):
    time_machine.move_to("2026-11-26 03:00+01:00", tick=False)  # a Thursday
    person = AgentFactory()
    handle = sealed(person)
    for key, days in (("before", 9), ("sunday", 4), ("monday", 3), ("wednesday", 1)):
        sent_some_days_ago(person, key, days)
    services.send(IdeaMoved.code, handles=[handle], context=WORDS, key="protected")
    delivery.deliver()

    services.stop_address(person.email, StopReason.BOUNCE, clock.now())
    told(person, "after")

    marked = MailMessage.objects.filter(returned_week="2026-11-23").values_list("key", flat=True)
    assert {key.split(":")[1] for key in marked} == {"monday", "wednesday"}
    assert MailMessage.objects.get(handle=handle).returned_week is None
    client.force_login(person, backend="src.directory.backends.DirectoryBackend")
    page = client.get(reverse("notices:log")).content.decode()
    assert (page.count("Revenu"), page.count("semaine du 23 novembre"), page.count("Envoyé")) == (2, 2, 2)
    assert page.count("est arrêtée. Il vous attend") == 1
    administrator = AgentFactory(roles=[(Role.ADMINISTRATOR, None)])
    client.force_login(administrator, backend="src.directory.backends.DirectoryBackend")
    assert "2 sont revenus · 1 n’est pas parti depuis" in client.get(reverse("notices_stopped")).content.decode()
    drain_outbox()


@pytest.mark.django_db
def test_a_complaint_says_that_mails_arrived_and_a_new_try_forgets_none(time_machine):
    time_machine.move_to("2026-11-26 03:00+01:00", tick=False)
    person, other = AgentFactory(), AgentFactory()
    told(other, "read")
    services.stop_address(other.email, StopReason.COMPLAINT, clock.now())
    assert not MailMessage.objects.exclude(returned_week=None).exists()
    told(person, "first")
    services.stop_address(person.email, StopReason.BOUNCE, clock.now())
    services.reopen_address(person)
    MailMessage.objects.filter(user=person).update(returned_week=None)
    time_machine.move_to("2026-11-27 03:00+01:00", tick=False)
    told(person, "second")
    services.stop_address(person.email, StopReason.BOUNCE, clock.now())
    assert [row.key.split(":")[1] for row in MailMessage.objects.exclude(returned_week=None)] == ["second"]


@pytest.mark.django_db
def test_the_database_marks_no_mail_of_a_handle_and_none_that_did_not_leave(sealed):
    person = AgentFactory()
    services.send(IdeaMoved.code, recipients=[person.pk], handles=[sealed(person)], context=WORDS, key="both")
    with pytest.raises(IntegrityError), transaction.atomic():
        MailMessage.objects.filter(user=person).update(returned_week=clock.week_of())
    delivery.deliver()
    with pytest.raises(IntegrityError), transaction.atomic():
        MailMessage.objects.exclude(handle=None).update(returned_week=clock.week_of())
    assert MailMessage.objects.filter(user=person).update(returned_week=clock.week_of()) == 1
    drain_outbox()
