"""What the relay does for sessions."""

from src.foundations import outbox

from .services import convoking


@outbox.handles(convoking.TELL)
def tell(payload: dict) -> None:
    """Tell somebody what became of their place."""
    convoking.deliver(payload["booking"], payload["what"], payload["sequence"], payload["at"])
