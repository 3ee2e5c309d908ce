"""What was posted to members, and when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Posting(models.Model):
    """Letters printed together: what they held, how many, when they were posted; to whom is not written."""

    panel = models.ForeignKey("panels.Panel", models.PROTECT, related_name="postings")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    letters = models.PositiveSmallIntegerField()
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    printed_at = models.DateTimeField()
    posted_on = models.DateField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("letters to members")
        verbose_name_plural = _("letters to members")
        ordering = ["-printed_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(letters__gt=0), name="panel_posting_not_empty")]

    def __str__(self):
        return self.title
