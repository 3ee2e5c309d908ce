"""Recording completions: the same fact told twice is recorded once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from src.foundations import clock
from trainings.models import Track, TrackVersion

from .. import registry
from ..models import Completion

BATCH = 2000


@dataclass(frozen=True)
class Fact:
    """One completion to record; ``completed`` is a day of the city, or the moment of the last fact needed.

    ``source`` names what it comes from, in 80 characters: "enrolment:12". ``carries``: the completion whose modules it
    goes on from, when only what changed in a new version was followed.
    """

    agent_id: int
    track: Track
    completed: date | datetime
    method: str
    source: str
    version: TrackVersion | None = None
    minutes: int = 0
    evidence: Sequence[dict] = ()
    carries: Completion | None = None

    @property
    def day(self) -> date:
        if isinstance(self.completed, datetime):
            return timezone.localdate(self.completed)
        return self.completed


def record_completion(
    *,
    agent,
    track: Track,
    method: str,
    source: str,
    completed: date | datetime | None = None,
    version: TrackVersion | None = None,
    minutes: int = 0,
    evidence: Sequence[dict] = (),
    carries: Completion | None = None,
) -> Completion:
    """Record that somebody completed a track; what was recorded from this source before is given back unchanged.

    Refuses a day to come. What follows from it (requirements) is up to date when the transaction ends.
    """
    when = completed if completed is not None else clock.today()
    record_completions([Fact(agent.pk, track, when, str(method), source, version, minutes, tuple(evidence), carries)])
    return Completion.objects.get(source=source)


@transaction.atomic
def record_completions(facts: Iterable[Fact]) -> int:
    """Record many with a few statements; returns how many were new. All or none."""
    now, today, made, told = clock.now(), clock.today(), 0, set()
    rows = list(facts)
    if any(fact.day > today for fact in rows):
        raise ValidationError(_("A training can’t be completed on a day to come."))
    for start in range(0, len(rows), BATCH):
        new = _added({fact.source: fact for fact in rows[start : start + BATCH]}, now)
        made += len(new)
        told.update(row.agent_id for row in new)
    registry.changed(told)
    return made


def _added(facts: dict[str, Fact], now: datetime) -> list[Completion]:
    """The rows that weren't there. Of two at once, the second finds the source taken when it tries again."""
    for is_last_try in (False, True):
        known = set(Completion.objects.filter(source__in=facts).values_list("source", flat=True))
        new = [_row(fact, now) for source, fact in facts.items() if source not in known]
        try:
            with transaction.atomic():
                return Completion.objects.bulk_create(new)
        except IntegrityError:
            if is_last_try:
                raise
    return []


def _row(fact: Fact, now: datetime) -> Completion:
    return Completion(
        agent_id=fact.agent_id,
        track=fact.track,
        version=fact.version,
        content_sha256=fact.version.content_sha256 if fact.version is not None else "",
        completed_on=fact.day,
        recorded_at=now,
        method=fact.method,
        minutes=fact.minutes,
        evidence=list(fact.evidence),
        source=fact.source,
        carries=fact.carries,
    )
