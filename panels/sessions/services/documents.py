"""Documents that members read: added, written again, withdrawn, brought back."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from panels.enums import WORKING
from panels.models import Panel
from panels.services.preparing import WrongState
from panels.services.preparing import hold as hold_panel
from panels.services.recording import record
from src.foundations import clock, orphans, uploads

from .. import rules
from ..models import Document, Session

TAKEN = (".pdf", ".odt", ".docx", ".xlsx", ".csv")
FIELDS = ("title", "kind", "source", "audience", "words", "link", "session")


def add_document(*, actor, panel: Panel, upload=None, **fields) -> Document:
    """Add a document: a file, a link, or its words alone. Undone, it leaves no file.

    Refuses a file and a link together, a file that isn't what its name says, a session of another panel, and a
    document without its summary in plain words: it is what is posted.
    """
    rules.refuse_unless(rules.prepares(actor, panel))
    clean = _clean(upload)
    row = Document(panel=panel, added_at=clock.now(), added_by=getattr(actor, "user", actor))
    if clean is not None:
        row.file, row.size = clean, clean.size
    _write(row, panel, fields)
    with orphans.files_with_their_rows(row.file):
        hold_panel(panel, *WORKING)
        row.save()
        record("document_added", panel, actor=actor, about=f"document:{row.reference}")
    return row


def _clean(upload):
    if not upload:
        return None
    ending = Path(upload.name or "").suffix.lower()
    try:
        if ending not in TAKEN:
            raise ValidationError(_("Send a PDF, ODT, DOCX, XLSX or CSV file."))
        return uploads.safe_pdf(upload) if ending == ".pdf" else uploads.safe_document(upload)
    except ValidationError as refusal:
        raise ValidationError({"file": refusal.messages})


def _write(row: Document, panel: Panel, fields: dict) -> None:
    for name in FIELDS:
        if name in fields:
            setattr(row, name, fields[name])
    if row.session is not None and row.session.panel_id != panel.pk:
        raise ValidationError({"session": _("This session is of another panel.")})
    if row.file and row.link:
        raise ValidationError({"link": _("Choose: a file, or a link.")})
    if not row.words.strip():
        raise ValidationError({"words": _("Say in plain words what it holds: this summary is posted.")})
    row.full_clean(exclude=["panel", "session", "added_by", "file"], validate_constraints=False)


@transaction.atomic
def change_document(*, actor, document: Document, **fields) -> Document:
    """Write a document again; its file stays: another file is another document."""
    held = Document.objects.select_for_update(of=("self",)).select_related("panel").get(pk=document.pk)
    rules.refuse_unless(rules.prepares(actor, held.panel))
    _write(held, held.panel, fields)
    held.save()
    record("document_changed", held.panel, actor=actor, about=f"document:{held.reference}")
    return held


@transaction.atomic
def withdraw_document(*, actor, document: Document) -> None:
    """Take a document from the pages of members and everybody; the team brings it back when it wants."""
    rules.refuse_unless(rules.prepares(actor, document.panel))
    if not Document.objects.standing().filter(pk=document.pk).update(withdrawn_at=clock.now()):
        raise WrongState(_("This document is already withdrawn."), code="state")
    record("document_withdrawn", document.panel, actor=actor, about=f"document:{document.reference}")


@transaction.atomic
def bring_back(*, actor, document: Document) -> None:
    """Show a withdrawn document again."""
    rules.refuse_unless(rules.prepares(actor, document.panel))
    found = Document.objects.filter(pk=document.pk, withdrawn_at__isnull=False)
    if not found.update(withdrawn_at=None):
        raise WrongState(_("This document is shown already."), code="state")
    record("document_brought_back", document.panel, actor=actor, about=f"document:{document.reference}")


def of_session(session: Session):
    """The documents of a session that are shown."""
    return Document.objects.standing().filter(session=session).order_by("kind", "title", "pk")
