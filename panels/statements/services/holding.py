"""A round or a statement held until the end of a transaction, and the line of the journal that says what was done."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from panels.models import Membership
from panels.services.preparing import WrongState
from panels.services.recording import record

from .. import rules
from ..models import Round, Statement


def hold(round_: Round) -> Round:
    """The round as it is now, held: nobody answers while it is closed, nobody closes it while they answer.

    Refuses a round that is closed.
    """
    held = Round.objects.select_for_update(of=("self",)).select_related("panel").get(pk=round_.pk)
    if held.is_closed:
        raise WrongState(_("This round is closed: nothing of it changes any more."), code="closed")
    return held


def hold_statement(statement: Statement) -> Statement:
    """A statement of a round held with it; refuses once the round is closed."""
    held = hold(Round(pk=statement.round_id))
    found = Statement.objects.select_for_update(of=("self",)).filter(pk=statement.pk).first()
    if found is None:
        raise WrongState(_("Its author has taken this statement back."), code="gone")
    found.round = held
    return found


def answering(actor, held: Round) -> Membership:
    """The seat of who acts, while the round is open. Refuses who doesn't sit, the team first, and outside its days."""
    rules.refuse_unless(rules.may_answer(actor, held.panel))
    seat = Membership.objects.sitting().filter(pk=rules.membership_id(actor, held.panel)).first()
    rules.refuse_unless(seat is not None)
    if held.is_coming:
        raise WrongState(_("This round isn’t open yet."), code="early")
    if not held.is_open:
        raise WrongState(_("The last day of this round is past."), code="late")
    return seat


def one_sentence(text: str, most: int) -> str:
    """A text on one line; refuses an empty one, and one that is too long."""
    text = " ".join(text.split())
    if not text:
        raise ValidationError({"text": _("Write the statement.")})
    if len(text) > most:
        raise ValidationError({"text": _("Shorten it to %(n)d characters: one idea is enough.") % {"n": most}})
    return text


def note(verb: str, round_: Round, actor, **payload) -> None:
    """One line of the journal: the round and the act, never an answer nor who answered."""
    record(f"statements_{verb}", round_.panel, actor=actor, about=f"round:{round_.reference}", payload=payload)
