"""Signatures that are awaited: what a change of the words does to them, and who hears of them."""

from src.foundations import clock, outbox

from ..models import Decision, ReplySignature

ASKED_TOPIC, ANSWERED_TOPIC = "accountability.signature_asked", "accountability.signature_answered"


def signature_under(decision: Decision, answer: dict) -> ReplySignature | None:
    """The signature asked for a reply, when ``answer`` says something else than what is written; one statement."""
    same = {f"decision__{name}": value for name, value in answer.items()}
    return ReplySignature.objects.filter(decision=decision).exclude(**same).first()


def written_again(signature: ReplySignature) -> None:
    """A prepared reply has changed: what was signed or sent back waits for the official again.

    ``edit_decision`` calls it, in its transaction.
    """
    if signature.is_waiting:
        return
    signature.signed_at, signature.returned_at, signature.returned_text = None, None, ""
    signature.asked_at = clock.now()
    signature.save(update_fields=["signed_at", "returned_at", "returned_text", "asked_at"])
    tell(ASKED_TOPIC, signature)


def tell(topic: str, signature: ReplySignature) -> None:
    """Leave the relay to tell who must know."""
    at = signature.signed_at or signature.returned_at or signature.asked_at
    outbox.emit(topic, {"signature": signature.pk}, key=f"{topic}:{signature.pk}:{at.timestamp()}")
