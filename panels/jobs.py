"""What the relay and the ticker do for panels: making letters, drawing, erasing those whose time is over."""

from datetime import timedelta

from django.core.exceptions import ValidationError

from src.foundations import outbox, runs
from src.foundations.jobs import job
from src.foundations.ticking import on_tick

from .models import Draw, InvitationBatch
from .services import drawing, erasing, letters, printing, telling


@job(letters.JOB)
def make_letters(run_id: str, batch: str) -> None:
    """Make the letters of a batch that aren't made yet; stops between two slices when asked."""
    found = InvitationBatch.objects.filter(reference=batch).first()
    if found is None:
        return
    try:
        made = letters.make_letters(batch=found, advance=lambda done: runs.advance(run_id, done, total=found.letters))
    except runs.Cancelled:
        return
    runs.finish(run_id, {"made": made})


@job(printing.JOB)
def draw_letters(run_id: str, batch: str) -> None:
    """Draw the files of a batch to print, from the part where a worker died; stops between two parts when asked."""
    found = InvitationBatch.objects.filter(reference=batch, secret__isnull=False).first()
    if found is None:
        # Posted before the work began: there is nothing to draw any more.
        runs.finish(run_id, {"parts": 0})
        return
    try:
        made = printing.draw_parts(
            batch=found, done=runs.reached(run_id), advance=lambda done: runs.advance(run_id, done)
        )
    except runs.Cancelled:
        return
    runs.finish(run_id, {"parts": made})


@job(drawing.JOB)
def make_table(run_id: str, draw: int) -> None:
    """Make the table of a draw; stops between two panels when asked, tells what the engine or the pool refuses."""
    from .lottery import Infeasible, InvalidPool  # numpy and the solver load in the worker that draws

    found = Draw.objects.filter(pk=draw).first()
    if found is None:
        return
    try:
        drawing.make_table(draw=found, progress=lambda done, total: runs.advance(run_id, done, total=total))
    except runs.Cancelled:
        return
    except (Infeasible, InvalidPool, ValidationError) as refusal:
        runs.fail(run_id, refusal)
        return
    runs.finish(run_id, {"rows": found.rows})


@outbox.handles(telling.SEALED)
def tell_sealed(payload: dict) -> None:
    """Send a seal to the guarantors."""
    telling.tell_sealed(payload["draw"])


@outbox.handles(telling.TO_SIGN)
def tell_to_sign(payload: dict) -> None:
    """Tell the guarantors that something waits for a signature."""
    telling.tell_to_sign(payload["kind"], payload["pk"])


@on_tick("panels.erase", every=timedelta(days=1))
def erase(now) -> None:
    """Erase candidates, addresses and papers whose time is over."""
    erasing.erase_due(now)
    erasing.erase_addresses(now)
    erasing.erase_papers(now)
