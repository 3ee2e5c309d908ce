"""Telling those under way that their version may be finished until a day, then that it no longer may: once each."""

from datetime import date, timedelta

from django.utils import timezone

from src.notices.services import send
from trainings.models import TrackVersion

from .. import versions
from ..enums import EnrolmentState
from ..models import Enrolment
from ..notices import VERSION_ENDS

# How many days before its last one a version is said to end; and for how long afterwards it is said to be over.
AHEAD, AFTER = timedelta(days=14), timedelta(days=30)


def tell_ends(day: date) -> int:
    """Send what is to be said on a day; twice tells nobody twice. Returns how many messages were offered."""
    oldest = day - AFTER - timedelta(days=versions.DAYS_LEFT)
    told = 0
    for following in TrackVersion.objects.filter(number__gt=1, published_at__date__gte=oldest).select_related("track"):
        last = timezone.localdate(following.published_at) + timedelta(days=versions.DAYS_LEFT)
        is_over = day > last
        if not last - AHEAD <= day <= last + AFTER:
            continue
        under_way = Enrolment.objects.filter(
            state=EnrolmentState.IN_PROGRESS, track=following.track_id, version__number=following.number - 1
        )
        context = {
            "slug": following.track.slug,
            "title": following.title,
            "last_day": last.isoformat(),
            "is_over": is_over,
        }
        people = under_way.order_by("pk").values_list("agent_id", flat=True).iterator(chunk_size=500)
        key = f"version:{following.track_id}:{following.number}:{'over' if is_over else 'ends'}"
        told += send(VERSION_ENDS, recipients=people, context=context, key=key)
    return told
