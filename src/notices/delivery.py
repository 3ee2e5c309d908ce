"""Mails leave here: claim → send → mark, by the relay, outside any transaction."""

import contextlib
import datetime
import json
import logging
import smtplib

from anymail.exceptions import AnymailAPIError, AnymailInvalidAddress, AnymailRecipientsRefused
from django.core.mail import get_connection
from django.db import IntegrityError
from django.db.models import Count, F

from src.foundations import clock

from . import digest, handles, messages, registry, returns, unsubscribe
from .enums import Channel, MailState
from .models import ChannelChoice, MailMessage, Mute
from .smtp import LineLost

logger = logging.getLogger(__name__)

LEASE = datetime.timedelta(minutes=10)
RETRY_AFTER = datetime.timedelta(minutes=10)
GIVE_UP_AFTER = datetime.timedelta(days=3)
MAX_COPIES = 2
BATCH = 200
# After so many broken lines in a row the server is left alone: the other mails keep their place.
LOST_IN_A_ROW = 2

# The server said no before taking anything: no copy has left.
_REFUSALS = (AnymailRecipientsRefused, AnymailInvalidAddress, ValueError)
# What a sending may raise without telling whether the mail left.
_DOUBTS = (smtplib.SMTPException, AnymailAPIError, OSError, RuntimeError)


class MailBusy(Exception):
    """Another sender holds this mail; the outbox tries again later."""


class InDoubt(OSError):
    """The line broke while a mail was handed over: its row says whether another copy may leave."""


class ServerLost(OSError):
    """The mail server breaks one line after another: what is left waits for the next minute."""


def deliver(limit: int = BATCH) -> int:
    """Send the mails that are due, oldest first; returns how many were taken up.

    A broken line is opened again before the next mail. When the server can't be reached, or breaks one line after
    another, the error goes up and the mails not taken up yet stay as they are.
    """
    now = clock.now()
    recover(now)
    due = list(
        MailMessage.objects.filter(state=MailState.QUEUED, not_before__lte=now)
        .exclude(code="")
        .select_related("user")
        .order_by("not_before", "id")[:limit]
    )
    if not due:
        return 0
    owners = handles.resolve({mail.handle for mail in due if mail.handle})
    muted = _muted_pairs(owners.values())
    stopped = returns.stopped_among([*owners.values(), *(mail.user for mail in due if mail.user_id)])
    words = _WordsOnce()
    summaries = digest.Contents(due, owners)
    with _line() as connection:
        broken = 0
        for mail in (waiting := list(due)):
            connection.open()
            try:
                _deliver_one(mail, owners, muted, stopped, words, summaries, connection)
                broken = 0
            except (LineLost, InDoubt) as error:
                broken += 1
                if broken >= LOST_IN_A_ROW:
                    raise ServerLost from error
                if isinstance(error, LineLost):
                    waiting.append(mail)
    return len(due)


@contextlib.contextmanager
def _line():
    """A line to the mail server, open; one that broke isn't taken leave of."""
    connection = get_connection()
    connection.open()
    try:
        yield connection
    finally:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            connection.close()


def by_state() -> list[tuple[dict[str, str], float]]:
    """How many mails each state holds, empty ones included."""
    found = dict(MailMessage.objects.order_by().values_list("state").annotate(Count("id")))
    return [({"state": state}, found.get(state, 0)) for state in MailState.values]


def deliver_direct(payload: dict) -> None:
    """Send a mail whose address and words came sealed in the outbox; its row keeps the key and the state alone."""
    key = f"direct:{payload['key']}"
    now = clock.now()
    row = _direct_row(key, now)
    recover(now, key=key)
    row.refresh_from_db()
    if row.state in (MailState.SENT, MailState.UNCERTAIN, MailState.REFUSED):
        return
    with _line() as connection:
        if row.state != MailState.QUEUED or not _claim(row):
            raise MailBusy(key)
        mail = messages.direct(
            to=payload["to"],
            subject=payload["subject"],
            text=payload["text"],
            html=payload.get("html", ""),
            message_id=row.message_id,
        )
        if _send(row, mail, connection) == MailState.QUEUED:
            raise MailBusy(key)


def recover(now, key: str | None = None) -> None:
    """Mails whose sender died: one more copy if only one may have left, otherwise a person decides."""
    stale = MailMessage.objects.filter(state=MailState.CLAIMED, claimed_at__lt=now - LEASE)
    if key is not None:
        stale = stale.filter(key=key)
    stale.filter(attempts__lt=MAX_COPIES).update(state=MailState.QUEUED, not_before=now, claimed_at=None)
    stale.filter(attempts__gte=MAX_COPIES).update(state=MailState.UNCERTAIN)


def send_again(mail: MailMessage) -> bool:
    """A person decided that an uncertain mail leaves once more; False when it isn't uncertain any more."""
    return bool(
        MailMessage.objects.filter(pk=mail.pk, state=MailState.UNCERTAIN).update(
            state=MailState.QUEUED, attempts=MAX_COPIES - 1, not_before=clock.now(), claimed_at=None
        )
    )


def _direct_row(key: str, now) -> MailMessage:
    try:
        return MailMessage.objects.get_or_create(
            key=key,
            defaults={"message_id": messages.message_id(key), "created_at": now, "not_before": now},
        )[0]
    except IntegrityError:
        return MailMessage.objects.get(key=key)


def _muted_pairs(users) -> set[tuple[int, str]]:
    """Categories of which these people want no mail at once: muted, or told another way."""
    ids = {user.pk for user in users}
    if not ids:
        return set()
    elsewhere = ChannelChoice.objects.filter(user_id__in=ids).exclude(channel=Channel.MAIL)
    muted = Mute.objects.filter(user_id__in=ids)
    return {*muted.values_list("user_id", "category"), *elsewhere.values_list("user_id", "category")}


class _WordsOnce:
    """The words of each message of a batch, written once for all who read the same language."""

    def __init__(self):
        self._known: dict[tuple, messages.Words] = {}

    def of(self, row: MailMessage, notice, language: str) -> messages.Words:
        key = (row.code, json.dumps(row.context, sort_keys=True), language)
        if key not in self._known:
            self._known[key] = messages.render(notice, row.context, language)
        return self._known[key]


def _deliver_one(row: MailMessage, owners, muted, stopped, words: _WordsOnce, summaries, connection) -> None:
    """Claim one mail and send it; a sealed author who muted or has no address looks the same as one who was told."""
    if not _claim(row):
        return
    user = owners.get(row.handle) if row.handle else row.user
    if user is not None and user.pk in stopped:
        _mark(row, MailState.SENT if row.handle else MailState.REFUSED)
        return
    if row.code == digest.CODE:
        _deliver_summary(row, owners, summaries, connection)
        return
    notice = registry.registered().get(row.code)
    silent = (
        notice is None
        or user is None
        or not user.is_active
        or not user.email
        or (row.handle and notice.mutable and (user.pk, notice.category) in muted)
    )
    if silent:
        _mark(row, MailState.SENT)
        return
    said = words.of(row, notice, user.language)
    if said.is_empty:
        _mark(row, MailState.SENT if row.handle else MailState.SKIPPED)
        return
    category = notice.category if notice.mutable else ""
    _send(row, messages.addressed(said, user=user, category=category, message_id=row.message_id), connection)


def _deliver_summary(row: MailMessage, owners: dict, summaries: digest.Contents, connection) -> None:
    """A claimed summary: what is still unread, or nothing. A handle leaves the same row either way."""
    user = owners.get(row.handle) if row.handle else row.user
    items = summaries.of(row, user) if user is not None and user.is_active and user.email else []
    if not items:
        _mark(row, MailState.SENT if row.handle else MailState.SKIPPED)
        return
    said = digest.words(user, items)
    mail = messages.addressed(said, user=user, category=unsubscribe.ALL_SUMMARIES, message_id=row.message_id)
    _send(row, mail, connection)


def _claim(row: MailMessage) -> bool:
    """Take one mail; False when another sender was faster."""
    claimed = MailMessage.objects.filter(pk=row.pk, state=MailState.QUEUED, attempts__lt=MAX_COPIES).update(
        state=MailState.CLAIMED, claimed_at=clock.now(), attempts=F("attempts") + 1
    )
    if claimed:
        row.attempts += 1
    return bool(claimed)


def _send(row: MailMessage, mail, connection) -> str:
    """Hand one claimed mail to the server and write down what is known; returns the state left.

    A broken line comes out once it is written down: LineLost when no copy left, InDoubt when one may have.
    """
    mail.connection = connection
    try:
        mail.send()
    except _REFUSALS:
        logger.warning("mail refused", extra={"mail_id": row.pk})
        # Of a sealed author nothing is kept, not even that the address was refused.
        return _mark(row, MailState.SENT if row.handle else MailState.REFUSED)
    except LineLost:
        _give_back(row, row.not_before)
        raise
    except _DOUBTS as error:
        return _answered(row, _answer_code(error))
    return _mark(row, MailState.SENT)


def _answer_code(error) -> int | None:
    """What the server answered, if it did: an SMTP code, or the status of a provider's API.

    A mail has one recipient: what was answered about the address is what was answered about the mail.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next((code for code, _said in error.recipients.values()), 550)
    return getattr(error, "smtp_code", None) or getattr(error, "status_code", None)


def _answered(row: MailMessage, code: int | None) -> str:
    """A failed sending: no for good, not now, or nobody knows.

    SMTP says "not now" with 4xx and "no" with 5xx; a provider's API says it the other way round, 429 apart.
    """
    logger.warning("mail failed", extra={"mail_id": row.pk, "code": code})
    if code is None:
        _doubt(row)
        raise InDoubt
    refused = code in (550, 551, 552, 553, 554) or (400 <= code < 420)
    if refused:
        return _mark(row, MailState.SENT if row.handle else MailState.REFUSED)
    return _put_off(row)


def _mark(row: MailMessage, state: str) -> str:
    MailMessage.objects.filter(pk=row.pk, state=MailState.CLAIMED).update(
        state=state, sent_at=clock.now() if state == MailState.SENT else None
    )
    return state


def _put_off(row: MailMessage) -> str:
    """The server answered "not now": no copy left, so this attempt doesn't count; after three days it is refused."""
    now = clock.now()
    if now - row.created_at > GIVE_UP_AFTER:
        return _mark(row, MailState.SENT if row.handle else MailState.REFUSED)
    return _give_back(row, now + RETRY_AFTER)


def _give_back(row: MailMessage, not_before) -> str:
    """No copy left: the attempt doesn't count, the mail waits until then."""
    row.attempts -= 1
    MailMessage.objects.filter(pk=row.pk, state=MailState.CLAIMED).update(
        state=MailState.QUEUED, attempts=F("attempts") - 1, not_before=not_before, claimed_at=None
    )
    return MailState.QUEUED


def _doubt(row: MailMessage) -> None:
    """The line broke: the mail may have left. Once more if that was the first copy, otherwise a person decides."""
    if row.attempts >= MAX_COPIES:
        _mark(row, MailState.UNCERTAIN)
        return
    MailMessage.objects.filter(pk=row.pk, state=MailState.CLAIMED).update(
        state=MailState.QUEUED, not_before=clock.now() + RETRY_AFTER, claimed_at=None
    )
