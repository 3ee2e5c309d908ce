"""What the relay does for sessions."""

from src.foundations import outbox

from .services import telling


@outbox.handles(telling.CHANGED)
def tell(payload: dict) -> None:
    """Tell members what became of a session."""
    telling.tell(payload["session"], payload["what"], payload["sequence"])
