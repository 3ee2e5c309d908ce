"""Where statements come from: members propose, the team writes the first ones."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from panels.services.preparing import WrongState

from .. import rules
from ..enums import StatementState
from ..models import Round, Statement
from ..models.statement import STATEMENT_MAX
from .holding import answering, hold, hold_statement, note, one_sentence

# Of one member in one round, and of a round.
MOST_PROPOSED, MOST_SHOWN = 10, 120


@transaction.atomic
def propose(*, actor, round_: Round, text: str, token: UUID | None = None) -> Statement:
    """Propose a statement; the team reads it before anybody answers it.

    The same ``token`` answers the first sending, and so does the same sentence by the same member. Refuses who
    doesn't sit, a round that isn't open, an eleventh statement, more than 140 signs.
    """
    held = hold(round_)
    seat = answering(actor, held)
    text = one_sentence(text, STATEMENT_MAX)
    own = Statement.objects.filter(round=held, author=seat)
    again = own.filter(text=text).first() or (own.filter(token=token).first() if token else None)
    if again is not None:
        return again
    if own.count() >= MOST_PROPOSED:
        told = _("You have proposed %(n)d statements: leave room for others.") % {"n": MOST_PROPOSED}
        raise ValidationError({"text": told})
    made = Statement.objects.create(round=held, text=text, author=seat, token=token)
    note("proposed", held, None)
    return made


@transaction.atomic
def withdraw(*, actor, statement: Statement) -> None:
    """Take back a statement one proposed, as long as the team hasn't read it. Refuses anybody else."""
    held = hold_statement(statement)
    seat = answering(actor, held.round)
    rules.refuse_unless(held.author_id == seat.pk)
    if not held.is_proposed:
        raise WrongState(_("The team has read this statement: it stays."), code="read")
    held.delete()
    note("withdrawn", held.round, None)


@transaction.atomic
def add_statements(*, actor, round_: Round, texts: Sequence[str]) -> list[Statement]:
    """Add statements of the team, or that members wrote on their sheets, shown at once. Organisers and facilitators.

    A sentence that is already there isn't added again. Refuses none, one over 140 signs, more than a round holds.
    """
    held = hold(round_)
    rules.refuse_unless(rules.may_run(actor, held.panel))
    there = set(Statement.objects.filter(round=held).values_list("text", flat=True))
    lines = list(dict.fromkeys(one_sentence(text, STATEMENT_MAX) for text in texts if text.strip()))
    if not lines:
        raise ValidationError({"text": _("Write one statement a line.")})
    lines = [text for text in lines if text not in there]
    first = next_number(held)
    refuse_too_many(held, len(lines))
    made = Statement.objects.bulk_create(
        Statement(round=held, text=text, state=StatementState.SHOWN, number=first + place)
        for place, text in enumerate(lines)
    )
    note("added", held, actor, count=len(made))
    return made


def next_number(held: Round) -> int:
    """The number of the next statement shown, in a round that is held."""
    return (Statement.objects.filter(round=held).aggregate(last=Max("number"))["last"] or 0) + 1


def refuse_too_many(held: Round, more: int) -> None:
    """Refuse more statements than a member can answer."""
    if Statement.objects.shown().filter(round=held).count() + more > MOST_SHOWN:
        raise ValidationError({"text": _("A round holds %(n)d statements at most.") % {"n": MOST_SHOWN}})
