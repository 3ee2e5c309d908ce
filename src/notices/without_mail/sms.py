"""Text messages, through the city's gateway: off until the city configures one."""

import datetime
import logging

import requests
from django.conf import settings
from django.db.models import F
from django.utils import translation
from django.utils.module_loading import import_string

from src.foundations import clock

from .. import messages, registry
from ..enums import ErrandState, Means
from ..models import Errand

logger = logging.getLogger(__name__)

LEASE = datetime.timedelta(minutes=10)
RETRY_AFTER = datetime.timedelta(minutes=10)
MAX_COPIES = 2
BATCH = 50
LENGTH = 160
PATIENCE = 10
NEEDED = ("URL", "TOKEN", "SENDER")


class Refused(Exception):
    """The gateway said no: no copy left."""


class NotNow(Exception):
    """The gateway can't take it now: no copy left."""


class HttpGateway:
    """The usual gateway: one JSON POST a message, a bearer token. Another one is a class with the same ``send``.

    Any other answer than those below, or none, leaves a doubt: the message may have left.
    """

    def __init__(self, configured: dict):
        self.url, self.token, self.sender = (configured[name] for name in NEEDED)

    def send(self, *, to: str, text: str, key: str) -> None:
        """Hand one message over; ``key`` is the same for each copy. Refused and NotNow say that none left."""
        try:
            answer = requests.post(
                self.url,
                json={"from": self.sender, "to": to, "text": text},
                headers={"Authorization": f"Bearer {self.token}", "Idempotency-Key": key},
                timeout=PATIENCE,
                allow_redirects=False,
            )
        except requests.ConnectTimeout as error:
            raise NotNow(str(error)) from error
        if answer.status_code == 429 or answer.status_code == 503:
            raise NotNow(str(answer.status_code))
        if 400 <= answer.status_code < 500:
            raise Refused(str(answer.status_code))
        answer.raise_for_status()


def faults() -> list[str]:
    """What is missing of a gateway that somebody began to configure; empty when it is off or whole."""
    given = settings.TERRAIN_SMS
    if not any(given.get(name) for name in NEEDED):
        return []
    missing = [f"TERRAIN_SMS_{name}" for name in NEEDED if not given.get(name)]
    if given.get("URL") and not given["URL"].startswith("https://"):
        missing.append("TERRAIN_SMS_URL (https://)")
    return missing


def is_on() -> bool:
    """Whether text messages leave: a gateway is configured, whole."""
    return bool(settings.TERRAIN_SMS.get("URL")) and not faults()


def gateway():
    """The configured gateway."""
    return import_string(settings.TERRAIN_SMS.get("BACKEND") or f"{__name__}.HttpGateway")(settings.TERRAIN_SMS)


def deliver(limit: int = BATCH) -> int:
    """Send the text messages that are due: claim → send → mark, at most two copies. Returns how many were taken up."""
    if not is_on():
        return 0
    now = clock.now()
    texts = Errand.objects.filter(means=Means.SMS)
    stale = texts.filter(state=ErrandState.CLAIMED, claimed_at__lt=now - LEASE)
    stale.filter(attempts__lt=MAX_COPIES).update(state=ErrandState.WAITING, claimed_at=None)
    stale.filter(attempts__gte=MAX_COPIES).update(state=ErrandState.UNCERTAIN)
    due = list(
        texts.due(now).filter(attempts__lt=MAX_COPIES).select_related("user__reach").order_by("not_before")[:limit]
    )
    line = gateway() if due else None
    for row in due:
        _deliver_one(row, line)
    return len(due)


def words(row: Errand) -> str:
    """One sentence and the address of Terrain, within one message."""
    notice = registry.registered().get(row.code)
    if notice is None:
        return ""
    with translation.override(row.user.language or settings.LANGUAGE_CODE):
        address = messages.absolute("/moi/messages/")
        subject = messages.one_line(notice.subject(row.context))
    room = LENGTH - len(address) - 1 - len(f"{settings.SITE_NAME} : ")
    if len(subject) > room:
        subject = subject[: room - 1].rstrip() + "…"
    return f"{settings.SITE_NAME} : {subject} {address}"


def _deliver_one(row: Errand, line) -> None:
    claimed = Errand.objects.filter(pk=row.pk, state=ErrandState.WAITING, attempts=row.attempts)
    if not claimed.update(state=ErrandState.CLAIMED, claimed_at=clock.now(), attempts=F("attempts") + 1):
        return
    phone = row.user.reach.phone if hasattr(row.user, "reach") else ""
    text = words(row)
    if not phone or not text:
        _mark(row, ErrandState.GIVEN_UP)
        return
    try:
        line.send(to=phone, text=text, key=messages.message_id(row.key))
    except Refused:
        logger.warning("text message refused", extra={"row": row.pk})
        _mark(row, ErrandState.GIVEN_UP)
    except NotNow:
        _again(row, attempts=row.attempts)
    except Exception as error:  # whatever a gateway raises: the message may have left
        logger.warning("text message in doubt", extra={"row": row.pk, "error": type(error).__name__})
        _again(row, attempts=row.attempts + 1)
    else:
        _mark(row, ErrandState.DONE)


def _mark(row: Errand, state: str) -> None:
    Errand.objects.filter(pk=row.pk, state=ErrandState.CLAIMED).update(state=state, done_at=clock.now())


def _again(row: Errand, *, attempts: int) -> None:
    """Once more later, if only one copy may have left; otherwise nobody knows, and no third one leaves."""
    rows = Errand.objects.filter(pk=row.pk, state=ErrandState.CLAIMED)
    if attempts >= MAX_COPIES:
        rows.update(state=ErrandState.UNCERTAIN)
        return
    later = clock.now() + RETRY_AFTER
    rows.update(state=ErrandState.WAITING, attempts=attempts, not_before=later, claimed_at=None)
