"""Put one message in many inboxes and on its way by mail, once for each person."""

from collections.abc import Iterable, Iterator
from itertools import islice
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, Value

from src.foundations import clock, outbox

from .. import registry
from ..enums import Channel, Means
from ..hours import next_open
from ..messages import message_id
from ..models import AnyHour, ChannelChoice, Errand, InboxItem, MailMessage, Mute
from .holding import hold_if_many

CHUNK = 500
DELIVER = "notices.deliver"
# How somebody without e-mail is told; what is addressed to a handle is never carried.
CARRIED = (Means.LETTER, Means.SMS, Means.CALL)


def send(
    notice_code: str,
    *,
    recipients: Iterable[int] = (),
    handles: Iterable[UUID] = (),
    context: dict | None = None,
    key: str,
    not_before=None,
    looked_at: bool = False,
    else_by_letter: bool = False,
) -> int:
    """Tell something to people, by account id or by handle of a sealed author.

    Writes one inbox row per recipient, one mail row for each who has an address (the relay sends the mails), and one
    errand for each who has none and asked for a letter, a text message or a call.
    Sending again with the same ``key`` adds nothing for those already told. Who chose another way than e-mail gets the
    inbox row alone (the summary reads it on Tuesday). A mail born at night or on a day off leaves the next working day
    at eight, unless it is a duty or its reader asked for any hour. Who muted the category is left out,
    unless the message is a legal duty; for a handle that is looked at when the mail leaves and when the inbox is
    read, because nothing in the database says whose handle it is. Returns the number of inbox rows offered.

    ``else_by_letter``: who has no address and chose no way at all gets a letter at their place of work; who chose
    Terrain only doesn't.

    For more than ``TERRAIN_MASS_SENDING`` people nothing is told: it waits for somebody to look at it (``send_mass``).
    """
    notice = registry.get(notice_code)
    if not looked_at:
        told = hold_if_many(notice, recipients, handles, dict(context or {}), key)
        if told is None:
            return 0
        recipients, handles = told
    now = clock.now()
    draft = _Draft(notice, dict(context or {}), key, now, not_before or now, else_by_letter)
    offered = 0
    for chunk in _chunks(recipients):
        offered += _tell_accounts(draft, chunk)
    for chunk in _chunks(handles):
        offered += _tell_handles(draft, chunk)
    return offered


class _Draft:
    """What all copies of one message share."""

    def __init__(self, notice, context, key, now, not_before, else_by_letter=False):
        self.notice, self.context, self.key = notice, context, key
        self.now, self.not_before = now, not_before
        self.means_unsaid = Means.LETTER if else_by_letter else None
        self.about = notice.about(context)[:80]
        # Nights and days off are people's own, unless they asked otherwise; a duty doesn't wait.
        self.in_hours = next_open(not_before) if notice.mutable else not_before

    def inbox_item(self, **recipient) -> InboxItem:
        return InboxItem(
            code=self.notice.code,
            category=self.notice.category,
            key=self.key,
            about=self.about,
            context=self.context,
            created_at=self.now,
            **recipient,
        )

    def mail(self, recipient_key: str, *, at_any_hour: bool, **recipient) -> MailMessage:
        mail_key = f"{self.notice.code}:{self.key}:{recipient_key}"
        return MailMessage(
            key=mail_key,
            code=self.notice.code,
            context=self.context,
            message_id=message_id(mail_key),
            created_at=self.now,
            not_before=self.not_before if at_any_hour else self.in_hours,
            **recipient,
        )

    def errand(self, recipient_key: str, *, user_id: int, means: str) -> Errand:
        return Errand(
            key=f"{self.notice.code}:{self.key}:{recipient_key}",
            code=self.notice.code,
            user_id=user_id,
            means=means,
            context=self.context,
            created_at=self.now,
            # A letter may be printed at any hour: nobody is disturbed.
            not_before=self.not_before if means == Means.LETTER else self.in_hours,
        )


def _tell_accounts(draft: _Draft, user_ids: list[int]) -> int:
    accounts = get_user_model().objects.filter(pk__in=user_ids, is_active=True)
    if draft.notice.mutable:
        muted = Mute.objects.filter(user=OuterRef("pk"), category=draft.notice.category)
        accounts = accounts.exclude(Exists(muted))
        # Another way was chosen: the summary of Tuesday, or Terrain alone.
        elsewhere = ChannelChoice.objects.filter(user=OuterRef("pk"), category=draft.notice.category)
        accounts = accounts.annotate(
            elsewhere=Exists(elsewhere.exclude(channel=Channel.MAIL)),
            any_hour=Exists(AnyHour.objects.filter(user=OuterRef("pk"))),
        )
    else:
        accounts = accounts.annotate(elsewhere=Value(False), any_hour=Value(True))
    fields = ("pk", "email", "elsewhere", "any_hour", "reach__means")
    found = list(accounts.order_by("pk").values_list(*fields))
    _write(
        [draft.inbox_item(user_id=pk) for pk, *_ in found],
        [
            draft.mail(f"u{pk}", at_any_hour=any_hour, user_id=pk)
            for pk, email, elsewhere, any_hour, _means in found
            if email and not elsewhere
        ],
        [
            draft.errand(f"u{pk}", user_id=pk, means=means or draft.means_unsaid)
            for pk, email, elsewhere, _any_hour, means in found
            if not email and not elsewhere and (means or draft.means_unsaid) in CARRIED
        ],
    )
    return len(found)


def _tell_handles(draft: _Draft, handles: list[UUID]) -> int:
    _write(
        [draft.inbox_item(handle=handle) for handle in handles],
        # Whoever wrote it, it waits: leaving at night would say what its author asked for.
        [draft.mail(f"h{handle}", at_any_hour=False, handle=handle) for handle in handles],
    )
    return len(handles)


def _write(items: list[InboxItem], mails: list[MailMessage], errands: list[Errand] = ()) -> None:
    """One short transaction for a chunk: inbox rows, mail rows, and an outbox row for each moment they leave at."""
    with transaction.atomic():
        InboxItem.objects.bulk_create(items, ignore_conflicts=True)
        if errands:
            Errand.objects.bulk_create(errands, ignore_conflicts=True)
        if mails:
            MailMessage.objects.bulk_create(mails, ignore_conflicts=True)
            outbox.emit_all(
                [outbox.Effect(DELIVER, {}, not_before=moment) for moment in {mail.not_before for mail in mails}]
            )


def _chunks(values: Iterable) -> Iterator[list]:
    iterator = iter(dict.fromkeys(values))
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
