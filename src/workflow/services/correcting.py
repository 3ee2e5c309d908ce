"""Going back on one's own last step, by a passage that stays in the history, before anybody is told."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock, outbox

from .. import process_cache, registry, returning
from ..enums import TAKEN_BACK_SLUG
from ..exceptions import TransitionNotAllowed
from ..sentences import already_moved


def take_back(subject, entry_pk: int, *, actor):
    """Undo the subject's last step and answer the correcting journal entry; nobody is told of either.

    Changes, in one transaction: the stage and the columns that changed with it (conditional update that must touch
    one row), what the form's own effects wrote, one journal row; the held effect is deleted, and ``workflow.moved``
    lets the index follow.

    Refuses with PermissionDenied anybody but the person who took the step and still holds its role; with
    TransitionNotAllowed a step that is no longer the last, that people have been told of, or that can't be undone.
    """
    viewer = as_viewer(actor)
    relation = type(subject).journal_relation()
    entries = relation.related_model._base_manager.filter(**{relation.field.name: subject.pk})
    step = entries.filter(pk=entry_pk).first()
    if step is None or viewer.user_id is None or step.actor_id != viewer.user_id:
        raise PermissionDenied(_("Only the person who took this step can go back on it."))
    way = process_cache.graph(subject.process_id).transition(step.transition_slug)
    if way is None or subject.stage_id != way.to_stage_id:
        raise TransitionNotAllowed(already_moved(subject, "staff"))
    if not returning.can_go_back(way, subject.subject_kind):
        raise TransitionNotAllowed(_("This step can't be taken back: take the one that corrects it."))
    with transaction.atomic():
        return _take_back(subject, step, way, viewer, entries)


def _take_back(subject, step, way, viewer, entries):
    held = outbox.recall(returning.told_key(subject.subject_kind, step.pk))
    if held is None or "before" not in held:
        raise TransitionNotAllowed(_("It is too late to go back on this step: people are being told of it."))
    columns = {
        **returning.columns_before(subject, held["before"]),
        "stage": way.from_stage,
        "stage_kind": way.from_stage.kind,
    }
    model = type(subject)
    touched = model._base_manager.filter(
        pk=subject.pk, process_id=subject.process_id, stage_id=way.to_stage_id
    ).update(**columns)
    # The row is ours from here: whoever came back to this stage meanwhile has left a later passage.
    if touched != 1 or entries.filter(pk__gt=step.pk).exists():
        raise TransitionNotAllowed(already_moved(subject, "staff"))
    subject.refresh_from_db()
    # Asked of the subject as it was: a step may have put it out of the hands of the person who took it.
    if not subject.roles_of(viewer) & set(way.who):
        raise PermissionDenied(_("This step is not yours to take."))
    relation = model.journal_relation()
    correcting = relation.related_model._base_manager.create(
        **{relation.field.name: subject},
        transition_slug=TAKEN_BACK_SLUG,
        from_kind=way.to_stage.kind,
        to_kind=way.from_stage.kind,
        from_stage=way.to_stage,
        to_stage=way.from_stage,
        actor=viewer.user,
        actor_role=step.actor_role,
        at=clock.now(),
        data={"takes_back": step.pk, "step": way.slug},
    )
    undo = registry.way_back(way.form, subject.subject_kind).undo
    if undo is not None:
        undo(subject, way, step)
    outbox.emit(
        "workflow.moved",
        {"kind": subject.subject_kind, "reference": subject.reference, "entry": correcting.pk, "held": True},
        key=f"workflow.moved:{subject.subject_kind}:{correcting.pk}",
    )
    return correcting
