"""What the relay and the ticker do for search."""

import datetime

from src.foundations import outbox
from src.foundations.ticking import on_tick

from . import registry, services


@outbox.handles("search.index")
def index(payload: dict) -> None:
    """One object changed: ``{"kind": …, "pk": …}``."""
    services.index(payload["kind"], payload["pk"])


@on_tick("search.missing", every=datetime.timedelta(hours=6))
def find_missing(now) -> None:
    """What was loaded in bulk, made by a migration, or indexed by an older version is indexed in passing."""
    for kind in registry.kinds():
        services.catch_up(kind)


@on_tick("search.stems", every=datetime.timedelta(days=1))
def count_stems(now) -> None:
    """Once a day, which words are used, and how often."""
    for kind in registry.kinds():
        services.count_stems(kind)
