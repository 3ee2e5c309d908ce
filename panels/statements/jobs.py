"""What the relay and the ticker do for statements: telling members, making maps, closing in time, forgetting."""

from datetime import timedelta

from src.foundations import outbox, runs
from src.foundations.jobs import job
from src.foundations.ticking import on_tick

from .models import Round
from .services import erasing, mapping, telling


@job(mapping.JOB)
def make_map(run_id: str, round: int) -> None:  # noqa: A002 - the name of the id in the row
    """Make the map of a closed round; safe twice."""
    found = Round.objects.filter(pk=round, closed_at__isnull=False, is_discarded=False).first()
    if found is None:
        return
    try:
        runs.advance(run_id, 0)
    except runs.Cancelled:
        return
    made = mapping.freeze_map(round_=found)
    runs.finish(run_id, {"voters": made.voters})


@on_tick("panel_statements.tell", every=timedelta(minutes=5))
def tell_opened(now) -> None:
    """Tell members of the rounds that are open and have something to answer, each once."""
    telling.tell_opened(now)


@outbox.handles(telling.TELL)
def tell(payload: dict) -> None:
    """Tell the members of a panel that a round is open."""
    telling.send_opened(payload["round"])


@on_tick("panel_statements.close", every=timedelta(hours=1))
def close(now) -> None:
    """Close the rounds whose time is over; ask again for a map whose making failed."""
    mapping.close_due(now)


@on_tick("panel_statements.forget", every=timedelta(days=1))
def forget(now) -> None:
    """Forget who proposed, three months after a round."""
    erasing.forget_authors(now, apply=True)
