"""What time does here: erasures whose day has come, files and sessions past theirs; and the making of a file."""

from datetime import timedelta

from src.foundations import jobs, runs, ticking

from .models import DataFile
from .services import erasing, files, sessions


@jobs.job(files.JOB)
def make_data_file(run_id: str) -> None:
    """Make the file somebody asked for; a failure is told on their page."""
    try:
        files.make_file(run_id)
    except runs.Cancelled:
        return
    except Exception as error:
        runs.fail(run_id, error)
        raise


@ticking.on_tick("rights.erasures", every=timedelta(hours=1))
def erase_due(now) -> None:
    """Erase those whose day has come."""
    erasing.erase_due(now)


@ticking.on_tick("rights.files", every=timedelta(hours=1))
def forget_old(now) -> None:
    """Delete files past their day, and sessions long over."""
    for held in DataFile.objects.filter(expires_at__lte=now):
        files.forget_file(held.person)
    sessions.purge_sessions(now)
