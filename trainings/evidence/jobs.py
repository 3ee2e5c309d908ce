"""What the relay does for evidence: making a pack."""

from datetime import date

from django.core.exceptions import ValidationError

from src.foundations import runs
from src.foundations.jobs import job
from src.foundations.models import JobRun
from trainings.obligations.models import Obligation

from . import preparing


@job(preparing.JOB)
def make_pack(run_id: str, obligation: str, day: str) -> None:
    """Make a pack; stops between two of its files when asked."""
    found = Obligation.objects.select_related("track", "renewal_track").filter(reference=obligation).first()
    run = JobRun.objects.filter(pk=run_id).first()
    if found is None or run is None:
        return
    try:
        made = preparing.make(run_id=run_id, obligation=found, day=date.fromisoformat(day))
    except runs.Cancelled:
        return
    except ValidationError as refusal:
        runs.fail(run_id, refusal)
        return
    runs.finish(run_id, run.result | made)
