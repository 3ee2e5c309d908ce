"""Reads of the engine: the buttons of a page, the history of a subject, the reports of a process."""

from dataclasses import dataclass

from . import process_cache, registry
from .enums import Actor
from .models import Transition


@dataclass(frozen=True)
class Offer:
    """A button a person may see, with the sentence that says why it can't be pressed now, if so."""

    transition: Transition
    refusal: str = ""

    @property
    def is_possible(self) -> bool:
        return not self.refusal


def transitions_for(subject, viewer) -> list[Transition]:
    """Transitions the viewer may fire from where the subject stands; no query when its process is in memory."""
    ways = process_cache.graph(subject.process_id).ways_out(subject.stage_id)
    if not ways:
        return []
    roles = set(subject.roles_of(viewer)) - {Actor.SYSTEM}
    return [transition for transition in ways if roles.intersection(transition.who)]


def offers_for(subject, viewer) -> list[Offer]:
    """The viewer's transitions, each with its guard's refusal: an illegal button is absent, an impossible one says why."""
    offers = []
    for transition in transitions_for(subject, viewer):
        guard = registry.guard(transition.guard) if transition.guard else None
        offers.append(Offer(transition, (guard.check(subject, viewer, {}) if guard else None) or ""))
    return offers


def way_out_by_form(subject, form_key: str) -> Transition | None:
    """The transition with this form leaving the subject's stage, whatever its name in this version."""
    ways = process_cache.graph(subject.process_id).ways_out(subject.stage_id)
    return next((transition for transition in ways if transition.form == form_key), None)


def current_stage(subject):
    """The subject's stage from memory, without a query."""
    return process_cache.graph(subject.process_id).stage(subject.stage_id)
