"""What the relay and the ticker do for notices."""

import datetime
import logging
from uuid import UUID

from src.foundations import outbox
from src.foundations.ticking import on_tick

from . import delivery, digest, returns, services
from .enums import SendingState
from .models import MassSending
from .services import holding
from .services.sending import DELIVER
from .without_mail import sms

log = logging.getLogger("terrain.notices")


@outbox.handles(DELIVER)
def deliver_due(payload: dict) -> None:
    """Send what is due; when a batch wasn't enough, ask for the next turn.

    A mail server out of reach is left to the tick of each minute, which says that it fails: an effect that is tried
    ten times would be given up in the third hour of a breakdown, and a person would have to revive it.
    """
    try:
        taken = delivery.deliver()
    except OSError as error:
        log.warning("mail.unreachable", extra={"error": type(error).__name__})
        return
    if taken == delivery.BATCH:
        outbox.emit(DELIVER, {})


@outbox.handles(returns.TOPIC)
def mail_came_back(payload: dict) -> None:
    """The night has come: stop the address a mail came back from, or whose reader complained."""
    services.stop_address(payload["address"], payload["reason"], datetime.datetime.fromisoformat(payload["at"]))


@outbox.handles(holding.TOPIC)
def tell_many(payload: dict) -> None:
    """Somebody looked at a mass sending and let it leave; taken up again, it repeats nothing."""
    sending = MassSending.objects.filter(pk=payload["sending"], state=SendingState.APPROVED).first()
    if sending is None:
        return
    services.send(
        sending.code,
        recipients=sending.recipients,
        handles=[UUID(handle) for handle in sending.handles],
        context=sending.context,
        key=sending.key,
        looked_at=True,
    )
    holding.forget_recipients(sending)


@outbox.handles("mail.send")
def send_direct(payload: dict) -> None:
    """Send one mail written elsewhere (sign-in codes): ``to, subject, text, html, key``."""
    delivery.deliver_direct(payload)


@on_tick("notices.deliver", every=datetime.timedelta(minutes=1))
def deliver_late(now) -> None:
    """Take up what a dead sender left, and what was held until now."""
    delivery.deliver()


@on_tick("notices.sms", every=datetime.timedelta(minutes=1))
def text_messages(now) -> None:
    """Send the text messages that are due, when the city has a gateway."""
    sms.deliver()


@on_tick("notices.digest", every=datetime.timedelta(minutes=5))
def summaries(now) -> None:
    """Tuesday at 8:00: write the summaries of the week, once."""
    digest.build_due(now)
