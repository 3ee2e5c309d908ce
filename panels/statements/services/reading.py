"""The team reads each statement before it is shown: shown, set aside with a reason, or the same as another."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from panels.services.preparing import WrongState

from .. import rules
from ..enums import STATEMENT_MOVES, StatementState
from ..models import Statement
from .holding import hold_statement, note
from .proposing import next_number, refuse_too_many

LONGEST_REASON = 300


@transaction.atomic
def show(*, actor, statement: Statement) -> Statement:
    """Have members answer a statement, as its author wrote it. Organisers and facilitators; twice changes nothing."""
    held = _read(actor, statement, StatementState.SHOWN)
    if held.is_shown:
        return held
    if held.number is None:
        held.number = next_number(held.round)
    refuse_too_many(held.round, 1)
    return _moved(held, StatementState.SHOWN, actor)


@transaction.atomic
def set_aside(*, actor, statement: Statement, because: str) -> Statement:
    """Set a statement aside; its author reads why. Answers already given to it no longer count.

    Organisers and facilitators. Refuses without a reason.
    """
    held = _read(actor, statement, StatementState.ASIDE)
    because = because.strip()
    if not because:
        raise ValidationError({"because": _("Write why: whoever proposed it reads it.")})
    if len(because) > LONGEST_REASON:
        raise ValidationError({"because": _("Shorten it to %(n)d characters.") % {"n": LONGEST_REASON}})
    return _moved(held, StatementState.ASIDE, actor, because=because)


@transaction.atomic
def merge(*, actor, statement: Statement, same_as: Statement) -> Statement:
    """Say that a statement says the same as one that is shown: its author reads which. Answers to it no longer count.

    Organisers and facilitators. Refuses another round, itself, one that isn't shown.
    """
    held = _read(actor, statement, StatementState.DUPLICATE)
    kept = Statement.objects.shown().filter(round=held.round, pk=same_as.pk).exclude(pk=held.pk).first()
    if kept is None:
        raise ValidationError({"same_as": _("Choose a statement that is shown.")})
    return _moved(held, StatementState.DUPLICATE, actor, same_as=kept)


def _read(actor, statement: Statement, state: str) -> Statement:
    held = hold_statement(statement)
    rules.refuse_unless(rules.may_run(actor, held.round.panel))
    if held.state != state and state not in STATEMENT_MOVES[StatementState(held.state)]:
        raise WrongState(
            _("This statement is at “%(state)s”: this can’t be done now.") % {"state": held.get_state_display()},
            code="state",
        )
    return held


def _moved(held: Statement, state: str, actor, *, because: str = "", same_as: Statement | None = None) -> Statement:
    held.state, held.because, held.same_as = state, because, same_as
    held.save(update_fields=["state", "because", "same_as", "number"])
    note(str(state), held.round, actor, statement=held.reference)
    return held
