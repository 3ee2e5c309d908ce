"""Closed lists of statements."""

from django.db import models
from django.utils.translation import pgettext_lazy


class StatementState(models.TextChoices):
    """Where the team's reading of a statement stands; members answer those shown."""

    PROPOSED = "proposed", pgettext_lazy("statement", "Waits to be read")
    SHOWN = "shown", pgettext_lazy("statement", "Shown")
    ASIDE = "aside", pgettext_lazy("statement", "Set aside")
    DUPLICATE = "duplicate", pgettext_lazy("statement", "Says the same as another")


STATEMENT_MOVES = {
    StatementState.PROPOSED: (StatementState.SHOWN, StatementState.ASIDE, StatementState.DUPLICATE),
    StatementState.SHOWN: (StatementState.ASIDE, StatementState.DUPLICATE),
    StatementState.ASIDE: (StatementState.SHOWN,),
    StatementState.DUPLICATE: (StatementState.SHOWN,),
}


class Choice(models.IntegerChoices):
    """What a member answers to a statement."""

    AGREE = 1, pgettext_lazy("statement", "I agree")
    DISAGREE = -1, pgettext_lazy("statement", "I don’t agree")
    PASS = 0, pgettext_lazy("statement", "I pass")
