"""What the relay does for attestations: printing those of a site."""

from src.foundations import runs
from src.foundations.jobs import job

from .models import AttestationBatch
from .services import batching


@job(batching.JOB)
def print_batch(run_id: str, batch: str) -> None:
    """Draw a batch from where a worker died; stops between two parts when asked."""
    found = AttestationBatch.objects.select_related("site").filter(reference=batch).first()
    if found is None:
        return
    try:
        sheets = batching.draw(batch=found, advance=lambda done: runs.advance(run_id, done, total=found.total))
    except runs.Cancelled:
        return
    runs.finish(run_id, {"sheets": sheets})
