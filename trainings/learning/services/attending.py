"""Modules followed in a session: said finished by the room that counts presence, with the document that proves it."""

from django.db import transaction
from django.utils import timezone

from src.directory.viewer import as_viewer
from src.foundations.journal import record
from trainings.ledger.models import Completion, CompletionRevocation
from trainings.ledger.services import revoke
from trainings.models import Track

from ..enums import DoneHow, EnrolmentState, QuizDoor
from ..models import Enrolment, ModuleProgress
from .completing import evaluate_completion
from .enrolling import enrol
from .helping import door_of
from .holding import mark_done, progress_in


@transaction.atomic
def attend(*, agent, track: Track, module_key, at, proof: dict) -> bool:
    """Say that somebody was at every half-day of a module's session: it is finished; whether it wasn't before.

    A quiz counts as seen together only once its attempts are over. Who follows no version begins the last one when the
    track is open. The same proof told twice is told once.
    """
    if _told(agent, proof["ref"]).exists():
        return False
    enrolment = _open_enrolment(agent, track)
    module = enrolment and enrolment.version.modules.filter(stable_key=module_key).prefetch_related("patches").first()
    if not module:
        return False
    row = progress_in(enrolment, module)
    if row.is_done or (module.is_quiz and door_of(row, module) != QuizDoor.TOGETHER):
        return False
    mark_done(row, DoneHow.ATTENDED if module.is_session else DoneHow.TOGETHER, at=at, proof=proof)
    record(
        "trainings.attended",
        object_ref=f"track:{track.slug}",
        payload={"enrolment": enrolment.pk, "module": str(module_key), "sheet": proof["ref"]},
    )
    evaluate_completion(enrolment)
    return True


@transaction.atomic
def take_back(*, agent, proof: str, reason: str, actor) -> bool:
    """Say that what a document proved no longer holds: the module is to do again; a completion that quoted it is

    revoked, with the reason. Whether something changed.
    """
    row = _told(agent, proof).select_related("enrolment__version__track").order_by("-pk").first()
    if row is None:
        return False
    enrolment = row.enrolment
    if enrolment.is_completed:
        completion = Completion.objects.filter(source=f"enrolment:{enrolment.pk}").first()
        if completion is None or CompletionRevocation.objects.filter(completion=completion).exists():
            return False
        revoke(completion=completion, reason=reason, actor=as_viewer(actor).user)
    else:
        row.delete()
    record(
        "trainings.attendance_taken_back",
        actor=as_viewer(actor).user,
        object_ref=f"track:{enrolment.version.track.slug}",
        payload={"enrolment": enrolment.pk, "sheet": proof, "day": str(timezone.localdate())},
    )
    return True


def _told(agent, reference: str):
    """What a document already proved, in trainings that still count."""
    revoked = CompletionRevocation.objects.values("completion__source")
    rows = ModuleProgress.objects.filter(enrolment__agent=agent, done_at__isnull=False, proof__ref=reference)
    rows = rows.exclude(enrolment__state=EnrolmentState.MIGRATED)
    sources = {f"enrolment:{pk}" for pk in rows.values_list("enrolment_id", flat=True)}
    gone = set(revoked.filter(completion__source__in=sources).values_list("completion__source", flat=True))
    return rows.exclude(enrolment_id__in=[int(one.partition(":")[2]) for one in gone])


def _open_enrolment(agent, track: Track) -> Enrolment | None:
    """The training under way, held; begun when there is none and the track is open."""
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("version__track")
    found = rows.filter(agent=agent, track=track, state=EnrolmentState.IN_PROGRESS).first()
    if found is not None:
        return found
    if not track.live:
        return None
    return rows.get(pk=enrol(actor=agent, track=track).pk)
