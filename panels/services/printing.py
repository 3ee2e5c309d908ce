"""Drawing the letters of a batch, part by part, in a job that may die and be run again.

A letter is an A4 sheet folded in three for a DL envelope (110 × 220 mm) whose window, 35 × 100 mm, stands 20 mm from
the right edge and 20 mm from the bottom, as French mail has them. The sheet has 10 mm of play in width and 11 mm in
height: what the window shows for certain, wherever the sheet has slipped, is from 100 to 190 mm from the left of the
sheet and from 55 to 79 mm from its top. The address stands inside (``panels/letters.css``: 102 mm and 56 mm, four
lines of thirty-eight signs at most, norm NF Z 10-011); nothing else is written where the window may show it (90 to
200 mm, 44 to 90 mm).
"""

import io
from collections.abc import Iterable

import pypdf
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from src.foundations import documents, runs
from src.foundations.models import JobRun

from .. import letter_files
from ..models import InvitationBatch
from . import letters
from .preparing import WrongState

JOB = "panels.print"
# Letters drawn at once: a megabyte each while they are.
PIECE = 50


@transaction.atomic
def ask_work(*, actor, batch: InvitationBatch) -> JobRun:
    """Have a batch worked on: its letters made if some are missing, else drawn as files to print.

    While a work of this batch goes on, that one is given again: a button pressed twice asks once. Refuses letters
    already posted, whose codes are gone.
    """
    held = letters.hold_batch(actor, batch)
    if held.secret is None:
        raise WrongState(_("These letters were posted: their codes can’t be read again."), code="posted")
    going = run_of(held)
    if going is not None and not going.is_finished:
        return going
    user = getattr(actor, "user", actor)
    name, total = (JOB, len(letter_files.parts_of(held))) if held.is_made else (letters.JOB, held.letters)
    run = runs.start(name, owner=user, total=total, batch=held.reference)
    InvitationBatch.objects.filter(pk=held.pk).update(run_id=run.pk)
    return run


def run_of(batch: InvitationBatch) -> JobRun | None:
    """The last work on a batch; gone after thirty days."""
    return JobRun.objects.filter(pk=batch.run_id).first() if batch.run_id else None


def draw_parts(*, batch: InvitationBatch, done: int = 0, advance=lambda done: None) -> int:
    """Draw every part, one after the other, in the memory of one piece; answers how many there are.

    ``done`` parts were drawn by a worker that died: they are drawn again only if their file isn't there.
    ``advance(done)`` is called before each part and may stop the work by raising. Letters posted meanwhile stop it
    too, and nothing of what was drawn stays.
    """
    kept = set(letter_files.made(batch)) if done else set()
    for place, part in enumerate(letter_files.parts_of(batch)):
        if place < done and part in kept:
            continue
        advance(place)
        if _is_posted(batch):
            break
        letter_files.keep(batch, part, draw(batch, part))
    if _is_posted(batch):
        letter_files.forget(batch.reference)
    return len(letter_files.made(batch))


def _is_posted(batch: InvitationBatch) -> bool:
    return InvitationBatch.objects.filter(pk=batch.pk, secret__isnull=True).exists()


def draw(batch: InvitationBatch, part: int) -> bytes:
    """One part as a PDF, drawn by pieces then joined; as a page to print where no PDF can be made on this machine."""
    start, stop = letter_files.bounds(batch, part)
    held = InvitationBatch.objects.select_related("panel__commissioner", "source_list").get(pk=batch.pk)
    try:
        pieces = (
            documents.pdf(_page(held, first, min(first + PIECE - 1, stop))) for first in range(start, stop + 1, PIECE)
        )
        return _joined(pieces)
    except documents.PdfUnavailable:
        return _page(held, start, stop).encode()


def _page(batch: InvitationBatch, start: int, stop: int) -> str:
    with translation.override("fr"):
        return render_to_string(
            "panels/print/letters.html",
            {
                "panel": batch.panel,
                "batch": batch,
                # Without "https://": what a person types.
                "register_address": (settings.SITE_URL + reverse("panels:register")).partition("://")[2],
                "of_minors": batch.source_list.is_of_minors,
                "letters": letters.printed(batch, start, stop),
            },
        )


def _joined(pieces: Iterable[bytes]) -> bytes:
    writer, content = pypdf.PdfWriter(), io.BytesIO()
    for piece in pieces:
        writer.append(io.BytesIO(piece))
    writer.write(content)
    return content.getvalue()
