"""Reads of the engine: the buttons of a page, the history of a subject, the reports of a process."""

from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from . import process_cache, registry
from .enums import Actor, ProcessStatus
from .models import Process, Transition
from .reports import funnel, overstaying, time_in_stage

__all__ = [
    "Offer",
    "StageRow",
    "WayRow",
    "adoptable_versions",
    "counts_by_stage",
    "current_stage",
    "funnel",
    "kind_label",
    "offers_for",
    "overstaying",
    "stages_with_ways",
    "subject_count",
    "time_in_stage",
    "transitions_for",
    "way_out_by_form",
    "with_subject_counts",
]


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
    """The viewer's transitions, each with its guard's refusal: an impossible button says why."""
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


def kind_label(process: Process) -> str:
    """The word for what a process moves."""
    kind = registry.subject_kind(process.subject_kind)
    return kind.label if kind else process.subject_kind


def with_subject_counts(processes):
    """Add ``subject_count``: how many subjects, of any kind, follow each process."""
    total = Value(0, output_field=IntegerField())
    for kind in registry.subject_kinds().values():
        following = (
            kind.model._base_manager.filter(process_id=OuterRef("pk"))
            .order_by()
            .values("process_id")
            .annotate(count=Count("pk"))
            .values("count")
        )
        total = total + Coalesce(Subquery(following, output_field=IntegerField()), 0)
    return processes.annotate(subject_count=total)


def subject_count(process: Process) -> int:
    """How many subjects follow a process."""
    kind = registry.subject_kind(process.subject_kind)
    return kind.model._base_manager.filter(process_id=process.pk).count() if kind else 0


def counts_by_stage(process: Process) -> dict[int, int]:
    """Subjects of a process by the stage they rest in."""
    kind = registry.subject_kind(process.subject_kind)
    if kind is None:
        return {}
    rows = kind.model._base_manager.filter(process_id=process.pk).order_by().values("stage_id")
    return {row["stage_id"]: row["count"] for row in rows.annotate(count=Count("pk"))}


def adoptable_versions(process: Process) -> list[Process]:
    """Frozen processes moving the same kind, other than this one, that running subjects still follow."""
    others = Process.objects.filter(subject_kind=process.subject_kind).exclude(pk=process.pk)
    others = others.exclude(status=ProcessStatus.DRAFT).order_by("slug", "-version")
    return [other for other in with_subject_counts(others) if other.subject_count]


@dataclass(frozen=True)
class StageRow:
    """A stage in words: what leads out of it, and who may take it there."""

    stage: object
    ways: list["WayRow"]


@dataclass(frozen=True)
class WayRow:
    """A transition in words."""

    transition: Transition
    to_label: str
    who: str
    form: str
    guard: str


def stages_with_ways(process: Process) -> list[StageRow]:
    """The graph as a table, drafts included: the alternative to its picture."""
    labels = {stage.slug: stage.staff_text for stage in process.stages.all()}
    roles, forms, guards = registry.roles(), registry.forms(), registry.guards()
    ways: dict[str, list[WayRow]] = {}
    for way in process.transitions.all():
        ways.setdefault(way.from_slug, []).append(
            WayRow(
                transition=way,
                to_label=labels.get(way.to_slug, way.to_slug),
                who=", ".join(str(roles.get(code, code)) for code in way.who),
                form=str(forms[way.form].label) if way.form in forms else way.form,
                guard=str(guards[way.guard].label) if way.guard in guards else way.guard,
            )
        )
    return [StageRow(stage, ways.get(stage.slug, [])) for stage in process.stages.all()]
