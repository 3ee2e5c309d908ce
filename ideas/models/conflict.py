"""Conflicts of interest: who doesn't score an idea, and on what ground; kept as said, one a person and idea."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ConflictOfInterest(models.Model):
    """Somebody who may not score an idea: found from what the City knows, or declared by themself."""

    class Ground(models.TextChoices):
        OWN = "own", pgettext_lazy("conflict of interest", "Their own proposal")
        UNIT = "unit", pgettext_lazy("conflict of interest", "Same unit as the author")
        LINE = "line", pgettext_lazy("conflict of interest", "In the author's line of management")
        # The author isn't known: everybody of the direction said by the idea, whoever wrote it.
        DIRECTION = "direction", pgettext_lazy("conflict of interest", "Works in the direction the idea speaks of")
        DECLARED = "declared", pgettext_lazy("conflict of interest", "Declared by themself")

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="conflicts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ground = models.CharField(_("ground"), max_length=16, choices=Ground)
    said_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["idea", "user"], name="conflict_once"),
            models.CheckConstraint(
                condition=models.Q(ground__in=["own", "unit", "line", "direction", "declared"]),
                name="conflict_ground_known",
            ),
        ]
