"""How rooms say that something changed: the index follows a few seconds later."""

from datetime import timedelta

from src.foundations import clock, outbox

# Titles, texts and rights are read live: only words, counts and order wait. A gesture that writes five times is over.
WAIT = timedelta(seconds=3)


def changed(kind: str, *pks: int) -> None:
    """These objects changed, came out or went: their documents are written again, or removed, by the relay."""
    due = clock.now() + WAIT
    outbox.emit_all([outbox.Effect("search.index", {"kind": kind, "pk": pk}, not_before=due) for pk in pks])
