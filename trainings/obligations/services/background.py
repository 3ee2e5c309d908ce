"""What takes more than ten seconds in a large city: everybody evaluated, a rule tried out, a file taken in."""

from src.directory.enums import AccountKind
from src.directory.models import User
from src.foundations import runs
from src.foundations.models import JobRun

from .. import dry_run
from ..facts import SLICE
from ..models import Obligation
from .evaluating import evaluate

EVALUATE, TRY_OUT = "trainings_obligations.evaluate", "trainings_obligations.try_out"


def people() -> int:
    """How many agents an evaluation looks at."""
    return User.objects.filter(kind=AccountKind.AGENT).count()


def is_long(count: int | None = None) -> bool:
    """Whether looking at everybody takes more than a page may."""
    return (people() if count is None else count) > SLICE


def evaluate_later(*, obligation: Obligation, actor) -> JobRun:
    """Have everybody evaluated by a job; the obligation knows the last one."""
    run = runs.start(EVALUATE, owner=_account(actor), total=people())
    Obligation.objects.filter(pk=obligation.pk).update(run_id=run.pk)
    obligation.run_id = run.pk
    return run


def try_out_later(*, obligation: Obligation, actor) -> JobRun:
    """Have an obligation tried out by a job; its counts stay in the run, nothing else is written."""
    run = runs.start(TRY_OUT, owner=_account(actor), total=people(), obligation=obligation.pk)
    Obligation.objects.filter(pk=obligation.pk).update(trial_id=run.pk)
    obligation.trial_id = run.pk
    return run


def run_evaluation(run_id: str) -> None:
    """What the job does: a run that is cut goes on the next time, twice writes nothing more."""
    done = evaluate(progress=lambda looked_at: runs.advance(run_id, looked_at))
    runs.finish(run_id, {"people": done.people, "opened": done.opened, "changed": done.changed})


def run_trial(run_id: str, obligation: int) -> None:
    """What the job does: counts and nothing else."""
    found = Obligation.objects.filter(pk=obligation).prefetch_related("equivalences").first()
    if found is None:
        runs.finish(run_id)
        return
    tried = dry_run.try_out(found, progress=lambda looked_at: runs.advance(run_id, looked_at))
    runs.finish(run_id, dry_run.as_json(tried))


def _account(actor):
    return getattr(actor, "user", actor)
