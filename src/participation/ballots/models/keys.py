"""Three people hold the keys of a secret vote; two of them open it together."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .ballot import Ballot

HOLDERS = 3


class KeyHolder(models.Model):
    """One of the three. Their own key is made on their device: its public half alone is here."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="key_holders")
    position = models.PositiveSmallIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    public_key = models.BinaryField(null=True, editable=False)
    # The rehearsal: a word sealed for them, the fingerprint of that word, and when they opened it.
    trial_box = models.BinaryField(null=True, editable=False)
    trial_digest = models.CharField(max_length=64, blank=True, editable=False)
    rehearsed_at = models.DateTimeField(null=True, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("key holder")
        verbose_name_plural = _("key holders")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "position"], name="key_holder_place_once"),
            models.UniqueConstraint(fields=["ballot", "person"], name="key_holder_person_once"),
            models.CheckConstraint(condition=models.Q(position__range=(1, HOLDERS)), name="key_holder_one_of_three"),
            models.CheckConstraint(
                condition=models.Q(rehearsed_at__isnull=True) | models.Q(public_key__isnull=False),
                name="key_holder_rehearses_with_a_key",
            ),
        ]

    def __str__(self):
        return f"{self.ballot_id}, {self.position}"


class PairBox(models.Model):
    """The key of the urn, closed for ``inner``, then closed again for ``outer``: opened by the two, in that order."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="pair_boxes")
    outer = models.ForeignKey(KeyHolder, models.CASCADE, related_name="+")
    inner = models.ForeignKey(KeyHolder, models.CASCADE, related_name="+")
    box = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("key closed for two")
        verbose_name_plural = _("keys closed for two")
        constraints = [
            models.UniqueConstraint(fields=["ballot", "outer", "inner"], name="pair_box_once"),
            models.CheckConstraint(condition=~models.Q(outer=models.F("inner")), name="pair_box_of_two"),
        ]

    def __str__(self):
        return f"{self.outer_id}, {self.inner_id}"


class HalfOpened(models.Model):
    """A key whose first closing was opened by one holder, after the end of the vote: the other opens what remains."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="half_opened")
    outer = models.ForeignKey(KeyHolder, models.CASCADE, related_name="+")
    inner = models.ForeignKey(KeyHolder, models.CASCADE, related_name="+")
    box = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("key opened by one")
        verbose_name_plural = _("keys opened by one")
        constraints = [models.UniqueConstraint(fields=["ballot", "outer", "inner"], name="half_opened_once")]

    def __str__(self):
        return f"{self.outer_id}, {self.inner_id}"
