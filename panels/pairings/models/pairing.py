"""Two questionnaires of one panel, the same questions before and after; their answers wait for each other, sealed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panels.models import Panel
from src.foundations.references import new_reference

from ..enums import Ending


class Pairing(models.Model):
    """The second questionnaire is made of the first, once it is closed. Both are opened together, once.

    ``locked`` makes the marks that pair two boxes, itself under a key outside the database; emptied at the end.
    """

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="pairings")
    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    before = models.OneToOneField("questionnaires.Questionnaire", models.PROTECT, related_name="+")
    after = models.OneToOneField("questionnaires.Questionnaire", models.PROTECT, null=True, related_name="+")
    locked = models.BinaryField(null=True)
    linked_at = models.DateTimeField()
    # How many answered the first, counted at its closing: who they were is forgotten three months later.
    answered_before = models.PositiveIntegerField(null=True, editable=False)
    ending = models.CharField(max_length=8, choices=Ending, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Question by question, as told: groups of k at least.
    figures = models.JSONField(default=list, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("questionnaires before and after")
        verbose_name_plural = _("questionnaires before and after")
        ordering = ["panel", "linked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(after__isnull=True) | ~Q(after=models.F("before")), name="pairing_of_two_questionnaires"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="", locked__isnull=False)
                | Q(ended_at__isnull=False, ending__in=Ending.values, locked__isnull=True),
                name="pairing_ended_has_no_key",
            ),
            models.CheckConstraint(
                condition=~Q(ending=Ending.TOLD) | Q(after__isnull=False), name="pairing_told_has_both"
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def is_told(self) -> bool:
        return self.ending == Ending.TOLD

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None
