"""Where an idea came from: moved from another space, or copied from another idea; kept as it was said."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SpacePassage(models.Model):
    """One passage of an idea from a space to another: itself (moved), or a new one made from it (copied).

    An idea's space changes beside such a row, never without one (trigger).
    """

    class Kind(models.TextChoices):
        MOVED = "moved", pgettext_lazy("passage to another space", "Moved")
        COPIED = "copied", pgettext_lazy("passage to another space", "Copied")

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="passages")
    kind = models.CharField(max_length=8, choices=Kind)
    # The idea a copy was made from.
    source = models.ForeignKey("ideas.Idea", models.CASCADE, null=True, blank=True, related_name="copies")
    from_space = models.ForeignKey("participation.Space", models.PROTECT, related_name="+")
    to_space = models.ForeignKey("participation.Space", models.PROTECT, related_name="+")
    text = models.TextField(_("why"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("passage to another space")
        verbose_name_plural = _("passages to another space")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="moved", source__isnull=True)
                | Q(kind="copied", source__isnull=False) & ~Q(source=F("idea")),
                name="passage_copy_has_its_source",
            ),
            models.CheckConstraint(condition=~Q(from_space=F("to_space")), name="passage_between_two_spaces"),
            models.CheckConstraint(condition=~Q(text=""), name="passage_says_why"),
            models.UniqueConstraint(fields=["idea"], condition=Q(kind="copied"), name="passage_one_source"),
            # One copy of an idea in a space: the second is a slip.
            models.UniqueConstraint(
                fields=["source", "to_space"], condition=Q(kind="copied"), name="passage_one_copy_a_space"
            ),
        ]

    def __str__(self):
        return f"{self.idea_id} {self.kind}"
