"""Moves the clock makes: automatic transitions, once a subject has rested long enough in its stage."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from src.foundations import clock

from .. import process_cache, registry
from ..enums import Actor, ProcessStatus
from ..exceptions import TransitionNotAllowed
from ..models import Transition
from ..time_rules import automatic_since, is_due
from .firing import fire

logger = logging.getLogger("terrain.workflow")
CHUNK = 200


@dataclass
class ClockRun:
    """What one turn of the clock did."""

    fired: int = 0
    refused: int = 0
    failed: int = 0


def run_clock(now: datetime | None = None, *, limit: int = 2000) -> ClockRun:
    """Fire every automatic transition that is due, at most ``limit``; the next turn takes the rest.

    Safe to run twice: a subject that moved isn't due any more. A subject that fails is logged and left;
    the others go on.
    """
    now = now or clock.now()
    run = ClockRun()
    automatic = (
        Transition.objects.filter(after_days__isnull=False, process__status__in=_FROZEN)
        .order_by("process_id", "from_stage_id", "after_days", "id")
        .values_list("process_id", "slug")
    )
    for process_id, slug in list(automatic):
        graph = process_cache.graph(process_id)
        transition = graph.transition(slug)
        subject_kind = registry.subject_kind(graph.process.subject_kind)
        if subject_kind is None or transition is None or not transition.is_automatic:
            continue
        _run_transition(subject_kind.model, transition, now, run, limit)
        if run.fired >= limit:
            break
    return run


_FROZEN = (ProcessStatus.ACTIVE, ProcessStatus.RETIRED)


def _run_transition(model, transition, now, run: ClockRun, limit: int) -> None:
    """Walk the subjects resting in the stage by key, in slices, so that one that fails isn't met twice."""
    last_pk = 0
    latest = automatic_since(timezone.localdate(now), transition.after_days)
    resting = model._base_manager.filter(
        process_id=transition.process_id,
        stage_id=transition.from_stage_id,
        stage_since__lt=clock.start_of_day(latest + timedelta(days=1)),
    ).order_by("pk")
    while run.fired < limit:
        subjects = list(resting.filter(pk__gt=last_pk)[:CHUNK])
        if not subjects:
            return
        last_pk = subjects[-1].pk
        for subject in subjects:
            if is_due(subject.stage_since, transition.after_days, now) and run.fired < limit:
                _fire_one(subject, transition, now, run)


def _fire_one(subject, transition, now, run: ClockRun) -> None:
    try:
        fire(subject, transition.slug, actor=None, as_role=Actor.SYSTEM.value, at=now)
    except (TransitionNotAllowed, PermissionDenied):
        # Somebody moved it meanwhile, or its guard says not yet: the next turn looks again.
        run.refused += 1
    except Exception:
        # One broken subject must not hold the whole city's clock; the log names it by key only.
        run.failed += 1
        logger.exception(
            "workflow.clock_failed",
            extra={"kind": subject.subject_kind, "row": subject.pk, "transition": transition.slug},
        )
    else:
        run.fired += 1
