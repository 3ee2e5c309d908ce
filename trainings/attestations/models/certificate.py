"""Which training somebody must hold before a role is given to them; without a row a role asks for none."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.directory.enums import Role
from src.foundations import clock
from trainings.models import Track


class RoleCertificate(models.Model):
    """A role and the training that must hold on the day the role is given."""

    role = models.CharField(_("role"), max_length=32, choices=Role, unique=True)
    track = models.ForeignKey(Track, models.PROTECT, related_name="+", verbose_name=_("training"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    set_at = models.DateTimeField(default=clock.now, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("certificate a role asks for")
        verbose_name_plural = _("certificates roles ask for")
        ordering = ["role"]
        constraints = [models.CheckConstraint(condition=Q(role__in=Role.values), name="certificate_role_known")]

    def __str__(self):
        return self.get_role_display()
