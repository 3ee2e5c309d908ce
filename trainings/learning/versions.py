"""A newer version: until when the older one may be finished, and what is left of it to who had finished before."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from src.foundations import clock
from trainings.ledger import registry as ledger
from trainings.ledger.models import Completion
from trainings.models import Module, TrackVersion

# Days during which those under way may finish a version after the next one came out.
DAYS_LEFT = 90


def last_day(version: TrackVersion) -> date | None:
    """The last day on which a version may be finished; None while it is the last one published."""
    following = TrackVersion.objects.filter(track_id=version.track_id, number=version.number + 1)
    return last_day_after(following.values_list("published_at", flat=True).first())


def last_day_after(replaced_at: datetime | None) -> date | None:
    """The same, knowing when the next version came out."""
    return timezone.localdate(replaced_at) + timedelta(days=DAYS_LEFT) if replaced_at is not None else None


def is_over(version: TrackVersion) -> bool:
    """Whether a version may no longer be finished: those under way go on in the last one."""
    day = last_day(version)
    return day is not None and clock.today() > day


@dataclass(frozen=True)
class Change:
    """What is left of a version to somebody who finished an older one: its modules that are new, and what stays."""

    held: Completion
    version: TrackVersion
    left: tuple[Module, ...]
    same: tuple[Module, ...]

    @property
    def minutes(self) -> int:
        return sum(module.minutes for module in self.left if module.required)


def what_changed(agent_id: int, version: TrackVersion | None) -> Change | None:
    """What changed since what somebody finished, as long as that holds; None when there is nothing to catch up with.

    Nor when nothing stays: then the whole training is to follow. A module stays by its key and its fingerprint, as the
    ledger has them.
    """
    if version is None:
        return None
    found = Completion.objects.that_count().filter(agent_id=agent_id, track_id=version.track_id)
    held = found.filter(version__isnull=False).select_related("version").order_by("version__number", "pk").last()
    if held is None or held.version.number >= version.number:
        return None
    until = ledger.ends_of([held])[held.pk]
    if until is not None and until < clock.today():
        return None
    kept = {(proof.get("ref"), proof.get("sha256")) for proof in held.evidence if proof.get("kind") == "module"}
    modules = list(version.modules.defer("published_content"))
    same = tuple(one for one in modules if (str(one.stable_key), one.content_sha256) in kept)
    left = tuple(one for one in modules if one not in same)
    if not same or not any(one.required for one in left):
        return None
    return Change(held, version, left, same)
