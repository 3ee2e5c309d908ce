"""The summary of Tuesday: who receives one, what it says, once a week, never empty, never twice the same message."""

import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import ngettext

from src.foundations import clock, outbox

from . import messages, read_marks, registry, unsubscribe
from .enums import NEVER_MUTED, Channel
from .hours import next_open
from .models import ChannelChoice, DigestIssue, InboxItem, MailMessage
from .services.sending import DELIVER

CODE = "notices.digest"
CHUNK = 2000
TUESDAY = 1
HOUR = datetime.time(8, 0)
# Messages being written at eight belong to the next summary: none falls between two.
MARGIN = datetime.timedelta(minutes=10)
LONGEST = datetime.timedelta(days=31)
SHOWN = 30


def moment_of_week(now) -> datetime.datetime:
    """Tuesday at 8:00 in the city's time, or the next working day when that Tuesday is a holiday."""
    day = clock.week_of(now) + datetime.timedelta(days=TUESDAY)
    while not clock.is_working_day(day):
        day += datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(day, HOUR))


def build_due(now) -> DigestIssue | None:
    """Write this week's summaries once their hour has come; a run that died is taken up where it stopped."""
    moment = moment_of_week(now)
    if now < moment:
        return None
    issue = _issue(moment)
    if issue.built_at is None:
        _build(issue)
    return issue


def _issue(moment) -> DigestIssue:
    until = moment - MARGIN
    previous = DigestIssue.objects.filter(until__lt=until).order_by("-until").first()
    since = previous.until if previous else until - datetime.timedelta(days=7)
    defaults = {"since": max(since, until - LONGEST), "until": until}
    try:
        with transaction.atomic():
            return DigestIssue.objects.get_or_create(key=f"weekly:{moment:%Y-%m-%d}", defaults=defaults)[0]
    except IntegrityError:
        return DigestIssue.objects.get(key=f"weekly:{moment:%Y-%m-%d}")


def _build(issue: DigestIssue) -> None:
    """One short transaction for two thousand people: who has something unread, their mail, how far we are."""
    _build_for_handles(issue)
    while True:
        with transaction.atomic():
            ids = list(
                _covered(issue, InboxItem.objects.filter(user_id__gt=issue.last_user_id, user__email__isnull=False))
                .filter(read_at__isnull=True)
                .filter(Exists(_digest_choice(OuterRef("user_id"))))
                .order_by("user_id")
                .values_list("user_id", flat=True)
                .distinct()[:CHUNK]
            )
            _write(issue, [(f"u{pk}", {"user_id": pk}) for pk in ids])
            if not ids:
                DigestIssue.objects.filter(pk=issue.pk).update(built_at=clock.now())
                return
            issue.last_user_id = ids[-1]
            DigestIssue.objects.filter(pk=issue.pk).update(last_user_id=issue.last_user_id)


def _build_for_handles(issue: DigestIssue) -> None:
    """One mail for each handle told something, whatever its author chose: no row says who chose what.

    The relay resolves the author in memory, and says nothing to those who chose another way.
    """
    handles = _covered(issue, InboxItem.objects.filter(handle__isnull=False).exclude(category__in=NEVER_MUTED))
    chunk = []
    for handle in handles.order_by("handle").values_list("handle", flat=True).distinct().iterator(CHUNK):
        chunk.append((f"h{handle}", {"handle": handle}))
        if len(chunk) == CHUNK:
            _write(issue, chunk)
            chunk = []
    _write(issue, chunk)


def _digest_choice(user):
    return ChannelChoice.objects.filter(user=user, category=OuterRef("category"), channel=Channel.DIGEST)


def _covered(issue: DigestIssue, items):
    return items.filter(created_at__gt=issue.since, created_at__lte=issue.until)


def _write(issue: DigestIssue, recipients: list[tuple[str, dict]]) -> None:
    if not recipients:
        return
    now = clock.now()
    rows = []
    for suffix, recipient in recipients:
        key = f"digest:{issue.key}:{suffix}"
        rows.append(
            MailMessage(
                key=key,
                code=CODE,
                context={"issue": issue.pk},
                message_id=messages.message_id(key),
                created_at=now,
                not_before=next_open(now),
                **recipient,
            )
        )
    MailMessage.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    # Built late, after a long stop, a summary doesn't leave at night either.
    outbox.emit(DELIVER, {}, not_before=next_open(now))


class Contents:
    """What the summaries of one batch of mails say: three statements, whatever their number."""

    def __init__(self, rows: list[MailMessage], owners: dict):
        rows = [row for row in rows if row.code == CODE]
        self._issues = DigestIssue.objects.in_bulk({row.context["issue"] for row in rows}) if rows else {}
        self._items: dict = {}
        self._chosen: set[tuple[int, str]] = set()
        if not self._issues:
            return
        users = {row.user_id for row in rows if row.user_id} | {user.pk for user in owners.values()}
        choices = ChannelChoice.objects.filter(user_id__in=users, channel=Channel.DIGEST)
        self._chosen = set(choices.values_list("user_id", "category"))
        since = min(issue.since for issue in self._issues.values())
        until = max(issue.until for issue in self._issues.values())
        covered = InboxItem.objects.filter(created_at__gt=since, created_at__lte=until, read_at__isnull=True)
        mine = {row.user_id for row in rows if row.user_id}
        handles = {row.handle for row in rows if row.handle}
        for item in covered.filter(user_id__in=mine).order_by("-created_at", "-id"):
            self._items.setdefault(("u", item.user_id), []).append(item)
        for item in covered.filter(handle__in=handles).order_by("-created_at", "-id") if handles else ():
            self._items.setdefault(("h", item.handle), []).append(item)

    def of(self, row: MailMessage, user) -> list[InboxItem]:
        """Unread messages of the summary, newest first, of the categories this person wants in it."""
        issue = self._issues.get(row.context["issue"])
        if issue is None:
            return []
        found = self._items.get(("h", row.handle) if row.handle else ("u", row.user_id), [])
        seen = _seen(user) if row.handle else frozenset()
        known = registry.registered()
        return [
            item
            for item in found
            if issue.since < item.created_at <= issue.until
            and (user.pk, item.category) in self._chosen
            and item.code in known
            and item.pk not in seen
        ]


def _seen(user) -> frozenset[int]:
    from src.directory.viewer import as_viewer  # only for sealed authors, in the relay's memory

    return read_marks.of(as_viewer(user))


def words(user, items: list[InboxItem]) -> messages.Words:
    """A summary for one person: grouped by what it is about, newest first."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        count = len(items)
        subject = ngettext("Your summary: %(count)d message", "Your summary: %(count)d messages", count) % {
            "count": count
        }
        mute_url = messages.absolute(unsubscribe.path(user.pk, unsubscribe.ALL_SUMMARIES))
        context = {
            "subject": subject,
            "groups": grouped(items[:SHOWN]),
            "left": max(0, count - SHOWN),
            "inbox_url": messages.absolute("/moi/messages/"),
            "mute_url": mute_url,
        }
        text = render_to_string("notices/mail/digest.txt", context)
        html = render_to_string("notices/mail/digest.html", context)
    return messages.Words(subject, text, html)


def grouped(items: list[InboxItem]) -> list[dict]:
    """Messages about the same page under one link, in the order of the newest of each."""
    groups: dict[str, dict] = {}
    for item in items:
        notice = registry.get(item.code)
        url = notice.url(item.context)
        group = groups.setdefault(
            url or f"#{item.pk}",
            {"title": item.context.get("title", ""), "url": messages.absolute(url) if url else "", "lines": []},
        )
        line = messages.one_line(notice.subject(item.context))
        if line not in group["lines"]:
            group["lines"].append(line)
    return list(groups.values())
