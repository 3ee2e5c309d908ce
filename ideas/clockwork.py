"""What the process's steps do to the promised date of an idea, and the conditions only the clock asks."""

import re
from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from src.accountability import services as accountability
from src.foundations import clock
from src.workflow.enums import DECIDED, ClockEffect

_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w|https?://|www\.|(?:\+33|\b0)\s?[1-9](?:[\s.-]?\d{2}){4}\b", re.IGNORECASE)


def move_promise(idea, effect, *, transition, viewer, data, entry) -> None:
    """Pause, resume or stop the answer owed, as the transition says.

    A pause waits for the author 15 days at most. A resume after the promise was cancelled (a dormant idea wakes up)
    makes a new one. A stop keeps the promise when an answer was given, and drops it otherwise.
    """
    day = timezone.localdate(entry.at)
    owed = idea.owed
    if owed is None:
        return
    if effect == ClockEffect.PAUSE:
        until = day + timedelta(days=settings.TERRAIN_AUTHOR_ANSWER_DAYS)
        reason = _("A question was put to the author.")
        accountability.pause(owed, until, reason, on=day, step=transition.from_stage.slug)
    elif effect == ClockEffect.RESUME and owed.cancelled_on is not None:
        # An idea that left another it had joined takes its own date back.
        kept = data.get("_promised")
        start = owed.started_on if kept else day
        idea.owed = accountability.owe(
            subject_kind=idea.subject_kind,
            reference=idea.reference,
            unit=idea.unit,
            started_on=start,
            days=max(0, (kept - start).days) if kept else None,
            by_week=idea.is_sealed,
        )
        type(idea).objects.filter(pk=idea.pk).update(owed=idea.owed)
    elif effect == ClockEffect.RESUME and owed.answered_on is not None:
        start, days = _again(idea, transition.form, day, data.get("_promised"))
        idea.owed = accountability.owe(
            subject_kind=idea.subject_kind,
            reference=idea.reference,
            unit=idea.unit,
            started_on=start,
            days=days,
            by_week=idea.is_sealed,
        )
        type(idea).objects.filter(pk=idea.pk).update(owed=idea.owed)
    elif effect == ClockEffect.RESUME:
        accountability.resume(owed, on=day)
    elif transition.to_stage.kind in DECIDED:
        accountability.close(owed, on=day)
    else:
        accountability.cancel(owed, on=day)


def _again(idea, form: str, day, promised):
    """An answer that is looked at again has a date of its own: that of a "later" is the very day it promised."""
    if promised is None:
        reopened = form == "reopen"
        return day, settings.TERRAIN_ANSWER_REOPENING_DAYS if reopened else settings.TERRAIN_ANSWER_APPEAL_DAYS
    start = min(day, promised)
    start = clock.week_of(start) if idea.is_sealed else start
    return start, (promised - start).days


def call_off_pause(idea, transition, entry) -> None:
    """Undo of a question nobody was told of: the promised date never stood still."""
    if idea.owed is not None and transition.clock == ClockEffect.PAUSE:
        accountability.call_off_pause(idea.owed, step=transition.from_stage.slug)


def looks_clean(idea, viewer, data) -> str | None:
    """Guard of the automatic opening: nothing in the text asks for a human eye (an address, a number, a link)."""
    if viewer is not None:
        return None
    if not idea.is_shown:
        return _("It was reported and hidden: somebody reads it first.")
    if _CONTACT.search(f"{idea.title}\n{idea.body}"):
        return _("The text holds a link, an address or a number: somebody reads it first.")
    return None


def transfers_left(idea, viewer, data) -> str | None:
    """Guard: two transfers at most; then the people who run the space decide."""
    from .services.orienting import MAX_TRANSFERS  # the verbs import the rules, not the other way round

    if idea.transfer_count < MAX_TRANSFERS:
        return None
    return _("This idea already changed direction twice: the people who run this box decide.")


def hasten_supported(now) -> int:
    """Bring forward the promised date of ideas that reached their space's threshold of supports; how many.

    The earliest that applies stands: 60 days from submission, 30 from the threshold.
    """
    from .models import Idea  # the rooms above read this module while models load

    reached = Idea.objects.filter(
        owed__answered_on__isnull=True,
        owed__cancelled_on__isnull=True,
        owed__threshold_on__isnull=True,
        counts__supports__gte=F("space__support_threshold"),
    ).select_related("owed")
    return sum(accountability.reach_threshold(idea.owed, on=timezone.localdate(now)) for idea in reached[:500])
