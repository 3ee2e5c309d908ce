"""What one person owes to one obligation, cycle after cycle; the state is a copy, derived again each night."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from src.foundations import clock
from trainings.ledger.models import Completion
from trainings.models import TrackVersion

from ..enums import RequirementState
from ..querysets import RequirementQuerySet
from .obligation import AssignmentRule, Obligation

ASKED = (
    RequirementState.UPCOMING,
    RequirementState.TO_DO,
    RequirementState.DUE_SOON,
    RequirementState.OVERDUE,
    RequirementState.TO_RENEW,
    RequirementState.EXPIRED,
)


class Requirement(models.Model):
    """One cycle of one person. ``told_on``: the last day the duty was told, from which its notice runs.

    Its keys have no index of their own: a night writes hundreds of thousands of rows, and no read asks by them alone.
    """

    agent = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="requirements", db_index=False)
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="requirements", db_index=False)
    cycle_no = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=True)
    rule = models.ForeignKey(AssignmentRule, models.PROTECT, null=True, related_name="+", db_index=False)
    assigned_on = models.DateField()
    told_on = models.DateField()
    due_on = models.DateField()
    expires_on = models.DateField(null=True)
    renews = models.ForeignKey(Completion, models.PROTECT, null=True, related_name="+", db_index=False)
    satisfied_by = models.ForeignKey(Completion, models.PROTECT, null=True, related_name="+", db_index=False)
    satisfied_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    window_opens_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    lacks_anchor = models.BooleanField(default=False)
    # The version whose changes alone are asked, while what was done before still holds.
    catches_up = models.ForeignKey(TrackVersion, models.PROTECT, null=True, related_name="+", db_index=False)
    explanation = models.JSONField(default=dict)
    # When the city's system learnt of this cycle; what it said later of it before is in RequirementPast.
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    state = models.CharField(max_length=16, choices=RequirementState)

    objects = RequirementQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("training to do")
        verbose_name_plural = _("trainings to do")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agent", "obligation", "cycle_no"], name="requirement_cycle_once"),
            models.UniqueConstraint(
                fields=["agent", "obligation"], condition=Q(satisfied_by__isnull=True), name="requirement_one_open"
            ),
            models.UniqueConstraint(
                fields=["agent", "obligation"], condition=Q(is_current=True), name="requirement_one_current"
            ),
            models.CheckConstraint(condition=Q(state__in=RequirementState.values), name="requirement_state_known"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("told_on")) & Q(told_on__gte=F("assigned_on")),
                name="requirement_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(satisfied_by__isnull=True, satisfied_on__isnull=True, valid_until__isnull=True)
                | Q(satisfied_by__isnull=False, satisfied_on__isnull=False),
                name="requirement_says_what_answers_it",
            ),
            models.CheckConstraint(condition=Q(cycle_no__gte=1), name="requirement_cycles_from_one"),
            models.CheckConstraint(
                condition=Q(catches_up__isnull=True) | Q(renews__isnull=False), name="requirement_catches_up_from_one"
            ),
        ]
        indexes = [
            models.Index(fields=["obligation", "state"], condition=Q(is_current=True), name="requirements_by_state")
        ]

    def __str__(self):
        return f"{self.obligation_id}, {self.cycle_no}"

    @property
    def is_asked_now(self) -> bool:
        """Whether its person has something to do, late or not."""
        return self.state in ASKED

    @property
    def is_renewal(self) -> bool:
        """Whether the whole training is asked again, by the shorter one where there is one."""
        return self.cycle_no > 1 and self.catches_up_id is None

    @property
    def is_catching_up(self) -> bool:
        """Whether only what changed in a new version is asked."""
        return self.catches_up_id is not None and self.satisfied_by_id is None

    @property
    def is_late(self) -> bool:
        return self.state in (RequirementState.OVERDUE, RequirementState.EXPIRED)

    @property
    def is_up_to_date(self) -> bool:
        return self.state == RequirementState.UP_TO_DATE

    @property
    def holds(self) -> bool:
        """Whether what its person did holds today."""
        return self.satisfied_by_id is not None and self.state != RequirementState.EXPIRED


class RequirementPast(models.Model):
    """What one cycle said until a moment, added each time an evaluation changes its facts: what was known, and when.

    A change of state alone writes none: the state follows from the facts and the day.
    """

    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="past")
    replaced_at = models.DateTimeField()
    rule = models.ForeignKey(AssignmentRule, models.PROTECT, null=True, related_name="+", db_index=False)
    told_on = models.DateField()
    due_on = models.DateField()
    expires_on = models.DateField(null=True)
    renews = models.ForeignKey(Completion, models.PROTECT, null=True, related_name="+", db_index=False)
    satisfied_by = models.ForeignKey(Completion, models.PROTECT, null=True, related_name="+", db_index=False)
    satisfied_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    window_opens_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    catches_up = models.ForeignKey(TrackVersion, models.PROTECT, null=True, related_name="+", db_index=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("what a training to do said before")
        verbose_name_plural = _("what trainings to do said before")
        ordering = ["requirement", "pk"]

    def __str__(self):
        return f"{self.requirement_id}, {self.replaced_at:%d/%m/%Y}"
