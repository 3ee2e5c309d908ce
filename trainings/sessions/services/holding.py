"""A session held until the end of a transaction, and one line of the journal."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock, journal

from .. import rules
from ..enums import SessionState
from ..models import Session


class MovedOn(ValidationError):
    """Not possible (any more); the message says why."""


def hold(session: Session | int) -> Session:
    """The session as it is now; whoever books or changes it meanwhile waits."""
    pk = getattr(session, "pk", session)
    return Session.objects.select_for_update(of=("self",)).select_related("track", "unit").get(pk=pk)


def hold_organised(actor, session: Session) -> Session:
    """The same, for its organisers."""
    held = hold(session)
    rules.refuse_unless(rules.may_organise(actor, held.unit))
    return held


def move(held: Session, state: SessionState) -> None:
    """Write the state of a session that is held."""
    held.state = state
    held.changed_at = clock.now()
    held.save(update_fields=["state", "changed_at"])


def refuse_unless_in(held: Session, *states: SessionState) -> None:
    """Refuse a gesture that the session is past, or not at yet."""
    if held.state not in states:
        raise MovedOn(
            _("This session is now “%(state)s”: this can’t be done.") % {"state": held.get_state_display()},
            code="state",
        )


def note(verb: str, held: Session, actor, **payload) -> None:
    """One line of the journal about a session."""
    journal.record(
        f"training_sessions.{verb}",
        actor=as_viewer(actor).user,
        object_ref=f"training-session:{held.reference}",
        payload=payload,
    )
