"""A shared device of a place: what it proves itself by, who enrolled it, and whether it still serves."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Kiosk(models.Model):
    """One device. Its secrets are keyed hashes: a code typed once on the device, then a cookie of its own."""

    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+", verbose_name=_("place"))
    name = models.CharField(_("name of the device"), max_length=80)
    code_hash = models.CharField(max_length=32, unique=True, null=True, blank=True, editable=False)
    code_until = models.DateTimeField(null=True, blank=True, editable=False)
    device_hash = models.CharField(max_length=32, unique=True, null=True, blank=True, editable=False)
    enrolled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    enrolled_on = models.DateField(_("enrolled on"))
    revoked_on = models.DateField(_("ended on"), null=True, blank=True)
    # The day only: the time of a visit beside a contribution would tell more than it helps.
    seen_on = models.DateField(_("last seen on"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("kiosk")
        verbose_name_plural = _("kiosks")
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | Q(code_hash__isnull=True, device_hash__isnull=True),
                name="kiosk_revoked_opens_nothing",
            ),
            models.CheckConstraint(
                condition=Q(code_hash__isnull=True, code_until__isnull=True)
                | Q(code_hash__isnull=False, code_until__isnull=False),
                name="kiosk_code_has_its_end",
            ),
        ]

    def __str__(self):
        return self.name
