"""Internal notes: written by those who handle an idea, corrected by who wrote them."""

import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock

from .. import rules, validators
from ..models import IdeaNote, IdeaNoteVersion


def write_note(*, idea, actor, text: str, submission_token: uuid.UUID | None = None, at=None) -> IdeaNote:
    """Leave a note for the direction that has the idea in hand; the same token answers the first one.

    Refuses with PermissionDenied whoever doesn't handle the idea, its author first of all, with ValidationError a
    text outside the limits. Nobody is told: those who work on the idea find it there.
    """
    viewer = as_viewer(actor)
    if not rules.can(viewer, "note", idea):
        raise PermissionDenied(_("Internal notes are for the people of the direction who handle this idea."))
    text, unit = _cleaned(text), idea.acting_unit
    token = submission_token or uuid.uuid4()
    try:
        with transaction.atomic():
            return IdeaNote.objects.create(
                idea=idea,
                direction_id=unit.direction_id or unit.pk,
                writer=viewer.user,
                text=text,
                written_at=at or clock.now(),
                submission_token=token,
            )
    except IntegrityError:
        sent = IdeaNote.objects.filter(submission_token=token, idea=idea, writer=viewer.user).first()
        if sent is None:
            raise
        return sent


def edit_note(*, note, actor, text: str) -> bool:
    """Correct one's own note; True when it changed. After an hour, what it said before stays readable.

    Refuses with PermissionDenied somebody else, and who doesn't handle the idea any more.
    """
    viewer = as_viewer(actor)
    text = _cleaned(text)
    with transaction.atomic():
        kept = IdeaNote.objects.select_for_update().get(pk=note.pk)
        mine = kept.writer_id is not None and kept.writer_id == viewer.user_id
        if not mine or not IdeaNote.objects.visible_to(viewer).filter(pk=kept.pk).exists():
            raise PermissionDenied(_("Only who wrote a note corrects it, while they handle the idea."))
        if kept.text == text:
            return False
        now = clock.now()
        if now >= kept.written_at + rules.FREE_EDIT:
            IdeaNoteVersion.objects.create(note=kept, text=kept.text, replaced_at=now)
        IdeaNote.objects.filter(pk=kept.pk).update(text=text)
    return True


def pass_notes_on(unit, successor) -> None:
    """When a unit closes, the notes it could read are read by the direction that follows it."""
    IdeaNote.objects.filter(direction=unit).update(direction=successor.direction or successor)


def _cleaned(text: str) -> str:
    try:
        return validators.clean_statement(text)
    except ValidationError as error:
        raise ValidationError({"text": error})
