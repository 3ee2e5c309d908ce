"""Attestations of a site, printed together."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.directory.models import Unit
from src.foundations.references import new_reference
from trainings.models import Track

from ..querysets import BatchQuerySet


class AttestationBatch(models.Model):
    """What is printed is settled when it is asked: a worker that dies is followed by another on the same list."""

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    site = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("site"))
    track = models.ForeignKey(
        Track, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("training")
    )
    # Keys of completions, in the order of the sheets.
    completions = models.JSONField(default=list, editable=False)
    total = models.PositiveIntegerField(editable=False)
    # Gone with the runs, after thirty days.
    run_id = models.UUIDField(null=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(editable=False)

    objects = BatchQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("batch of attestations")
        verbose_name_plural = _("batches of attestations")
        ordering = ["-created_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(total__gte=1), name="attestation_batch_not_empty")]

    def __str__(self):
        return self.reference
