"""Work of over ten seconds: a row the page reads, with progress, cancel and an end even when the worker died."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from . import clock, jobs
from .models import JobRun
from .outbox import describe_error

SILENCE = timedelta(minutes=15)
KEPT = timedelta(days=30)
_OPEN = (JobRun.State.WAITING, JobRun.State.RUNNING)


class Cancelled(Exception):
    """Somebody asked for the end: stop here, nothing is wrong."""


def start(name: str, *, owner=None, total: int = 0, **ids) -> JobRun:
    """Create the row and ask for the job ``name``, called with ``run_id`` and ``ids``, in one transaction."""
    now = clock.now()
    with transaction.atomic():
        run = JobRun.objects.create(name=name, owner=owner, total=total, created_at=now, touched_at=now)
        jobs.enqueue(name, run_id=str(run.pk), **ids)
    return run


def advance(run_id, done: int, *, total: int | None = None) -> None:
    """Say how far the work is. Raises Cancelled when its end was asked for, or another worker gave it up."""
    values = {"state": JobRun.State.RUNNING, "done": done, "touched_at": clock.now()}
    if total is not None:
        values["total"] = total
    if not JobRun.objects.filter(pk=run_id, state__in=_OPEN, cancel_asked=False).update(**values):
        JobRun.objects.filter(pk=run_id, state__in=_OPEN).update(state=JobRun.State.CANCELLED, finished_at=clock.now())
        raise Cancelled(str(run_id))


def reached(run_id) -> int:
    """How far a run had come: what a worker that takes it over needn't do again."""
    return JobRun.objects.filter(pk=run_id).values_list("done", flat=True).first() or 0


def finish(run_id, result: dict | None = None) -> bool:
    """The work is done; ``result`` holds counts and places. False when it had already ended."""
    now = clock.now()
    return bool(
        JobRun.objects.filter(pk=run_id, state__in=_OPEN).update(
            state=JobRun.State.DONE, result=result or {}, touched_at=now, finished_at=now
        )
    )


def fail(run_id, error: BaseException) -> bool:
    """The work failed for good."""
    now = clock.now()
    return bool(
        JobRun.objects.filter(pk=run_id, state__in=_OPEN).update(
            state=JobRun.State.FAILED, error=describe_error(error), touched_at=now, finished_at=now
        )
    )


def note(name: str, *, result: dict | None = None, error: BaseException | str = "") -> JobRun:
    """Keep the outcome of work that a program of its own did: what a page tells of its last passage.

    ``error``: what broke, or a sentence for those who read the page; a sentence is kept as it is.
    """
    now = clock.now()
    return JobRun.objects.create(
        name=name,
        state=JobRun.State.FAILED if error else JobRun.State.DONE,
        result=result or {},
        error=error[:300] if isinstance(error, str) else describe_error(error),
        created_at=now,
        touched_at=now,
        finished_at=now,
    )


def last_of(name: str) -> JobRun | None:
    """The last run of that name; those that ended more than thirty days ago are forgotten."""
    return JobRun.objects.filter(name=name).order_by("-created_at").first()


def any_open(run_ids) -> bool:
    """Whether one of these is still to end."""
    return JobRun.objects.filter(pk__in=run_ids, state__in=_OPEN).exists()


def ask_cancel(run_id) -> bool:
    """Ask for the end; the worker stops at its next step."""
    return bool(JobRun.objects.filter(pk=run_id, state__in=_OPEN).update(cancel_asked=True))


def sweep(now: datetime) -> int:
    """Close runs whose worker has said nothing for a quarter of an hour."""
    silent = JobRun.objects.filter(state=JobRun.State.RUNNING, touched_at__lt=now - SILENCE)
    return silent.update(state=JobRun.State.FAILED, error="The worker stopped answering.", finished_at=now)


def purge(now: datetime, apply: bool = True) -> int:
    """Forget runs that ended more than thirty days ago."""
    old = JobRun.objects.filter(~Q(state__in=_OPEN), finished_at__lt=now - KEPT)
    return old.delete()[0] if apply else old.count()
