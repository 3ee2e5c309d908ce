"""Half-days to pay: their rate, one line each, validated by two people, sent once, paid."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..enums import GONE, HalfDay, StipendState
from ..querysets import OfMembersQuerySet
from .session import Session


class StipendRate(models.Model):
    """What a half-day is paid from one day on; never for days before it was written."""

    panel = models.ForeignKey("panels.Panel", models.CASCADE, related_name="stipend_rates")
    cents = models.PositiveIntegerField()
    from_on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("rate of a half-day")
        verbose_name_plural = _("rates of half-days")
        ordering = ["panel", "-from_on"]
        constraints = [models.UniqueConstraint(fields=["panel", "from_on"], name="panel_rate_one_a_day")]


class StipendExport(models.Model):
    """Lines that left together to be paid: who took the file, when, and how much it says."""

    panel = models.ForeignKey("panels.Panel", models.PROTECT, related_name="stipend_exports")
    number = models.PositiveSmallIntegerField()
    lines_count = models.PositiveIntegerField()
    cents = models.IntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    paid_on = models.DateField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("batch of half-days to pay")
        verbose_name_plural = _("batches of half-days to pay")
        ordering = ["panel", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "number"], name="panel_stipend_export_once"),
            models.CheckConstraint(condition=Q(lines_count__gt=0), name="panel_stipend_export_not_empty"),
        ]


class StipendLine(models.Model):
    """A half-day of a member to pay, or the return of one that was sent.

    ``rank``: odd pays, even takes back. A rank follows the one before it once that one is gone, so that what is sent
    for a half-day is never more than the half-day (``guards.py``).
    """

    membership = models.ForeignKey("panels.Membership", models.PROTECT, related_name="stipend_lines")
    session = models.ForeignKey(Session, models.PROTECT, related_name="stipend_lines")
    half_day = models.PositiveSmallIntegerField(choices=HalfDay)
    rank = models.PositiveSmallIntegerField(default=1)
    cents = models.IntegerField()
    state = models.CharField(max_length=10, choices=StipendState, default=StipendState.DUE)
    made_at = models.DateTimeField()
    first_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    first_at = models.DateTimeField(null=True)
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    export = models.ForeignKey(StipendExport, models.PROTECT, null=True, related_name="lines")

    objects = OfMembersQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("half-day to pay")
        verbose_name_plural = _("half-days to pay")
        ordering = ["session", "half_day", "membership", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "session", "half_day", "rank"], name="panel_stipend_once_a_half_day"
            ),
            models.CheckConstraint(condition=Q(half_day__in=HalfDay.values), name="panel_stipend_half_day"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="panel_stipend_from_one"),
            models.CheckConstraint(condition=Q(state__in=StipendState.values), name="panel_stipend_state_known"),
            models.CheckConstraint(
                condition=Q(first_by__isnull=True) | Q(second_by__isnull=True) | ~Q(first_by=F("second_by")),
                name="panel_stipend_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state=StipendState.DUE, second_at__isnull=True)
                | ~Q(state=StipendState.DUE) & Q(first_at__isnull=False, second_at__isnull=False),
                name="panel_stipend_validated_by_two",
            ),
            models.CheckConstraint(
                condition=Q(state__in=GONE, export__isnull=False) | ~Q(state__in=GONE) & Q(export__isnull=True),
                name="panel_stipend_gone_in_a_batch",
            ),
        ]

    @property
    def is_reversal(self) -> bool:
        return self.rank % 2 == 0

    @property
    def is_gone(self) -> bool:
        return self.state in GONE
