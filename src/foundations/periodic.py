"""What the cellar does by itself: seal the journal, forget what is done, close what died, sweep lone files."""

from datetime import timedelta

from . import chain, orphans, outbox, ratelimit, runs
from .ticking import on_tick


@on_tick("foundations.seal", every=timedelta(seconds=30))
def seal(now):
    """Chain what was committed since the last turn."""
    chain.seal_pending()


@on_tick("foundations.seal_all", every=timedelta(days=1))
def seal_all(now):
    """Chain what a very long transaction left far behind the end of a stream."""
    chain.seal_pending(thorough=True)


@on_tick("foundations.purge", every=timedelta(hours=1))
def purge(now):
    """Delete done effects, idle rate buckets and old runs."""
    outbox.purge(now)
    ratelimit.purge(now)
    runs.purge(now)


@on_tick("foundations.orphans", every=timedelta(days=1))
def remove_orphans(now):
    """Remove the files that no row names: a process died between the two, or what they belonged to is gone."""
    orphans.sweep(now)


@on_tick("foundations.sweep", every=timedelta(minutes=5))
def sweep(now):
    """Close the runs of dead workers."""
    runs.sweep(now)
