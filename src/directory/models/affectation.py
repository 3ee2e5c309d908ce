"""Where somebody works, at what, and since when."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobFamily(models.Model):
    """A trade, as the staff file names it."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("job family")
        verbose_name_plural = _("job families")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Affectation(models.Model):
    """A dated post: unit, job family, contact with the public, manager."""

    user = models.ForeignKey("directory.User", models.CASCADE, related_name="affectations")
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="affectations")
    job_family = models.ForeignKey(JobFamily, models.PROTECT, null=True, blank=True, related_name="+")
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    in_contact_with_public = models.BooleanField(_("in contact with the public"), default=False)
    is_manager = models.BooleanField(_("manages the unit"), default=False)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("affectation")
        verbose_name_plural = _("affectations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="affectation_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(ends_on__isnull=True), name="affectation_one_open_per_user"
            ),
        ]

    @property
    def title_after_name(self) -> str:
        """The job as it is written after a name: « cheffe du service technique », and « DRH » left as it is."""
        title = self.job_title
        return title if title[1:2].isupper() else title[:1].lower() + title[1:]
