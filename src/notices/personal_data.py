"""What notices keep about people, for how long, and how it leaves."""

import datetime

from django.db.models import BooleanField, Value
from django.utils.translation import gettext_lazy as _

from src.foundations import personal_data

from . import registry
from .enums import CallOutcome, ErrandState, MailState, Means, SendingState, StopReason
from .models import (
    AnyHour,
    ChannelChoice,
    DigestIssue,
    Errand,
    InboxItem,
    LetterBatch,
    MailMessage,
    MassSending,
    Mute,
    Reach,
    ReadMarks,
    StoppedAddress,
)

INBOX_KEPT = datetime.timedelta(days=731)
MAIL_KEPT = datetime.timedelta(days=365)


def _rows(model, *fields):
    def export(user):
        return model.objects.filter(user=user).values(*fields)

    return export


def _subject(code, row) -> str:
    """A message is known by its title, as the inbox writes it; what its context lacks can't be said."""
    try:
        return registry.get(code).subject(row["context"])
    except KeyError:
        return ""


def _erase(model):
    def erase(user):
        return model.objects.filter(user=user).delete()[0]

    return erase


def _purge(model, age, **conditions):
    def purge(now, apply):
        old = model.objects.filter(created_at__lt=now - age, **conditions)
        return old.delete()[0] if apply else old.count()

    return purge


TITLED = {"code": _subject, "context": personal_data.file_only}

personal_data.declare(
    InboxItem,
    owner="notices",
    classification="C2",
    retention=_("24 months"),
    title=_("Messages I received"),
    words=TITLED,
    export=_rows(InboxItem, "code", "category", "context", "created_at", "read_at"),
    erase=_erase(InboxItem),
    reason="What people were told, so that they can read it again.",
    purge=_purge(InboxItem, INBOX_KEPT),
)
personal_data.declare(
    ReadMarks,
    owner="notices",
    classification="C2",
    retention=_("as long as the account"),
    export=lambda user: [],
    erase=_erase(ReadMarks),
    reason="Which messages addressed to a protected contribution were read; encrypted.",
)
personal_data.declare(
    MailMessage,
    owner="notices",
    classification="C2",
    retention=_("12 months"),
    title=_("E-mails sent to me"),
    words=TITLED,
    export=_rows(MailMessage, "code", "context", "state", "created_at", "sent_at", "returned_week"),
    erase=_erase(MailMessage),
    reason="Proof that a mail left once, without its address.",
    purge=_purge(MailMessage, MAIL_KEPT, state__in=[MailState.SENT, MailState.REFUSED, MailState.SKIPPED]),
)
personal_data.declare(
    Mute,
    owner="notices",
    classification="C2",
    retention=_("as long as the account"),
    title=_("Messages I asked not to receive"),
    export=_rows(Mute, "category"),
    erase=_erase(Mute),
    reason="What people asked not to receive.",
)
personal_data.declare(
    ChannelChoice,
    owner="notices",
    classification="C2",
    retention=_("as long as the account"),
    title=_("How I asked to be told"),
    export=_rows(ChannelChoice, "category", "channel"),
    erase=_erase(ChannelChoice),
    reason="How people asked to be told.",
)
personal_data.declare(
    AnyHour,
    owner="notices",
    classification="C2",
    retention=_("as long as the account"),
    title=_("I asked to be written to at any hour"),
    export=lambda user: (
        AnyHour.objects.filter(user=user)
        .annotate(any_hour=Value(True, output_field=BooleanField()))
        .values("any_hour")
    ),
    erase=_erase(AnyHour),
    reason="Who asked for mails at night and on days off too.",
)
personal_data.declare(
    StoppedAddress,
    owner="notices",
    classification="C2",
    retention=_("as long as the account"),
    title=_("My address, when it sends e-mails back"),
    words={"reason": lambda code, row: StopReason(code).label},
    export=_rows(StoppedAddress, "reason", "week", "is_stopped"),
    erase=_erase(StoppedAddress),
    reason="Addresses that send mails back receive none: by the week, without the message that came back.",
)
personal_data.declare(
    DigestIssue,
    owner="notices",
    classification="C1",
    retention=None,
    export=None,
    erase=None,
    reason="Dates of the weekly summaries: one row a week, about nobody.",
)
personal_data.declare(
    Reach,
    owner="notices",
    classification="C2",
    retention=_("as long as the account"),
    title=_("How I am told without e-mail"),
    words={"means": lambda code, row: Means(code).label},
    export=_rows(Reach, "means", "phone"),
    erase=_erase(Reach),
    reason="How people without e-mail asked to be told, and the number they gave for it.",
)
personal_data.declare(
    Errand,
    owner="notices",
    classification="C2",
    retention=_("12 months"),
    title=_("Letters, text messages and calls for me"),
    words=TITLED
    | {
        "means": lambda code, row: Means(code).label,
        "state": lambda code, row: ErrandState(code).label,
        "outcome": lambda code, row: CallOutcome(code).label if code else "",
    },
    export=_rows(Errand, "code", "context", "means", "state", "outcome", "created_at", "done_at"),
    erase=_erase(Errand),
    reason="What was carried to people without e-mail, and what came of it.",
    purge=_purge(Errand, MAIL_KEPT),
)


def _purge_batches(now, apply):
    """Batches whose letters were all forgotten."""
    old = LetterBatch.objects.filter(drawn_at__lt=now - MAIL_KEPT, errands__isnull=True)
    return old.delete()[0] if apply else old.count()


personal_data.declare(
    LetterBatch,
    owner="notices",
    classification="C2",
    retention=_("12 months"),
    title=_("Letters I printed or posted"),
    export=lambda user: LetterBatch.objects.filter(drawn_by=user).values("drawn_at", "posted_on"),
    erase=lambda user: (
        LetterBatch.objects.filter(drawn_by=user).update(drawn_by=None)
        + LetterBatch.objects.filter(posted_by=user).update(posted_by=None)
    ),
    reason="Who printed the letters of a place, and when they were posted.",
    purge=_purge_batches,
)
personal_data.declare(
    MassSending,
    owner="notices",
    classification="C2",
    retention=_("12 months"),
    title=_("Mass sendings I decided"),
    words=TITLED | {"state": lambda code, row: SendingState(code).label},
    export=lambda user: MassSending.objects.filter(decided_by=user).values("code", "context", "state", "decided_at"),
    erase=lambda user: MassSending.objects.filter(decided_by=user).update(decided_by=None),
    reason="Who let a message for very many people leave; its recipients are forgotten once it is decided.",
    purge=_purge(MassSending, MAIL_KEPT),
)
