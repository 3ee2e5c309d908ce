"""A batch of contributions brought in from another platform, so that it can be undone whole."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportBatch(models.Model):
    """One run of an import; deleting it takes away everything it created and nothing else."""

    space = models.ForeignKey("participation.Space", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    source_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    run_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
