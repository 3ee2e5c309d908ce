"""What the relay and the ticker do for participation: keyrings, purges, links that go, openings that end."""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from src.foundations import outbox, sealing
from src.foundations.models import OutboxEvent
from src.foundations.ticking import on_tick

from .models import SealedAuthor, SiteCode
from .services import drafts, keyring, openings, site_codes

_link_sources: list[Callable[[date], Iterable]] = []


def register_link_retention(handles_decided_before: Callable[[date], Iterable]) -> None:
    """Declare which links may go: ``handles_decided_before(day)`` gives the handles of an app's contributions

    whose subject was decided before that day (an iterable of UUIDs, or a queryset of them).
    """
    if handles_decided_before not in _link_sources:
        _link_sources.append(handles_decided_before)


@outbox.handles(keyring.TOPIC)
def file_in_keyrings(payload: dict) -> None:
    """File one addition, and with it all those that wait: the batch hides which submission is whose."""
    waiting = list(
        OutboxEvent.objects.filter(
            topic=keyring.TOPIC, done_at=None, dead_at=None, sealed_payload__isnull=False
        ).values_list("pk", "sealed_payload")
    )
    payloads = [payload, *(json.loads(sealing.decrypt(sealed, "outbox")) for _pk, sealed in waiting)]
    keyring.file([keyring.entry_of(found) for found in payloads])
    # Done with it: each would read all that wait, and find nothing to add.
    OutboxEvent.objects.filter(pk__in=[pk for pk, _sealed in waiting]).delete()


@on_tick("participation.keyrings", every=timedelta(days=1))
def rewrite_keyrings(now: datetime) -> None:
    """Rewrite all keyrings in a random order, so that no row keeps the mark of a day."""
    keyring.rewrite_all()


@on_tick("participation.drafts", every=timedelta(days=1))
def purge_drafts(now: datetime) -> None:
    """Erase the drafts nobody came back to."""
    drafts.purge(now)


@on_tick("participation.site_codes", every=timedelta(days=1))
def forget_site_codes(now: datetime) -> None:
    """Erase the codes of weeks long past."""
    SiteCode.objects.filter(site_codes.over(now)).delete()


@on_tick("participation.links", every=timedelta(days=1))
def drop_old_links(now: datetime) -> int:
    """Erase the sealed links of contributions decided 24 months ago; the keyrings follow at their next rewrite."""
    handles = list(links_due(now))
    for start in range(0, len(handles), 500):
        SealedAuthor.objects.filter(pk__in=handles[start : start + 500]).delete()
    return len(handles)


@on_tick("participation.openings", every=timedelta(minutes=10))
def follow_openings(now: datetime) -> None:
    """Close the requests nobody confirmed in time, and tell the authors whom a judge no longer forbids to tell."""
    openings.expire(now)
    openings.tell_authors(now)


def links_due(now: datetime) -> set:
    """Handles whose link is past its time, as the apps tell."""
    before = months_before(timezone.localdate(now), settings.TERRAIN_AUTHOR_LINK_MONTHS)
    told = {handle for source in _link_sources for handle in source(before)}
    # An author whom a judge forbids to tell for now is told first.
    told -= openings.handles_not_told()
    kept = SealedAuthor.objects.values_list("pk", flat=True)
    return told & set(kept) if told else set()


def months_before(day: date, months: int) -> date:
    """The same day ``months`` earlier, or the last day of that month."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(years, month + 1, min(day.day, last))
        except ValueError:
            continue
    return date(years, month + 1, 28)
