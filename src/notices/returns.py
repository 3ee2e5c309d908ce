"""What a provider tells of mails that came back, or that somebody complained of: heard, and kept until the night."""

import datetime
from functools import cache

from anymail.signals import EventType, RejectReason, tracking
from django.conf import settings
from django.dispatch import receiver
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string

from src.foundations import clock, outbox

from .enums import StopReason
from .models import StoppedAddress

TOPIC = "notices.returned"
# Together, once a night: the minute an address is stopped says nothing of the mail that came back.
HOUR = datetime.time(3, 0)

_VIEWS = {
    "amazon_ses": "amazon_ses.AmazonSESTrackingWebhookView",
    "brevo": "brevo.BrevoTrackingWebhookView",
    "mailgun": "mailgun.MailgunTrackingWebhookView",
    "mailjet": "mailjet.MailjetTrackingWebhookView",
    "postmark": "postmark.PostmarkTrackingWebhookView",
    "sendgrid": "sendgrid.SendGridTrackingWebhookView",
    "sparkpost": "sparkpost.SparkPostTrackingWebhookView",
}
_REFUSED_FOR = {
    RejectReason.INVALID: StopReason.BOUNCE,
    RejectReason.BOUNCED: StopReason.BOUNCE,
    RejectReason.SPAM: StopReason.COMPLAINT,
}
_SOFT_NAMES = ("event", "Event", "type", "Type", "bounceType", "RecordType")


def provider() -> str:
    """The configured provider that can tell us what comes back; empty without it, or without its secret."""
    name = settings.EMAIL_BACKEND.removeprefix("anymail.backends.").removesuffix(".EmailBackend")
    secret = getattr(settings, "ANYMAIL", {}).get("WEBHOOK_SECRET")
    return name if name in _VIEWS and secret else ""


@cache
def view_of(name: str):
    """anymail's view for one provider: it checks the secret, and the provider's own signature where there is one."""
    return import_string(f"anymail.webhooks.{_VIEWS[name]}").as_view()


def fingerprint(address: str) -> str:
    """What is kept of an address: enough to know it again, and nothing to write to."""
    return salted_hmac("notices.stopped-address", address.strip().lower(), algorithm="sha256").hexdigest()[:40]


def stopped_among(users) -> set[int]:
    """Ids of these accounts whose present address is stopped. One statement."""
    users = {user.pk: user for user in users if user.email}
    rows = StoppedAddress.objects.filter(pk__in=users, is_stopped=True) if users else ()
    return {row.pk for row in rows if row.fingerprint == fingerprint(users[row.pk].email)}


def reason_to_stop(event) -> str:
    """Why this event stops an address; empty when it does not: delivered, put off, a mailbox full for now."""
    if event.event_type == EventType.COMPLAINED:
        return StopReason.COMPLAINT
    if event.event_type == EventType.BOUNCED:
        return "" if _is_soft(event.esp_event) else StopReason.BOUNCE
    if event.event_type == EventType.REJECTED:
        return _REFUSED_FOR.get(event.reject_reason, "")
    return ""


@receiver(tracking, dispatch_uid="notices.returns")
def heard(sender, event, esp_name, **kwargs) -> None:
    """Put what stops an address among the effects of the coming night, sealed: the address is read by nobody."""
    reason = reason_to_stop(event)
    if reason and event.recipient:
        moment = event.timestamp or clock.now()
        payload = {"address": event.recipient, "reason": str(reason), "at": moment.isoformat()}
        outbox.emit(TOPIC, payload, not_before=next_night(), secret=True)


def next_night() -> datetime.datetime:
    """Three in the morning, in the city."""
    night = datetime.timedelta(hours=HOUR.hour)
    today = clock.start_of_day(clock.today()) + night
    return today if clock.now() < today else clock.start_of_day(clock.today() + datetime.timedelta(days=1)) + night


def _is_soft(raw) -> bool:
    """Providers that name a full mailbox a bounce say so beside it; anymail gives both the same type."""
    if not hasattr(raw, "get"):
        return False
    if raw.get("hard_bounce") is False or "transient" in str(raw.get("bounce", "")).lower():
        return True
    said = " ".join(str(raw.get(name, "")) for name in _SOFT_NAMES).lower()
    return "soft" in said or "transient" in said or said.strip().endswith("blocked")
