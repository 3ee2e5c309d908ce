"""What obligations do by themselves: each night, everybody is evaluated."""

from datetime import timedelta

from django.utils import timezone

from src.foundations import runs
from src.foundations.jobs import job
from src.foundations.ticking import on_tick

from .services import background, importing
from .services.evaluating import evaluate


@on_tick("trainings_obligations.evaluate", every=timedelta(days=1))
def evaluate_everybody(now):
    """What everybody owes today: opened, renewed, closed, its state counted again."""
    evaluate(timezone.localdate(now))


@on_tick("trainings_obligations.forget_files", every=timedelta(hours=6))
def forget_files(now):
    """Files sent a day ago lose their text, taken in or not."""
    importing.forget_files(now)


@job(background.EVALUATE)
def evaluate_after_a_decision(run_id: str) -> None:
    """Everybody, after an obligation was activated or ended, or its rule replaced."""
    try:
        background.run_evaluation(run_id)
    except runs.Cancelled:
        return


@job(background.TRY_OUT)
def try_out(run_id: str, obligation: int) -> None:
    """What an obligation would ask, counted."""
    try:
        background.run_trial(run_id, obligation)
    except runs.Cancelled:
        return


@job(importing.JOB)
def take_in(run_id: str, file: str) -> None:
    """The trainings of a file that was confirmed."""
    importing.run_import(run_id, file)
