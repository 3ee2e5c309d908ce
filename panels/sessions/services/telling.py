"""What members are told of their sessions: effects written with the change, run by the relay."""

from panels.models import Membership
from src.foundations import outbox
from src.notices.services import send

from ..calendar import context_of
from ..enums import SessionState
from ..models import Session

CHANGED = "panel_sessions.tell"
STATES = {
    "announced": SessionState.ANNOUNCED,
    "moved": SessionState.ANNOUNCED,
    "cancelled": SessionState.CANCELLED,
}


def changed(session: Session, what: str) -> None:
    """Have members know, once this transaction is kept."""
    outbox.emit(
        CHANGED,
        {"session": session.pk, "what": what, "sequence": session.sequence},
        key=f"{CHANGED}:{session.pk}:{what}:{session.sequence}",
    )


def tell(session: int, what: str, sequence: int) -> None:
    """Tell the members who have an account. Nothing when it changed again meanwhile. Safe twice."""
    found = Session.objects.select_related("panel").filter(pk=session).first()
    if found is None or found.state != STATES[what] or found.sequence != sequence:
        return
    sitting = Membership.objects.sitting().filter(panel=found.panel, candidate__account__isnull=False)
    send(
        f"panel_sessions.{what}",
        recipients=list(sitting.order_by("number").values_list("candidate__account_id", flat=True)),
        context=context_of(found),
        key=f"panel-session:{found.reference}:{what}:{sequence}",
    )
