"""Going back while nobody is told: which steps can, for how long, and what they remember of the stage before."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings

from src.foundations import clock, outbox

from . import process_cache, registry
from .enums import CLOSING, TAKEN_BACK_SLUG, ClockEffect


@dataclass(frozen=True)
class Held:
    """A step somebody may still take back: until when, in whole minutes left."""

    entry: object
    label: str
    until: datetime

    @property
    def minutes(self) -> int:
        return max(1, ceil((self.until - clock.now()).total_seconds() / 60))


def told_key(kind: str, entry_pk: int) -> str:
    """The key of the effect that tells people of one step."""
    return f"workflow.told:{kind}:{entry_pk}"


def can_go_back(transition, kind: str) -> bool:
    """Whether such a step may be taken back at all: the city's process allows it, and its form knows how.

    Never one that closes a subject, or that starts or stops the promised date: what was promised, kept or removed in
    public is corrected by another step that says so.
    """
    way = registry.way_back(transition.form, kind)
    return (
        way is not None
        and transition.may_go_back
        and transition.to_stage.kind not in CLOSING
        and transition.clock in (ClockEffect.NONE, ClockEffect.PAUSE)
        and (way.leaves is None or transition.from_stage.kind in way.leaves)
    )


def memory(subject, transition, columns: dict) -> dict:
    """What the held effect keeps so that a return puts back the columns of the move; nothing when it can't be."""
    if not settings.TERRAIN_HOLD_MINUTES or not can_go_back(transition, subject.subject_kind):
        return {}
    before = {}
    for name in columns.keys() - {"stage", "stage_kind"}:
        field = subject._meta.get_field(name)
        value = getattr(subject, field.attname)
        before[field.attname] = value.isoformat() if hasattr(value, "isoformat") else value
    return {"before": before}


def columns_before(subject, before: dict) -> dict:
    """Columns of the model again, from what the effect kept."""
    named = {field.attname: field for field in subject._meta.concrete_fields}
    return {name: named[name].to_python(value) for name, value in before.items()}


def held_by(subject, entry, viewer) -> Held | None:
    """The subject's last step, when this person took it and may still go back. One statement, most often none."""
    if entry is None or viewer.user_id is None or entry.actor_id != viewer.user_id:
        return None
    if clock.now() - entry.at >= timedelta(minutes=settings.TERRAIN_HOLD_MINUTES):
        return None
    transition = process_cache.graph(subject.process_id).transition(entry.transition_slug)
    if transition is None or entry.to_stage_id != subject.stage_id:
        return None
    if not can_go_back(transition, subject.subject_kind):
        return None
    event = outbox.held(told_key(subject.subject_kind, entry.pk))
    if event is None or "before" not in event.payload:
        return None
    return Held(entry, transition.text, event.not_before)


def standing(entries) -> list:
    """The passages that still stand, in their order: neither those taken back nor the ones that took them back."""
    entries = list(entries)
    undone = {entry.data.get("takes_back") for entry in entries if entry.transition_slug == TAKEN_BACK_SLUG}
    return [entry for entry in entries if entry.transition_slug != TAKEN_BACK_SLUG and entry.pk not in undone]
