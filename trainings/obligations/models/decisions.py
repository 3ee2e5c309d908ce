"""What people decide about a requirement, and the days somebody is away: dates and codes, no story."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from src.foundations import clock
from trainings.ledger.models import Completion

from ..enums import ExemptionCode
from .obligation import Obligation
from .requirement import Requirement


class Extension(models.Model):
    """A later day for one cycle. The latest one given counts; none is changed."""

    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="extensions")
    until = models.DateField(pgettext_lazy("training", "until"))
    granted_on = models.DateField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("later day")
        verbose_name_plural = _("later days")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("granted_on")), name="extension_is_not_past"),
        ]

    def __str__(self):
        return f"{self.until:%d/%m/%Y}"


class Exemption(models.Model):
    """Somebody needn't, for a reason of a closed list, until a day or until it is ended."""

    agent = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="training_exemptions")
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="exemptions")
    code = models.CharField(_("reason"), max_length=16, choices=ExemptionCode)
    decided_on = models.DateField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    until = models.DateField(pgettext_lazy("training", "until"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(code__in=ExemptionCode.values), name="exemption_code_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("decided_on")), name="exemption_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["agent", "obligation"], condition=Q(until__isnull=True), name="exemption_one_without_end"
            ),
        ]

    def __str__(self):
        return self.get_code_display()


class AbsenceSpan(models.Model):
    """Days somebody is away for long: the duty sleeps, its day moves. Dates alone; no reason is kept."""

    agent = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="training_absences")
    starts_on = models.DateField(pgettext_lazy("training", "from"))
    ends_on = models.DateField(pgettext_lazy("training", "until"), null=True, blank=True)
    # When it was written down: what was known at a date is told apart from what was true then.
    noted_at = models.DateTimeField(default=clock.now, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("long absence")
        verbose_name_plural = _("long absences")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="absence_span_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.starts_on:%d/%m/%Y}"


class CountedEarly(models.Model):
    """Something done before the window of a renewal counts all the same, from its own day. Never taken back."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="counted_early")
    completion = models.ForeignKey(Completion, models.PROTECT, related_name="counted_early")
    decided_on = models.DateField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("training counted early")
        verbose_name_plural = _("trainings counted early")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "completion"], name="counted_early_once"),
        ]

    def __str__(self):
        return f"{self.decided_on:%d/%m/%Y}"
