"""Independent evaluations of a site's welcome: beside the ratings, never mixed with them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from src.foundations import clock

from ..enums import CriterionResult, Result


class IndependentEvaluation(ClusterableModel):
    """What an evaluator from outside found at a point on a day, criterion by criterion, and its label."""

    point = models.ForeignKey(
        "ratings.RatingPoint", models.PROTECT, related_name="evaluations", verbose_name=_("rating point")
    )
    evaluator = models.CharField(
        _("evaluator"), max_length=120, help_text=_("A body from outside the City, never one person.")
    )
    grid = models.CharField(_("grid"), max_length=120, help_text=_("Name and version of the grid of criteria."))
    evaluated_on = models.DateField(_("evaluated on"))
    result = models.CharField(_("result"), max_length=12, choices=Result)
    label = models.CharField(_("label"), max_length=80, blank=True)
    valid_until = models.DateField(_("label valid until"), null=True, blank=True)
    summary = models.TextField(_("in a few words"), max_length=600, blank=True)
    is_published = models.BooleanField(_("shown to everybody"), default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("independent evaluation")
        verbose_name_plural = _("independent evaluations")
        ordering = ["-evaluated_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(result__in=Result.values), name="evaluation_result_known"),
            models.CheckConstraint(
                condition=models.Q(result=Result.REFUSED, label="", valid_until__isnull=True)
                | (~models.Q(result=Result.REFUSED) & ~models.Q(label="") & models.Q(valid_until__isnull=False)),
                name="evaluation_label_with_its_day",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("evaluated_on")),
                name="evaluation_days_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.point_id}:{self.evaluated_on}"

    @property
    def has_expired(self) -> bool:
        """Whether its label is no longer valid today."""
        return self.valid_until is not None and self.valid_until < clock.today()


class EvaluationCriterion(models.Model):
    """One line of the grid."""

    evaluation = ParentalKey(IndependentEvaluation, on_delete=models.CASCADE, related_name="criteria")
    sort_order = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    label = models.CharField(_("criterion"), max_length=160)
    result = models.CharField(_("result"), max_length=8, choices=CriterionResult)

    sort_order_field = "sort_order"
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["sort_order", "pk"]
