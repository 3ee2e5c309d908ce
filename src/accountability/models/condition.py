"""What would change an answer: one row a condition, from the day the answer is announced."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import ConditionKind
from .decision import Decision


class ReopeningCondition(models.Model):
    """One condition of a "no" or a "later". Its words are those that were signed; it is met once, by somebody, with
    a text (``services.conditions``). The rooms that hold the subjects say what follows."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="conditions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("what has to change"), max_length=16, choices=ConditionKind)
    words = models.TextField(_("what could change the answer"))
    # The day from which it is worth looking at.
    due_on = models.DateField(_("to look at from"), null=True, blank=True)
    met_on = models.DateField(_("met on"), null=True, blank=True)
    met_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    met_text = models.TextField(_("what has changed"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reopening condition")
        verbose_name_plural = _("reopening conditions")
        ordering = ["decision", "position"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "position"], name="condition_place"),
            models.CheckConstraint(condition=~Q(words=""), name="condition_has_words"),
            models.CheckConstraint(
                condition=Q(met_on__isnull=True, met_by__isnull=True, met_text="")
                | (Q(met_on__isnull=False, met_by__isnull=False) & ~Q(met_text="")),
                name="condition_met_by_somebody_who_says_how",
            ),
        ]
        indexes = [models.Index(fields=["met_on", "due_on"], name="condition_watched")]

    def __str__(self):
        return f"{self.decision_id}/{self.position} {self.kind}"

    @property
    def is_met(self) -> bool:
        return self.met_on is not None
