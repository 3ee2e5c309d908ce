"""Who may vote, who did, and what was put in the urn: tables that lead from one to the other by nothing readable."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from src.participation.enums import Channel

from .ballot import Ballot


class Elector(models.Model):
    """Somebody who may vote, found by the rule at the opening; empty of a person who left."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="electors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("person who may vote")
        verbose_name_plural = _("people who may vote")
        constraints = [models.UniqueConstraint(fields=["ballot", "person"], name="elector_once")]

    def __str__(self):
        return str(self.ballot_id)


class RollEntry(models.Model):
    """Somebody voted, and by which channel, on paper at which place: once, and nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="roll")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.WEB)
    # Papers of a place are never more than those marked there.
    place = models.ForeignKey("directory.Unit", models.PROTECT, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("person who voted")
        verbose_name_plural = _("roll of those who voted")
        constraints = [
            models.UniqueConstraint(fields=["ballot", "person"], name="roll_once"),
            models.CheckConstraint(
                condition=models.Q(channel__in=[Channel.WEB, Channel.KIOSK], place__isnull=True)
                | models.Q(channel=Channel.PAPER, place__isnull=False),
                name="roll_channel_known",
            ),
        ]

    def __str__(self):
        return str(self.ballot_id)


class SimpleVote(models.Model):
    """The choice of a simple vote, encrypted and of one length; its person may change it until the closing."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="simple_votes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    choice = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("simple vote")
        verbose_name_plural = _("simple votes")
        constraints = [models.UniqueConstraint(fields=["ballot", "person"], name="simple_vote_once")]

    def __str__(self):
        return str(self.ballot_id)


class SealedBox(models.Model):
    """A secret vote in its box: one length a ballot, no date, no column that leads to anybody.

    Its key is the fingerprint of the box, so that the same sending twice is one. The rows go at the closing.
    """

    digest = models.CharField(primary_key=True, max_length=64, editable=False)
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="sealed_boxes")
    ciphertext = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("sealed vote")
        verbose_name_plural = _("sealed votes")

    def __str__(self):
        return self.digest[:12]


class CountedBox(models.Model):
    """The same boxes after the closing, written anew in the order of their fingerprints: theirs alone remains."""

    digest = models.CharField(primary_key=True, max_length=64, editable=False)
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="counted_boxes")
    ciphertext = models.BinaryField()
    is_paper = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("box to count")
        verbose_name_plural = _("boxes to count")

    def __str__(self):
        return self.digest[:12]
