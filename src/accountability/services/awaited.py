"""Signatures that are awaited: what a change of the words does to them, and who hears of them."""

from src.foundations import clock, outbox

from ..models import Decision, ReplySignature

ASKED_TOPIC, ANSWERED_TOPIC = "accountability.signature_asked", "accountability.signature_answered"


def written_again(decision: Decision) -> bool:
    """A prepared reply has changed: what was signed or sent back waits for the official again. Whether one was asked.

    ``edit_decision`` calls it, in its transaction.
    """
    signature = ReplySignature.objects.filter(decision=decision).first()
    if signature is None:
        return False
    if not signature.is_waiting:
        signature.signed_at, signature.returned_at, signature.returned_text = None, None, ""
        signature.asked_at = clock.now()
        signature.save(update_fields=["signed_at", "returned_at", "returned_text", "asked_at"])
        tell(ASKED_TOPIC, signature)
    return True


def tell(topic: str, signature: ReplySignature) -> None:
    """Leave the relay to tell who must know."""
    at = signature.signed_at or signature.returned_at or signature.asked_at
    outbox.emit(topic, {"signature": signature.pk}, key=f"{topic}:{signature.pk}:{at.timestamp()}")
