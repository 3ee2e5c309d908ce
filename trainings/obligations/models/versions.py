"""What is decided after a new version of a training that is asked: once, and for good."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trainings.models import TrackVersion

from ..enums import AfterVersion
from .obligation import Obligation


class VersionDecision(models.Model):
    """``day``: by when to catch up, or the last day on which older versions hold. Never changed nor removed."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="version_decisions")
    version = models.ForeignKey(TrackVersion, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=AfterVersion)
    day = models.DateField()
    decided_on = models.DateField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("decision after a new version")
        verbose_name_plural = _("decisions after a new version")
        ordering = ["obligation", "version"]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "version"], name="version_decided_once"),
            models.CheckConstraint(condition=Q(kind__in=AfterVersion.values), name="version_decision_known"),
            models.CheckConstraint(condition=Q(day__gt=F("decided_on")), name="version_decision_gives_notice"),
        ]

    def __str__(self):
        return f"{self.version}: {self.get_kind_display()}"

    @property
    def is_catch_up(self) -> bool:
        return self.kind == AfterVersion.CATCH_UP
