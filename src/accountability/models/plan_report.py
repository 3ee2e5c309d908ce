"""The yearly report of a plan: figures and words frozen at a day, signed, and never changed afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..enums import MeasureStatus

COUNTS = ("to_come", "under_way", "silent", "to_confirm", "confirmed", "stopped")


class PlanReport(models.Model):
    """One year of a plan. A draft until ``frozen_at``: then its rows, and those beneath it, are what they are."""

    plan = models.ForeignKey("accountability.Plan", models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField(_("year"))
    # The day whose figures are told: each measure as it stood that evening.
    figures_on = models.DateField(_("figures of"))
    introduction = models.TextField(pgettext_lazy("of a yearly report", "introduction"))
    created_on = models.DateField()
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    signed_as = models.CharField(max_length=160, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("yearly report of a plan")
        verbose_name_plural = _("yearly reports of plans")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "year"], name="plan_report_once_a_year"),
            models.CheckConstraint(condition=~Q(introduction=""), name="plan_report_has_words"),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True) | (Q(frozen_by__isnull=False) & ~Q(signed_as="")),
                name="plan_report_frozen_is_signed",
            ),
        ]

    def __str__(self):
        return f"{self.plan_id} {self.year}"

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None

    @property
    def of_the_plan(self) -> str:
        """Its address, under its plan's."""
        return f"{self.plan.get_absolute_url()}rapports/{self.year}/"


class PlanReportAxis(models.Model):
    """What a report says of an axis: words, and once frozen how many measures stood where."""

    report = models.ForeignKey(PlanReport, models.CASCADE, related_name="axes")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    to_come = models.PositiveSmallIntegerField(default=0)
    under_way = models.PositiveSmallIntegerField(default=0)
    # Among those to come or under way: without news for more than ninety days.
    silent = models.PositiveSmallIntegerField(default=0)
    to_confirm = models.PositiveSmallIntegerField(default=0)
    confirmed = models.PositiveSmallIntegerField(default=0)
    stopped = models.PositiveSmallIntegerField(default=0)
    # Colleagues who answered on the ground, in checks whose own figures are told: never under the smallest number.
    ground_answers = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("axis of a yearly report")
        verbose_name_plural = _("axes of yearly reports")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="plan_report_axis_once"),
            models.CheckConstraint(
                condition=Q(silent__lte=F("to_come") + F("under_way")), name="plan_report_axis_adds_up"
            ),
        ]

    @property
    def total(self) -> int:
        """Every measure, once."""
        return self.to_come + self.under_way + self.to_confirm + self.confirmed + self.stopped


class PlanReportLine(models.Model):
    """A measure as it stood on the day of the figures: append-only, and closed by the freezing."""

    report = models.ForeignKey(PlanReport, models.PROTECT, related_name="lines")
    axis_number = models.PositiveSmallIntegerField()
    orientation_number = models.PositiveSmallIntegerField()
    orientation_title = models.CharField(max_length=200)
    number = models.PositiveSmallIntegerField()
    # Its reference, not a key: a line doesn't change with what becomes of the measure.
    reference = models.CharField(max_length=6)
    title = models.CharField(max_length=300)
    direction_label = models.CharField(max_length=200)
    status = models.CharField(max_length=16, choices=MeasureStatus)
    silent_days = models.PositiveIntegerField(default=0)
    news_on = models.DateField(null=True)
    news = models.TextField(blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("measure in a yearly report")
        verbose_name_plural = _("measures in yearly reports")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="plan_report_line_once"),
            models.CheckConstraint(
                condition=Q(silent_days=0) | Q(status__in=["planned", "studies", "procedure", "works"]),
                name="plan_report_line_silent_runs",
            ),
        ]
