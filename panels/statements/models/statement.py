"""A statement, who proposed it, how the team read it; and what members answer, which nobody else ever reads."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from panels.models import Membership
from src.foundations.references import new_reference

from ..enums import Choice, StatementState
from ..querysets import StatementQuerySet, VoteQuerySet
from .round import Round

STATEMENT_MAX = 140


class Statement(models.Model):
    """One idea in one sentence. Without ``author`` it is the team's, or nobody's any more."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="statements")
    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    # Given when it is shown; on the answer sheet.
    number = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    text = models.CharField(_("statement"), max_length=STATEMENT_MAX)
    author = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    state = models.CharField(max_length=10, choices=StatementState, default=StatementState.PROPOSED, editable=False)
    # Why it was set aside: its author reads it.
    because = models.CharField(max_length=300, blank=True, editable=False)
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates", editable=False
    )
    token = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = StatementQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("statement of a panel")
        verbose_name_plural = _("statements of panels")
        ordering = ["round", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="statement_number_once"),
            models.CheckConstraint(condition=Q(state__in=StatementState.values), name="statement_state_known"),
            models.CheckConstraint(condition=~Q(text=""), name="statement_says_something"),
            models.CheckConstraint(
                condition=~Q(state=StatementState.SHOWN) | Q(number__isnull=False), name="statement_shown_has_number"
            ),
            models.CheckConstraint(
                condition=Q(state=StatementState.ASIDE) & ~Q(because="")
                | ~Q(state=StatementState.ASIDE) & Q(because=""),
                name="statement_aside_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=StatementState.DUPLICATE, same_as__isnull=False)
                | ~Q(state=StatementState.DUPLICATE) & Q(same_as__isnull=True),
                name="statement_duplicate_of_one",
            ),
            models.CheckConstraint(
                condition=Q(same_as__isnull=True) | ~Q(same_as=F("pk")), name="statement_not_of_itself"
            ),
        ]
        indexes = [models.Index(fields=["round", "state"], name="statements_of_round")]

    def __str__(self):
        return self.text

    @property
    def is_proposed(self) -> bool:
        return self.state == StatementState.PROPOSED

    @property
    def is_shown(self) -> bool:
        return self.state == StatementState.SHOWN

    @property
    def is_aside(self) -> bool:
        return self.state == StatementState.ASIDE

    @property
    def is_duplicate(self) -> bool:
        return self.state == StatementState.DUPLICATE


class StatementVote(models.Model):
    """What one member answers to one statement, without a time; erased once the map is made."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="votes")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    choice = models.SmallIntegerField(choices=Choice)

    objects = VoteQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answer to a statement")
        verbose_name_plural = _("answers to statements")
        constraints = [
            models.UniqueConstraint(fields=["membership", "statement"], name="statement_vote_once"),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="statement_vote_known"),
        ]

    def __str__(self):
        # Never the choice, nor who: it may be written in a log.
        return f"statement_vote:{self.pk}"
