"""Beginning a track, and going on in its newer version."""

from django.db import transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.journal import record
from trainings.models import Track, TrackVersion

from .. import rules, versions
from ..enums import DoneHow, EnrolmentState
from ..models import Enrolment, ModuleProgress
from .completing import evaluate_completion
from .holding import MovedOn, hold


@transaction.atomic
def enrol(*, actor, track: Track) -> Enrolment:
    """Begin the last published version; the training under way when there is one. Nothing done before is erased."""
    viewer = as_viewer(actor)
    rules.refuse_unless(rules.may_learn(viewer))
    # Two first gestures at once begin one training.
    Track.objects.select_for_update(of=("self",)).filter(pk=track.pk).first()
    if not Track.objects.visible_to(viewer).filter(pk=track.pk).exists():
        raise MovedOn(_("This training isn’t open any more."), code="closed")
    under_way = Enrolment.objects.filter(
        agent_id=viewer.user_id, track=track, state=EnrolmentState.IN_PROGRESS
    ).first()
    if under_way is not None:
        return under_way
    version = TrackVersion.objects.filter(track=track).order_by("-number").first()
    made = Enrolment.objects.create(agent_id=viewer.user_id, track=track, version=version, began_at=clock.now())
    _note("began", made, viewer, version=version.number)
    return made


@transaction.atomic
def go_on_in_newest(*, actor, enrolment: Enrolment) -> Enrolment:
    """Leave the version one follows for the last one: modules that are the same are carried over, the others are new.

    Both rows stay. Refuses when there is no newer version, and a training that is finished.
    """
    held = hold(actor, enrolment, once_over=True)
    newest = TrackVersion.objects.filter(track_id=held.track_id).order_by("-number").first()
    if not held.is_open or newest.pk == held.version_id:
        raise MovedOn(_("You already follow the last version."), code="last")
    Enrolment.objects.filter(pk=held.pk).update(state=EnrolmentState.MIGRATED)
    made = Enrolment.objects.create(
        agent_id=held.agent_id,
        track_id=held.track_id,
        version=newest,
        began_at=held.began_at,
        migrated_from=held,
        carries_id=held.carries_id,
    )
    same = {(one.stable_key, one.content_sha256): one for one in newest.modules.all()}
    now = clock.now()
    carried = [
        ModuleProgress(
            enrolment=made,
            module=same[row.module.stable_key, row.module.content_sha256],
            checks=row.checks,
            path=row.path,
            first_seen_at=row.first_seen_at,
            last_seen_at=now,
            done_at=row.done_at,
            done_how=DoneHow.CARRIED,
            proof=row.proof,
        )
        for row in held.progress.select_related("module")
        if row.is_done and (row.module.stable_key, row.module.content_sha256) in same
    ]
    ModuleProgress.objects.bulk_create(carried)
    _note("migrated", made, actor, version=newest.number, carried=len(carried))
    evaluate_completion(made)
    return made


@transaction.atomic
def catch_up(*, actor, track: Track) -> Enrolment:
    """Follow only what changed in the last version: modules finished before that are the same stay finished.

    Refuses when there is nothing to catch up with, and while the training is under way.
    """
    viewer = as_viewer(actor)
    rules.refuse_unless(rules.may_learn(viewer))
    Track.objects.select_for_update(of=("self",)).filter(pk=track.pk).first()
    if not Track.objects.visible_to(viewer).filter(pk=track.pk).exists():
        raise MovedOn(_("This training isn’t open any more."), code="closed")
    if Enrolment.objects.filter(agent_id=viewer.user_id, track=track, state=EnrolmentState.IN_PROGRESS).exists():
        raise MovedOn(_("You are already following this training: take it up where you left it."), code="under_way")
    newest = TrackVersion.objects.filter(track=track).order_by("-number").first()
    change = versions.what_changed(viewer.user_id, newest)
    if change is None:
        raise MovedOn(_("There is nothing new to catch up with."), code="nothing_new")
    made = Enrolment.objects.create(
        agent_id=viewer.user_id,
        track=track,
        version=newest,
        began_at=clock.now(),
        carries_id=change.held.carries_id or change.held.pk,
    )
    now = clock.now()
    ModuleProgress.objects.bulk_create(
        ModuleProgress(
            enrolment=made,
            module=module,
            first_seen_at=now,
            last_seen_at=now,
            done_at=change.held.recorded_at,
            done_how=DoneHow.CARRIED,
        )
        for module in change.same
    )
    _note("caught_up", made, viewer, version=newest.number, carried=len(change.same))
    return made


def _note(verb, enrolment, actor, **payload) -> None:
    """One line of the journal."""
    record(
        f"trainings.{verb}",
        actor=as_viewer(actor).user,
        object_ref=f"track:{enrolment.version.track.slug}",
        payload=payload,
    )
