"""What members answer, changed and taken back while the round is open; sheets that came by post, typed by the team."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from panels.models import Membership
from panels.services.preparing import WrongState

from .. import rules
from ..enums import Choice
from ..models import Round, Statement, StatementVote
from .holding import answering, hold, hold_statement, note


@transaction.atomic
def answer(*, actor, statement: Statement, choice: int) -> None:
    """Keep what a member answers, in place of what they answered before. Nothing of it goes to the journal.

    Refuses who doesn't sit, the team, another panel's member; a round that isn't open, a statement that isn't shown.
    """
    held, seat = _own(actor, statement)
    if choice not in Choice.values:
        raise ValidationError({"choice": _("Choose one of the three answers.")})
    if not held.is_shown:
        raise WrongState(_("This statement isn’t answered any more."), code="state")
    StatementVote.objects.update_or_create(statement=held, membership=seat, defaults={"choice": choice})


@transaction.atomic
def take_back(*, actor, statement: Statement) -> bool:
    """Erase what one answered; whether there was something. Refuses who doesn't sit, a round that isn't open."""
    held, seat = _own(actor, statement)
    return bool(StatementVote.objects.filter(statement=held, membership=seat).delete()[0])


def _own(actor, statement: Statement) -> tuple[Statement, Membership]:
    held = hold_statement(statement)
    return held, answering(actor, held.round)


@transaction.atomic
def type_sheet(*, actor, round_: Round, member: int, choices: Mapping[int, int]) -> None:
    """Keep the answers of a sheet, by the numbers of the statements, for the member of that number.

    Organisers and facilitators, until the round is closed. Only what isn't answered yet is written: an answer that
    is there stays, and nothing tells the typist which. Typed twice, it changes nothing. Refuses a number under which
    nobody sits, a statement that isn't shown, a sheet without an answer.
    """
    held = hold(round_)
    rules.refuse_unless(rules.may_run(actor, held.panel))
    if held.is_coming:
        raise WrongState(_("This round isn’t open yet."), code="early")
    seat = Membership.objects.sitting().filter(panel=held.panel, number=member).first()
    if seat is None:
        raise ValidationError({"member": _("Nobody sits under this number.")})
    if not choices:
        raise ValidationError(_("Type at least one answer."))
    shown = dict(Statement.objects.shown().filter(round=held).values_list("number", "pk"))
    if not set(choices) <= set(shown) or not set(choices.values()) <= set(Choice.values):
        raise WrongState(_("The statements have changed meanwhile: read the page again."), code="state")
    StatementVote.objects.bulk_create(
        (
            StatementVote(statement_id=shown[number], membership=seat, choice=choice)
            for number, choice in choices.items()
        ),
        ignore_conflicts=True,
    )
    note("sheet_typed", held, actor)
