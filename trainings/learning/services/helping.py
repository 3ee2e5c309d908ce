"""The human route: after the last attempt, the module is seen again with somebody, who says so."""

from django.db import transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations.journal import record
from trainings.models import Module

from .. import rules
from ..enums import DoneHow, QuizDoor
from ..models import Enrolment, ModuleProgress
from .completing import evaluate_completion
from .holding import MovedOn, mark_done


@transaction.atomic
def see_together(*, actor, progress: ModuleProgress) -> ModuleProgress:
    """Say that one has seen a quiz again with somebody: their module is finished. Trainers, never for oneself.

    Refuses while attempts are left. Grades and answers stay unseen.
    """
    held = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("agent__current_affectation__unit", "version__track")
        .get(pk=progress.enrolment_id)
    )
    rules.refuse_unless(rules.may_go_along_with(actor, held.agent))
    row = ModuleProgress.objects.select_related("module").get(pk=progress.pk)
    if row.is_done:
        return row
    if door_of(row, row.module) != QuizDoor.TOGETHER:
        raise MovedOn(_("Attempts are left: this person can still take the quiz alone."), code="attempts_left")
    mark_done(row, DoneHow.TOGETHER)
    record(
        "trainings.seen_together",
        actor=as_viewer(actor).user,
        object_ref=f"track:{held.version.track.slug}",
        payload={"enrolment": held.pk, "module": str(row.module.stable_key)},
    )
    evaluate_completion(held)
    return row


def door_of(row: ModuleProgress, module: Module) -> QuizDoor:
    """What can be done with a quiz now."""
    if not module.is_quiz or row.enrolment_id is None:
        raise MovedOn(_("This module has no quiz."), code="other_kind")
    return rules.quiz_door(row, module.content["quiz"]["rule"], list(row.attempts.all()))[0]
