"""A plan: measures adopted together, under axes and orientations, each with the number people quote."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from src.foundations.references import new_reference

from ..querysets import PlanQuerySet


class Plan(models.Model):
    """Axes, orientations and numbered measures. Everybody's once published; before, of those who prepare it."""

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("in a few lines"), blank=True)
    adopted_on = models.DateField(_("adopted on"))
    ends_on = models.DateField(_("runs until"), null=True, blank=True)
    # The direction that follows the whole: it composes the plan and signs its yearly report.
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+", verbose_name=_("followed by"))
    created_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)

    objects = PlanQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="plan_has_title"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("adopted_on")), name="plan_ends_after_its_start"
            ),
        ]
        indexes = [models.Index(fields=["-adopted_on", "reference"], name="plan_public_order")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/engagements/plans/{self.reference}/"

    @property
    def is_published(self) -> bool:
        return self.published_on is not None


class PlanAxis(models.Model):
    """The first level of a plan."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="axes")
    number = models.PositiveSmallIntegerField(pgettext_lazy("rank in a plan", "number"))
    title = models.CharField(_("title"), max_length=200)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("axis of a plan")
        verbose_name_plural = _("axes of plans")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_axis_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(title=""), name="plan_axis_is_named"),
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"


class PlanOrientation(models.Model):
    """The second level: what an axis aims at."""

    axis = models.ForeignKey(PlanAxis, models.CASCADE, related_name="orientations")
    number = models.PositiveSmallIntegerField(pgettext_lazy("rank in a plan", "number"))
    title = models.CharField(_("title"), max_length=200)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("orientation of a plan")
        verbose_name_plural = _("orientations of plans")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["axis", "number"], name="plan_orientation_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(title=""), name="plan_orientation_is_named"),
        ]

    def __str__(self):
        return f"{self.axis.number}.{self.number} {self.title}"


class PlanMeasure(models.Model):
    """A measure's place in a plan: one orientation, one number."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="entries")
    orientation = models.ForeignKey(PlanOrientation, models.CASCADE, related_name="entries")
    # What was brought in and that nobody took in hand leaves with its import, its place too.
    measure = models.ForeignKey("accountability.Measure", models.CASCADE, related_name="plan_entries")
    number = models.PositiveSmallIntegerField(pgettext_lazy("rank in a plan", "number"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("measure of a plan")
        verbose_name_plural = _("measures of plans")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_measure_number_once"),
            models.UniqueConstraint(fields=["plan", "measure"], name="plan_measure_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="plan_measure_is_numbered"),
        ]
