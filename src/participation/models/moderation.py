"""Moderation: who reported what, what somebody decided after reading, and the author's objection."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..enums import AppealState, CaseState, RemovalReason

ACCOUNT = {"null": True, "blank": True, "related_name": "+"}


class AbstractModerationCase(models.Model):
    """One look at one contribution, from the first report (or the moderator's own reading) to the decision.

    A concrete table adds the foreign keys to what is looked at and one partial unique constraint for each: never two
    open cases for one contribution. What was decided no longer changes (trigger).
    """

    state = models.CharField(max_length=16, choices=CaseState, default=CaseState.OPEN)
    opened_at = models.DateTimeField()
    # The day by which somebody will have read.
    due_on = models.DateField()
    # The reports hid the contribution at that moment, without anybody deciding.
    withheld_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, **ACCOUNT)
    reason_code = models.CharField(_("reason"), max_length=16, choices=RemovalReason, blank=True)
    text = models.TextField(_("what the author reads"), blank=True)
    remark = models.TextField(_("note between moderators"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CaseState.values), name="%(class)s_state_known"),
            models.CheckConstraint(
                condition=Q(state=CaseState.OPEN, decided_at__isnull=True)
                | ~Q(state=CaseState.OPEN) & Q(decided_at__isnull=False),
                name="%(class)s_decided_or_open",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.REMOVED) | (~Q(reason_code="") & ~Q(text="")),
                name="%(class)s_removed_says_why",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state == CaseState.OPEN


class AbstractModerationReport(models.Model):
    """One person thinks that one contribution has no place here. Shown to nobody; kept against misuse, for a time.

    A concrete table adds the case, the contribution, and one report per person and contribution (unique).
    """

    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, **ACCOUNT)
    # Where that person works: reports of one unit count once.
    unit = models.ForeignKey("directory.Unit", models.SET_NULL, **ACCOUNT)
    reason_code = models.CharField(_("reason"), max_length=16, choices=RemovalReason)
    text = models.TextField(_("a word for the moderators"), blank=True)
    made_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(reason_code__in=RemovalReason.values), name="%(class)s_reason_known"),
        ]


class AbstractModerationAppeal(models.Model):
    """The author objects to a removal, once; somebody else than who removed answers (check).

    A concrete table adds the one-to-one link to the case. For an author who isn't named, ``made_at`` is a Monday.
    """

    state = models.CharField(max_length=16, choices=AppealState, default=AppealState.OPEN)
    text = models.TextField(_("objection"))
    made_at = models.DateTimeField()
    due_on = models.DateField()
    # Nobody else moderates there: the administrators answer.
    for_administrators = models.BooleanField(default=False)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, **ACCOUNT)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, **ACCOUNT)
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AppealState.values), name="%(class)s_state_known"),
            models.CheckConstraint(
                condition=Q(state=AppealState.OPEN, decided_at__isnull=True)
                | ~Q(state=AppealState.OPEN) & Q(decided_at__isnull=False) & ~Q(answer=""),
                name="%(class)s_answered_or_open",
            ),
            models.CheckConstraint(
                condition=Q(removed_by__isnull=True) | Q(decided_by__isnull=True) | ~Q(removed_by=F("decided_by")),
                name="%(class)s_by_somebody_else",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state == AppealState.OPEN
