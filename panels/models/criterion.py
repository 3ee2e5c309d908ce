"""What the panel must reflect: criteria, their values, how many seats of each, and who signed a change of them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .panel import Panel


class Criterion(models.Model):
    """One thing by which the panel reflects the city; never origin, health or opinion."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="criteria")
    key = models.SlugField(max_length=40)
    label = models.CharField(_("criterion"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "key"], name="criterion_once"),
            # Source lists are a feature of the draw under this name.
            models.CheckConstraint(condition=~Q(key__in=["", "list"]), name="criterion_key_free"),
        ]

    def __str__(self):
        return self.label


class CriterionValue(models.Model):
    """One answer to a criterion, coarse enough to be of many people."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="values")
    key = models.SlugField(max_length=40)
    label = models.CharField(_("value"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("value of a criterion")
        verbose_name_plural = _("values of criteria")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["criterion", "key"], name="criterion_value_once")]

    def __str__(self):
        return self.label


class Quota(models.Model):
    """How many members have one value. A protected one is relaxed by two signatures alone."""

    value = models.OneToOneField(CriterionValue, models.CASCADE, related_name="quota")
    minimum = models.PositiveSmallIntegerField(_("at least"))
    maximum = models.PositiveSmallIntegerField(_("at most"))
    is_protected = models.BooleanField(_("protected"), default=False)
    # The share of the city, in thousandths, and where it was read.
    share = models.PositiveSmallIntegerField(_("share of the city (‰)"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=140, blank=True)
    source_year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["value__criterion__position", "value__position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(maximum__gte=F("minimum")), name="quota_in_order"),
            models.CheckConstraint(condition=Q(share__isnull=True) | Q(share__lte=1000), name="quota_share_is_one"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | ~Q(source="") & Q(source_year__isnull=False),
                name="quota_share_has_a_source",
            ),
        ]

    def __str__(self):
        return f"{self.value_id}: {self.minimum}–{self.maximum}"


class CrossQuota(models.Model):
    """How many members have two values at once, of two criteria."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="cross_quotas")
    first = models.ForeignKey(CriterionValue, models.CASCADE, related_name="+")
    second = models.ForeignKey(CriterionValue, models.CASCADE, related_name="+")
    minimum = models.PositiveSmallIntegerField(_("at least"))
    maximum = models.PositiveSmallIntegerField(_("at most"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("crossed quota")
        verbose_name_plural = _("crossed quotas")
        ordering = ["first", "second"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="cross_quota_once"),
            # Written in one order, so that the same pair isn't there twice.
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="cross_quota_ordered"),
            models.CheckConstraint(condition=Q(maximum__gte=F("minimum")), name="cross_quota_in_order"),
        ]

    def __str__(self):
        return f"{self.first_id} × {self.second_id}"


class Relaxation(models.Model):
    """A protected quota made looser: asked by an organiser, signed by a guarantor, told with the panel."""

    quota = models.ForeignKey(Quota, models.CASCADE, related_name="relaxations")
    minimum_before = models.PositiveSmallIntegerField()
    maximum_before = models.PositiveSmallIntegerField()
    minimum = models.PositiveSmallIntegerField(_("at least"))
    maximum = models.PositiveSmallIntegerField(_("at most"))
    reason = models.TextField(_("why"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("relaxation of a quota")
        verbose_name_plural = _("relaxations of quotas")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="relaxation_says_why"),
            models.CheckConstraint(condition=Q(maximum__gte=F("minimum")), name="relaxation_in_order"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | Q(asked_by__isnull=True) | ~Q(signed_by=F("asked_by")),
                name="relaxation_two_people",
            ),
            models.UniqueConstraint(
                fields=["quota"], condition=Q(signed_at__isnull=True), name="relaxation_one_waiting"
            ),
        ]

    def __str__(self):
        return f"{self.quota_id}: {self.minimum}–{self.maximum}"
