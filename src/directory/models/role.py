"""Roles given for a unit, their deputies, and absences."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import Role


class AbstractRoleGrant(models.Model):
    """A role somebody holds somewhere, between two dates, with a deputy who acts while they are absent."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="%(class)ss")
    role = models.CharField(_("role"), max_length=32, choices=Role)
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("deputy")
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


class RoleGrant(AbstractRoleGrant):
    """A role for a unit and everything below it; no unit means the whole city."""

    unit = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="role_grants")

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "unit"],
                condition=models.Q(ends_on__isnull=True, unit__isnull=False),
                name="role_grant_once",
            ),
            # NULLs differ from each other in SQLite's unique indexes: the whole city needs its own.
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(ends_on__isnull=True, unit__isnull=True),
                name="role_grant_once_city",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.place}"

    @property
    def place(self) -> str:
        """The unit's name, or the whole city."""
        return self.unit.name if self.unit_id else str(_("the whole city"))


class Absence(models.Model):
    """Days somebody is away, without a reason: their deputies act, and pages say so."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences")
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="absence_dates_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.user.get_full_name()}, {self.starts_on:%d/%m/%Y}–{self.ends_on:%d/%m/%Y}"
