"""Adoption: running subjects of one version pass to another through a previewed stage map, one journal row each."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from src.foundations import clock, jobs, journal

from .. import process_cache, registry, selectors
from ..enums import ADOPTION_SLUG, CLOSING, AdoptionState, ProcessStatus
from ..exceptions import ProcessRefused
from ..models import Adoption, Process

SLICE = 500
# Below this many subjects the adoption is made within the request; above, the relay makes it.
AT_ONCE = 500


@dataclass(frozen=True)
class AdoptionRow:
    """One stage of the old version: how many subjects rest there, and where they would go."""

    from_stage: object
    count: int
    to_stage: object | None


@dataclass(frozen=True)
class AdoptionPreview:
    """What an adoption would do, and every reason why it can't."""

    rows: list[AdoptionRow]
    refusals: list[str]

    @property
    def total(self) -> int:
        return sum(row.count for row in self.rows)


def suggest_mapping(from_process: Process, to_process: Process) -> dict[str, str]:
    """A first map: the same short name, else the only stage of the same kind."""
    target = process_cache.graph(to_process.pk)
    mapping = {}
    for stage in process_cache.graph(from_process.pk).stages:
        same_name = target.stage_named(stage.slug)
        same_kind = target.stages_of_kind(stage.kind)
        if same_name is not None and _can_become(stage, same_name):
            mapping[stage.slug] = same_name.slug
        elif len(same_kind) == 1:
            mapping[stage.slug] = same_kind[0].slug
    return mapping


def preview_adoption(from_process: Process, to_process: Process, mapping: dict[str, str]) -> AdoptionPreview:
    """Count, stage by stage, what would move where; refuses nothing but tells every refusal. Changes nothing."""
    refusals = _check_versions(from_process, to_process)
    if refusals:
        return AdoptionPreview([], refusals)
    target = process_cache.graph(to_process.pk)
    counts = selectors.counts_by_stage(from_process)
    rows = []
    for stage in process_cache.graph(from_process.pk).stages:
        to_slug = mapping.get(stage.slug, "")
        to_stage = target.stage_named(to_slug) if to_slug else None
        count = counts.get(stage.pk, 0)
        rows.append(AdoptionRow(stage, count, to_stage))
        words = {"stage": stage.staff_text, "count": count, "slug": to_slug}
        if to_slug and to_stage is None:
            refusals.append(_("“%(stage)s”: the new version has no stage “%(slug)s”.") % words)
        elif to_stage is None and count:
            refusals.append(_where_to(count) % words)
        elif to_stage is not None and not _can_become(stage, to_stage):
            words["target"] = to_stage.staff_text
            refusals.append(_("“%(stage)s” cannot become “%(target)s”: an adoption never changes an answer.") % words)
    return AdoptionPreview(rows, refusals)


def start_adoption(from_process: Process, to_process: Process, mapping: dict[str, str], actor) -> Adoption:
    """Record an adoption and make it: at once when small, else by the relay (the page reads its progress)."""
    adoption = _record(from_process, to_process, mapping, actor)
    if adoption.planned_count <= AT_ONCE:
        resume_adoption(adoption.pk)
    else:
        jobs.enqueue("workflow.adopt", adoption_id=adoption.pk)
    adoption.refresh_from_db()
    return adoption


def adopt(from_process: Process, to_process: Process, mapping: dict[str, str], actor) -> Adoption:
    """Move every subject of ``from_process`` to ``to_process`` now, in slices of one transaction each.

    Writes one journal row per subject, touches no promised date and tells nobody. Refuses with ProcessRefused what
    the preview refuses. Stopped half-way, ``resume_adoption`` goes on from where it stopped.
    """
    adoption = _record(from_process, to_process, mapping, actor)
    resume_adoption(adoption.pk)
    adoption.refresh_from_db()
    return adoption


def resume_adoption(adoption_id: int) -> int:
    """Go on with a recorded adoption to its end; answers how many subjects moved this time. Safe to run twice."""
    adoption = Adoption.objects.select_related("from_process", "to_process", "actor").get(pk=adoption_id)
    Adoption.objects.filter(pk=adoption_id, state=AdoptionState.WAITING).update(state=AdoptionState.RUNNING)
    source = process_cache.graph(adoption.from_process_id)
    target = process_cache.graph(adoption.to_process_id)
    moved = 0
    for from_slug, to_slug in adoption.mapping.items():
        from_stage, to_stage = source.stage_named(from_slug), target.stage_named(to_slug)
        while True:
            done = _adopt_slice(adoption, from_stage, to_stage)
            moved += done
            if done == 0:
                break
    _finish(adoption)
    return moved


def cancel_adoption(adoption: Adoption, actor) -> None:
    """Stop an adoption between two slices; what moved stays moved, the rest stays on its version."""
    Adoption.objects.filter(pk=adoption.pk, state__in=(AdoptionState.WAITING, AdoptionState.RUNNING)).update(
        state=AdoptionState.CANCELLED, finished_at=clock.now()
    )
    log(adoption.to_process, "workflow.process.adopt_cancel", user=actor, data={"adoption": adoption.pk})


def _record(from_process, to_process, mapping, actor) -> Adoption:
    mapping = {from_slug: to_slug for from_slug, to_slug in mapping.items() if to_slug}
    preview = preview_adoption(from_process, to_process, mapping)
    if preview.refusals:
        raise ProcessRefused(preview.refusals)
    with transaction.atomic():
        adoption = Adoption.objects.create(
            from_process=from_process,
            to_process=to_process,
            mapping=mapping,
            actor=actor,
            planned_count=preview.total,
            created_at=clock.now(),
        )
        facts = {
            "from_version": from_process.version,
            "to_version": to_process.version,
            "planned": preview.total,
            "mapping": mapping,
        }
        log(to_process, "workflow.process.adopt", user=actor, data=facts)
        journal.record(
            "workflow.process.adopted",
            actor=actor,
            object_ref=f"process:{to_process.slug}:{to_process.version}",
            payload=facts,
        )
    return adoption


@transaction.atomic
def _adopt_slice(adoption: Adoption, from_stage, to_stage) -> int:
    """Move one slice: its conditional update, its journal rows, its progress; 0 when nothing is left or cancelled."""
    running = Adoption.objects.filter(pk=adoption.pk, state=AdoptionState.RUNNING)
    # Taking the row first makes two workers of one adoption take turns, and a cancellation wait for the slice.
    if not running.update(state=AdoptionState.RUNNING):
        return 0
    model: Any = registry.subject_kinds()[adoption.from_process.subject_kind].model
    resting = model._base_manager.filter(process_id=adoption.from_process_id, stage_id=from_stage.pk)
    # On PostgreSQL the slice's rows are locked so that none moves before its journal row is written;
    # SQLite ignores the lock and doesn't need it: its transactions take the only write lock at once.
    pks = list(resting.order_by("pk").select_for_update().values_list("pk", flat=True)[:SLICE])
    if not pks:
        return 0
    now = clock.now()
    columns = {"process_id": adoption.to_process_id, "stage_id": to_stage.pk, "stage_kind": to_stage.kind}
    if to_stage.kind != from_stage.kind:
        columns["stage_since"] = now
    moved = resting.filter(pk__in=pks).update(**columns)
    if moved != len(pks):
        raise RuntimeError("A subject left its stage under the lock of its adoption.")
    _write_journal(adoption, model, pks, from_stage, to_stage, now)
    running.update(moved_count=F("moved_count") + moved)
    return moved


def _write_journal(adoption, model, pks, from_stage, to_stage, now) -> None:
    relation = model.journal_relation()
    entry_model = relation.related_model
    data = {"from_version": adoption.from_process.version, "to_version": adoption.to_process.version}
    entry_model._base_manager.bulk_create(
        entry_model(
            **{relation.field.attname: pk},
            transition_slug=ADOPTION_SLUG,
            from_kind=from_stage.kind,
            to_kind=to_stage.kind,
            from_stage=from_stage,
            to_stage=to_stage,
            actor=adoption.actor,
            actor_role="administrator",
            at=now,
            data=data,
        )
        for pk in pks
    )


def _finish(adoption: Adoption) -> None:
    Adoption.objects.filter(pk=adoption.pk, state=AdoptionState.RUNNING).update(
        state=AdoptionState.DONE, finished_at=clock.now()
    )


def _check_versions(from_process: Process, to_process: Process) -> list[str]:
    refusals = []
    if from_process.pk == to_process.pk:
        refusals.append(_("Choose another version: this one cannot adopt its own items."))
    if from_process.subject_kind != to_process.subject_kind:
        refusals.append(_("These two processes do not move the same kind of items."))
    if registry.subject_kind(from_process.subject_kind) is None:
        refusals.append(
            _("Nothing of the kind “%(kind)s” can follow a process.") % {"kind": from_process.subject_kind}
        )
    if from_process.status == ProcessStatus.DRAFT:
        refusals.append(_("A draft has no running items to adopt."))
    if to_process.status != ProcessStatus.ACTIVE:
        refusals.append(only_in_use())
    return refusals


def _where_to(count: int) -> str:
    return ngettext(
        "“%(stage)s”: say which stage its %(count)s item goes to.",
        "“%(stage)s”: say which stage its %(count)s items go to.",
        count,
    )


def only_in_use() -> str:
    return _("Only a version in use can adopt running items: activate it first.")


def _can_become(from_stage, to_stage) -> bool:
    if from_stage.kind in CLOSING or to_stage.kind in CLOSING:
        return from_stage.kind == to_stage.kind
    return True
