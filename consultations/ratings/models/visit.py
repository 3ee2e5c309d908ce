"""Links that are sent once after a visit, and the keys of the programs that ask for them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import BatchSource


class VisitKey(models.Model):
    """A program (the appointment tool) that may send visits. Its token is shown once and kept as a keyed hash."""

    name = models.CharField(_("name"), max_length=80)
    token_hash = models.CharField(max_length=32, unique=True)
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    used_on = models.DateField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("key of a program")
        verbose_name_plural = _("keys of programs")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class VisitBatch(models.Model):
    """Visits that came together: how many links left, never to whom."""

    source = models.CharField(max_length=8, choices=BatchSource)
    key = models.ForeignKey(VisitKey, models.SET_NULL, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_on = models.DateField()
    links = models.PositiveIntegerField()
    # The program's own name for its sending, hashed: sent again under it, nothing leaves twice. Empty: it gave none.
    request_hash = models.CharField(max_length=32, blank=True, default="", db_default="")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("visits sent together")
        verbose_name_plural = _("visits sent together")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "request_hash"], condition=~models.Q(request_hash=""), name="visit_batch_sent_once"
            )
        ]


class VisitLink(models.Model):
    """One link, as the keyed hash of its code. No contact, no moment, no rating: used is all that is remembered."""

    point = models.ForeignKey("ratings.RatingPoint", models.CASCADE, related_name="links")
    batch = models.ForeignKey(VisitBatch, models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=32, unique=True)
    expires_on = models.DateField()
    is_used = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("link after a visit")
        verbose_name_plural = _("links after a visit")
        indexes = [models.Index(fields=["expires_on"], name="visit_link_expiry")]
