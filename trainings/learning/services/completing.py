"""The one place where a training ends: every required module finished, in the version followed."""

from django.db import transaction
from django.utils import timezone

from src.directory.models import User
from src.foundations.journal import record
from trainings.ledger.enums import Method
from trainings.ledger.services import record_completion

from ..enums import DoneHow, EnrolmentState
from ..models import Enrolment


@transaction.atomic
def evaluate_completion(enrolment: Enrolment) -> bool:
    """Say that the training is finished when it is; whether it was said now. Run as often as one likes.

    The day is that of the last fact needed. The ledger holds the version and its fingerprint, never an answer.
    """
    required = list(enrolment.version.modules.filter(required=True).values_list("pk", flat=True))
    done = {
        row.module_id: row
        for row in enrolment.progress.filter(module_id__in=required, done_at__isnull=False).select_related("module")
    }
    if not required or len(done) < len(required):
        return False
    last = max(row.done_at for row in done.values())
    ended = Enrolment.objects.filter(pk=enrolment.pk, state=EnrolmentState.IN_PROGRESS).update(
        state=EnrolmentState.COMPLETED, completed_on=timezone.localdate(last)
    )
    if not ended:
        return False
    enrolment.refresh_from_db(fields=["state", "completed_on"])
    agent = User.objects.get(pk=enrolment.agent_id)
    record_completion(
        agent=agent,
        track=enrolment.version.track,
        version=enrolment.version,
        method=_method({row.done_how for row in done.values()}),
        source=f"enrolment:{enrolment.pk}",
        completed=last,
        minutes=_minutes(enrolment, done.values()),
        carries=enrolment.carries,
        evidence=[
            {"kind": "module", "ref": str(row.module.stable_key), "sha256": row.module.content_sha256}
            for row in sorted(done.values(), key=lambda row: row.module.position)
        ]
        + [row.proof for row in done.values() if row.proof],
    )
    record(
        "trainings.completed", object_ref=f"track:{enrolment.version.track.slug}", payload={"enrolment": enrolment.pk}
    )
    return True


def _minutes(enrolment: Enrolment, done) -> int:
    """Working time: that of the training, or of the modules that were new to somebody who caught up."""
    if enrolment.carries_id is None:
        return enrolment.version.minutes
    return sum(row.module.minutes for row in done if row.done_how != DoneHow.CARRIED)


def _method(ways: set[str]) -> Method:
    """Of a training: in a session alone, partly with somebody, or online."""
    if ways == {DoneHow.ATTENDED}:
        return Method.IN_PERSON
    return Method.BLENDED if ways & {DoneHow.ATTENDED, DoneHow.TOGETHER} else Method.ONLINE


def recheck() -> int:
    """Ask again of every training under way: what a fault left unsaid is said; returns how many ended."""
    ended = 0
    under_way = Enrolment.objects.filter(state=EnrolmentState.IN_PROGRESS, progress__done_at__isnull=False)
    for enrolment in under_way.select_related("version__track").distinct().order_by("pk").iterator():
        ended += evaluate_completion(enrolment)
    return ended
