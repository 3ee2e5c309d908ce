"""A round from its preparation: its question, its days."""

from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from panels.enums import WORKING
from panels.models import Panel
from panels.services.preparing import WrongState
from panels.services.preparing import hold as hold_panel
from src.foundations import clock

from .. import rules
from ..models import Round, Statement
from ..models.round import QUESTION_MAX, TITLE_MAX
from .holding import hold, note

LONGEST = timedelta(days=120)


@transaction.atomic
def open_round(
    *, actor, panel: Panel, title: str, question: str, opens_on: date, closes_on: date, token: UUID | None = None
) -> Round:
    """Prepare a round of statements, open from its first day on. Organisers and facilitators, on a panel at work.

    The same ``token`` answers the first sending. Refuses an empty title or question, days that are past or out of
    order, more than four months.
    """
    held = hold_panel(panel, *WORKING)
    rules.refuse_unless(rules.may_run(actor, held))
    if token and (again := Round.objects.filter(token=token, panel=held).first()):
        return again
    if opens_on < clock.today():
        raise ValidationError({"opens_on": _("This day is past: choose a later one.")})
    made = Round(panel=held, token=token)
    _write(made, title, question, opens_on, closes_on)
    note("prepared", made, actor)
    return made


@transaction.atomic
def change_round(*, actor, round_: Round, title: str, question: str, opens_on: date, closes_on: date) -> Round:
    """Write a round again. Once it has begun, its question and its first day stay: answers were given to them.

    Refuses a round that is closed, and a last day that is past.
    """
    held = hold(round_)
    rules.refuse_unless(rules.may_run(actor, held.panel))
    if not held.is_coming:
        if question.strip() != held.question or opens_on != held.opens_on:
            raise WrongState(_("This round has begun: its question and its first day stay."), code="begun")
    elif opens_on < clock.today():
        raise ValidationError({"opens_on": _("This day is past: choose a later one.")})
    _write(held, title, question, opens_on, closes_on)
    note("changed", held, actor)
    return held


@transaction.atomic
def throw_away(*, actor, round_: Round) -> None:
    """Throw away a round prepared by mistake: nobody reads it any more, and no map is made. Organisers, facilitators.

    Refuses once a member has answered or proposed: it is closed instead, and what they said counts.
    """
    held = hold(round_)
    rules.refuse_unless(rules.may_run(actor, held.panel))
    if taken_up(held):
        raise WrongState(_("Members have answered or proposed: close this round instead."), code="answered")
    Round.objects.filter(pk=held.pk).update(closed_at=clock.now(), is_discarded=True)
    note("thrown_away", held, actor)


def taken_up(one: Round) -> bool:
    """Whether a member has answered a statement of a round, or proposed one; one statement."""
    said = Q(votes__isnull=False) | Q(author__isnull=False)
    return Statement.objects.filter(said, round=one).exists()


def _write(one: Round, title: str, question: str, opens_on: date, closes_on: date) -> None:
    wrong = {}
    title, question = " ".join(title.split()), question.strip()
    if not title or len(title) > TITLE_MAX:
        wrong["title"] = _("Write a title of %(n)d characters at most.") % {"n": TITLE_MAX}
    if not question or len(question) > QUESTION_MAX:
        wrong["question"] = _("Write a question of %(n)d characters at most.") % {"n": QUESTION_MAX}
    if closes_on < opens_on:
        wrong["closes_on"] = _("The last day comes after the first.")
    elif closes_on < clock.today():
        wrong["closes_on"] = _("This day is past: choose a later one.")
    elif closes_on - opens_on > LONGEST:
        wrong["closes_on"] = _("A round lasts four months at most.")
    if wrong:
        raise ValidationError(wrong)
    one.title, one.question, one.opens_on, one.closes_on = title, question, opens_on, closes_on
    one.save()
