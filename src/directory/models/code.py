"""Personal codes printed on letters, for people who sign in without e-mail."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonalCode(models.Model):
    """One printed code, kept only as a hash; first use sets a secret of one's own and ends it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="personal_codes")
    code_hash = models.CharField(max_length=128)
    batch = models.UUIDField(db_index=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("personal code")
        verbose_name_plural = _("personal codes")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(used_at__isnull=True, revoked_at__isnull=True),
                name="personal_code_one_live_per_user",
            ),
        ]
