"""Reads of the inbox, shaped for its page and for the bell."""

import datetime
from dataclasses import dataclass, replace

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from src.foundations import keyset, together

from . import read_marks, registry
from .enums import NEVER_MUTED, Category, Channel, ErrandState, MailState, Means, SendingState, StopReason
from .models import AnyHour, ChannelChoice, Errand, InboxItem, MailMessage, MassSending, Mute, StoppedAddress
from .returns import fingerprint

PAGE_SIZE = 20
BADGE_LIMIT = 200
# Earlier messages a page brings with its newest ones.
TOGETHER = 400
# Lines of the log of what was sent to somebody.
LOG = 60
SUMMARY = "notices.digest"


@dataclass(frozen=True)
class Entry:
    """One message as the page shows it."""

    item: InboxItem
    is_read: bool
    # Earlier messages about the same thing, newest first.
    earlier: tuple["Entry", ...] = ()

    @cached_property
    def notice(self):
        return registry.get(self.item.code)

    @property
    def subject(self) -> str:
        return self.notice.subject(self.item.context)

    @property
    def html(self) -> str:
        return self.notice.html(self.item.context)

    @property
    def url(self) -> str:
        return self.notice.url(self.item.context)

    @property
    def action(self) -> str:
        return self.notice.action(self.item.context)

    @property
    def why(self) -> str:
        return str(self.notice.why)

    @property
    def mutable(self) -> bool:
        return self.notice.mutable

    @property
    def category(self) -> str:
        return Category(self.item.category).label

    @property
    def day(self):
        return timezone.localdate(self.item.created_at)


@together.reading
def unread_count(viewer):
    """How many messages wait for this person; one statement, none for a visitor."""
    if not viewer.is_authenticated:
        return 0
    unread = _known(InboxItem.objects.belonging_to(viewer).unread_rows())
    if not viewer.own_handles:
        return (yield together.counted(unread))
    seen = read_marks.of(viewer)
    return sum(pk not in seen for pk in (yield unread.order_by().values_list("pk", flat=True)[:BADGE_LIMIT]))


def inbox_page(viewer, cursor: str = ""):
    """One page of messages, newest first, those about the same thing together, and its cursors."""
    mine = _known(InboxItem.objects.belonging_to(viewer))
    page = keyset.paginate(mine.newest_of_each(), order=("-created_at", "-id"), cursor=cursor, size=PAGE_SIZE)
    seen = read_marks.of(viewer)

    def entry(item, earlier=()):
        return Entry(item, item.read_at is not None or item.pk in seen, earlier)

    earlier: dict[str, list[Entry]] = {}
    shown = {item.pk for item in page.items}
    abouts = {item.about for item in page.items if item.about}
    for item in mine.filter(about__in=abouts).order_by("-created_at", "-id")[:TOGETHER] if abouts else ():
        if item.pk not in shown:
            earlier.setdefault(item.about, []).append(entry(item))
    return replace(page, items=[entry(item, tuple(earlier.get(item.about, ()))) for item in page.items])


@together.reading
def latest(viewer, categories=(Category.MINE, Category.FOLLOWED, Category.NEWS), limit: int = 3):
    """The newest messages of some categories, one for each thing: the home page's "news of what you follow"."""
    rows = _known(InboxItem.objects.belonging_to(viewer)).filter(category__in=categories).newest_of_each()
    seen = read_marks.of(viewer)
    return [
        Entry(item, item.read_at is not None or item.pk in seen)
        for item in (yield rows.order_by("-created_at", "-id")[:limit])
    ]


def preferences(viewer) -> list[dict]:
    """Each category with its state: by which way it arrives, muted or not, and whether it may be."""
    muted = set(Mute.objects.filter(user_id=viewer.user_id).values_list("category", flat=True))
    chosen = dict(ChannelChoice.objects.filter(user_id=viewer.user_id).values_list("category", "channel"))
    return [
        {
            "value": value,
            "label": label,
            "channel": chosen.get(value, Channel.MAIL),
            "muted": value in muted,
            "mutable": value not in NEVER_MUTED,
        }
        for value, label in Category.choices
    ]


@dataclass(frozen=True)
class Outgoing:
    """One thing that was sent to somebody: what, by which way, when, where it stands."""

    subject: str
    channel: str
    state: str
    moment: datetime.datetime
    # What happened next, when it didn't arrive.
    next: str = ""


def sent_to(viewer, limit: int = LOG) -> list[Outgoing]:
    """What left for this account, newest first: mails, summaries, letters, text messages, calls. Two statements.

    What is addressed to a handle isn't there: no list of an account holds it.
    """
    mails = MailMessage.objects.filter(user_id=viewer.user_id).order_by("-created_at", "-id")[:limit]
    errands = Errand.objects.filter(user_id=viewer.user_id).order_by("-created_at", "-id")[:limit]
    found = [
        Outgoing(
            _title(row),
            _("Summary of Tuesday") if row.code == SUMMARY else _("E-mail"),
            _("Came back") if row.returned_week else str(MailState(row.state).label),
            row.sent_at or row.created_at,
            _next(row),
        )
        for row in mails
    ]
    found += [
        Outgoing(_title(row), _CARRIED[row.means], str(ErrandState(row.state).label), row.done_at or row.created_at)
        for row in errands
    ]
    return sorted(found, key=lambda outgoing: outgoing.moment, reverse=True)[:limit]


def _next(row: MailMessage) -> str:
    """Where a mail that didn't arrive can be read, and what became of its address."""
    if row.returned_week:
        told = _(
            "The mailbox sent our e-mails back in the week of %(day)s: this one was probably not read there. "
            "It waits in My messages, and no other left until the address was tried again."
        )
        return told % {"day": date_format(row.returned_week, "DATE_FORMAT")}
    if row.state == MailState.REFUSED:
        return _("It didn't leave: the address refuses it, or is stopped. It waits in My messages.")
    return ""


def _title(row) -> str:
    notice = registry.registered().get(row.code)
    return notice.subject(row.context) if notice else ""


_CARRIED = {
    Means.LETTER: pgettext_lazy("errand", "Letter"),
    Means.SMS: pgettext_lazy("errand", "Text message"),
    Means.CALL: pgettext_lazy("errand", "Phone call"),
}


def at_any_hour(viewer) -> bool:
    """Whether this person asked to be written to at night and on days off too."""
    return AnyHour.objects.filter(user_id=viewer.user_id).exists()


@dataclass(frozen=True)
class Sending:
    """A mass sending as the list shows it."""

    row: MassSending
    subject: str

    @property
    def is_held(self) -> bool:
        return self.row.state == SendingState.HELD


def mass_sendings(limit: int = 50) -> list[Sending]:
    """Mass sendings, those that wait for a decision first. One statement."""
    rows = MassSending.objects.select_related("decided_by").defer("recipients", "handles")[:limit]
    known = registry.registered()
    found = [Sending(row, known[row.code].subject(row.context)) for row in rows if row.code in known]
    return sorted(found, key=lambda sending: not sending.is_held)


@together.reading
def held_sendings():
    """How many wait for a decision."""
    return (yield together.counted(MassSending.objects.filter(state=SendingState.HELD)))


@dataclass(frozen=True)
class Stopped:
    """An address no mail leaves for: whose, why, since which week."""

    name: str
    address: str
    code: str
    week: datetime.date
    # Mails of the account that came back, and those that didn't leave since.
    returned: int = 0
    kept_back: int = 0

    @property
    def reason(self) -> str:
        return str(StopReason(self.code).label)

    @property
    def since(self) -> str:
        return _("week of %(day)s") % {"day": date_format(self.week, "DATE_FORMAT")}

    @property
    def next(self) -> str:
        """What became of the account's mails since."""
        back = ngettext("%(count)d came back", "%(count)d came back", self.returned) % {"count": self.returned}
        kept = ngettext("%(count)d not sent since", "%(count)d not sent since", self.kept_back)
        return f"{back} · {kept % {'count': self.kept_back}}"

    @property
    def why(self) -> str:
        """What the person reads, and may do."""
        if self.code == StopReason.COMPLAINT:
            return _(
                "An e-mail from Terrain was reported as unwanted from this mailbox. Everything waits for you here."
            )
        return _(
            "It sends our e-mails back: the mailbox is closed, or the address is misspelt. Everything waits for you "
            "here. If it works again, say so; if it changed, ask for it to be corrected."
        )


def stopped_address(viewer) -> Stopped | None:
    """One's own address, when no mail leaves for it. One statement."""
    if not viewer.is_authenticated or not viewer.user.email:
        return None
    row = StoppedAddress.objects.filter(pk=viewer.user_id, is_stopped=True).first()
    return _stopped(row, viewer.user) if row else None


def stopped_addresses() -> list[Stopped]:
    """Every stopped address that somebody still has, by name, with what became of its mails. Two statements."""
    rows = list(StoppedAddress.objects.filter(is_stopped=True, user__is_active=True).select_related("user"))
    mails = MailMessage.objects.filter(user__in=[row.pk for row in rows]).order_by().values_list("user")
    counted = {
        user: (returned, kept_back)
        for user, returned, kept_back in mails.annotate(
            returned=Count("pk", filter=Q(returned_week__isnull=False)),
            kept_back=Count("pk", filter=Q(state=MailState.REFUSED)),
        )
    }
    found = [
        replace(stopped, returned=counts[0], kept_back=counts[1])
        for row in rows
        if (stopped := _stopped(row, row.user)) and (counts := counted.get(row.pk, (0, 0)))
    ]
    return sorted(found, key=lambda stopped: stopped.name)


def _stopped(row, user) -> Stopped | None:
    if not user.email or row.fingerprint != fingerprint(user.email):
        return None
    return Stopped(user.get_full_name(), user.email, row.reason, row.week)


def _known(rows):
    """Messages whose class still exists: a room that leaves takes its messages with it."""
    return rows.filter(code__in=list(registry.registered()))
