"""The vote of one recommendation: its figures as they may be told, and whether the rule is met."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import Base, VoteWay
from .drafting import Recommendation, RecommendationVersion, account


class Vote(models.Model):
    """One vote on one version; its figures are written once, with the rule they were held against.

    ``favour`` and ``against`` are empty when they aren't told (ADR 0357): the outcome is decided all the same.
    """

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="votes")
    version = models.ForeignKey(RecommendationVersion, models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=VoteWay)
    ballot = models.OneToOneField("ballots.Ballot", models.PROTECT, null=True, blank=True, related_name="+")
    held_on = models.DateField(_("day of the vote"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_because = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    checked_by = account()
    members = models.PositiveSmallIntegerField(null=True, blank=True)
    present = models.PositiveSmallIntegerField(null=True, blank=True)
    favour = models.PositiveSmallIntegerField(null=True, blank=True)
    against = models.PositiveSmallIntegerField(null=True, blank=True)
    blank = models.PositiveSmallIntegerField(null=True, blank=True)
    void = models.PositiveSmallIntegerField(null=True, blank=True)
    numerator = models.PositiveSmallIntegerField(null=True, blank=True)
    denominator = models.PositiveSmallIntegerField(null=True, blank=True)
    base = models.CharField(max_length=12, choices=Base, blank=True)
    quorum_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    quorum_met = models.BooleanField(null=True, blank=True)
    is_met = models.BooleanField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("vote on a recommendation")
        verbose_name_plural = _("votes on recommendations")
        ordering = ["recommendation", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation"],
                condition=Q(called_off_at__isnull=True),
                name="recommendation_vote_stands_once",
            ),
            models.CheckConstraint(
                # Of one called off before it opened, the ballot is gone.
                condition=Q(way=VoteWay.BALLOT) & (Q(ballot__isnull=False) | Q(called_off_at__isnull=False))
                | Q(way=VoteWay.ROOM, ballot__isnull=True, held_on__isnull=False, opened_at__isnull=False),
                name="recommendation_vote_way_known",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, is_met__isnull=True, quorum_met__isnull=True)
                | Q(
                    settled_at__isnull=False, is_met__isnull=False, quorum_met__isnull=False,
                    called_off_at__isnull=True,
                    opened_at__isnull=False, present__isnull=False, members__isnull=False, numerator__isnull=False,
                    denominator__isnull=False,
                )
                & ~Q(base=""),
                name="recommendation_vote_settled_whole",
            ),
            models.CheckConstraint(
                condition=Q(called_off_at__isnull=True, called_off_because="")
                | Q(called_off_at__isnull=False) & ~Q(called_off_because=""),
                name="recommendation_vote_called_off_says_why",
            ),
            models.CheckConstraint(
                condition=Q(favour__isnull=True, against__isnull=True)
                | Q(favour__isnull=False, against__isnull=False, blank__isnull=False, void__isnull=False),
                name="recommendation_vote_figures_whole",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.recommendation_id}, {self.way}"

    @property
    def is_settled(self) -> bool:
        return self.settled_at is not None

    @property
    def is_told(self) -> bool:
        """Whether its figures are told, and not its outcome alone."""
        return self.favour is not None


class RoomCount(models.Model):
    """What the first of two people typed of a vote in the room; gone once the second typed the same."""

    vote = models.OneToOneField(Vote, models.CASCADE, related_name="first_count")
    present = models.PositiveSmallIntegerField()
    favour = models.PositiveSmallIntegerField()
    against = models.PositiveSmallIntegerField()
    blank = models.PositiveSmallIntegerField()
    typed_by = account()
    typed_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("first count of a vote in the room")
        verbose_name_plural = _("first counts of votes in the room")

    def __str__(self):
        return str(self.vote_id)
