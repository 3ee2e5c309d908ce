"""Putting a version of a process in use: checked, resolved, frozen, and the former version replaced."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from src.foundations import clock, journal

from .. import process_cache
from ..enums import ProcessStatus
from ..exceptions import ProcessRefused
from ..graph_rules import check_graph
from ..models import Process, Transition


@transaction.atomic
def activate_process(process: Process, actor=None) -> Process:
    """Freeze a draft and put it in use; the version in use until then is retired, its subjects stay on it.

    Refuses with ProcessRefused a process that isn't a draft any more or whose graph has a fault (all of them told).
    """
    # The first statement takes the row: whoever edits or activates it at the same time waits, then is refused.
    taken = Process.objects.filter(pk=process.pk, status=ProcessStatus.DRAFT).update(
        activated_at=clock.now(), activated_by=actor
    )
    if taken != 1:
        raise ProcessRefused([_("This version is not a draft any more: it cannot be activated again.")])
    fresh = Process.objects.get(pk=process.pk)
    refusals = check_graph(fresh)
    if refusals:
        raise ProcessRefused(refusals)
    _resolve_stages(fresh)
    former = Process.objects.filter(slug=fresh.slug, status=ProcessStatus.ACTIVE).first()
    if former is not None:
        Process.objects.filter(pk=former.pk).update(status=ProcessStatus.RETIRED)
        log(former, "workflow.process.retire", user=actor, data={"by_version": fresh.version})
    Process.objects.filter(pk=fresh.pk).update(status=ProcessStatus.ACTIVE)
    for changed in (fresh, former):
        if changed is not None:
            process_cache.forget(changed.pk)
    process.refresh_from_db()
    log(process, "workflow.process.activate", user=actor, data={"version": process.version})
    journal.record(
        "workflow.process.activated",
        actor=actor,
        object_ref=f"process:{process.slug}:{process.version}",
        payload={"replaces": former.version if former else None},
    )
    return process


def _resolve_stages(process: Process) -> None:
    """Turn the slugs people typed into foreign keys; from here on only the keys count."""
    ids = {stage.slug: stage.pk for stage in process.stages.all()}
    transitions = list(Transition.objects.filter(process_id=process.pk))
    for transition in transitions:
        transition.from_stage_id = ids[transition.from_slug]
        transition.to_stage_id = ids[transition.to_slug]
    Transition.objects.bulk_update(transitions, ["from_stage", "to_stage"])
