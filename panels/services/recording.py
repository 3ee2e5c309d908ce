"""One line of the journal for each act on a panel: numbers and tickets, never what somebody answered."""

from src.foundations import journal


def record(verb: str, panel, *, actor=None, about: str = "", payload: dict | None = None, at_once: bool = False):
    """Write the line in the caller's transaction; ``at_once`` chains it now: readings of profiles, seals, draws."""
    user = getattr(actor, "user", actor)
    reference = f"panel:{panel.slug}" + (f"/{about}" if about else "")
    return journal.record(f"panels.{verb}", actor=user, object_ref=reference, payload=payload, chain_now=at_once)
