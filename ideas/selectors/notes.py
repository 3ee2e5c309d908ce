"""The internal notes of an idea, for those who may read them."""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer

from .. import rules
from ..models import IdeaNote


@dataclass(frozen=True)
class EarlierNote:
    """What a note said before, and until when."""

    text: str
    until_label: str


@dataclass(frozen=True, kw_only=True)
class NoteView:
    """One note, as its readers see it."""

    reference: str
    text: str
    writer_label: str
    when_label: str
    may_edit: bool
    versions: list[EarlierNote] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class NotesPage:
    """The notes of one idea, the oldest first, and who reads them."""

    notes: list[NoteView]
    direction_label: str


def notes_page(viewer, idea) -> NotesPage:
    """The notes on an idea; PermissionDenied for who doesn't handle it. Two statements."""
    viewer = as_viewer(viewer)
    if not rules.can(viewer, "note", idea):
        raise PermissionDenied(_("Internal notes are for the people of the direction who handle this idea."))
    found = (
        IdeaNote.objects.visible_to(viewer)
        .filter(idea=idea)
        .select_related("writer")
        .prefetch_related("versions")
        .order_by("written_at", "pk")
    )
    unit = idea.acting_unit
    return NotesPage(notes=[_note(note, viewer) for note in found], direction_label=str(unit.direction or unit))


def notes_count(viewer, idea) -> int | None:
    """How many notes the viewer may read on an idea, in one statement; None for who doesn't handle it."""
    if not rules.can(viewer, "note", idea):
        return None
    return IdeaNote.objects.visible_to(viewer).filter(idea=idea).count()


def _note(note, viewer) -> NoteView:
    return NoteView(
        reference=note.reference,
        text=note.text,
        writer_label=note.writer.short_name if note.writer else _("Somebody who left"),
        when_label=_moment(note.written_at),
        may_edit=note.writer_id is not None and note.writer_id == viewer.user_id,
        versions=[EarlierNote(former.text, _moment(former.replaced_at)) for former in note.versions.all()],
    )


def _moment(moment) -> str:
    local = timezone.localtime(moment)
    return _("%(day)s at %(time)s") % {
        "day": date_format(local, "DATE_FORMAT"),
        "time": time_format(local, "TIME_FORMAT"),
    }
