"""The opinion of a panel, frozen from what was adopted; and what a minority writes beside it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panels.models import Membership, Panel

from ..querysets import MinorityQuerySet, OpinionQuerySet
from .drafting import MOST_TITLE, Recommendation, RecommendationVersion, account

MOST_NAME = 120


class MinorityOpinion(models.Model):
    """What some members write beside an opinion or a recommendation.

    Its words never change, and only its author withdraws it, before the opinion is adopted (triggers).
    """

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="minority_opinions")
    number = models.PositiveSmallIntegerField()
    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, null=True, blank=True, related_name="minority_opinions"
    )
    text = models.TextField(_("text"))
    author = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    # Of a text that came on paper.
    typed_by = account()
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")

    objects = MinorityQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("minority opinion")
        verbose_name_plural = _("minority opinions")
        ordering = ["panel", "number"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "number"], name="minority_opinion_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="minority_opinion_has_words"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by=models.F("author")),
                name="minority_opinion_withdrawn_by_its_author",
            ),
        ]

    def __str__(self):
        return _("Minority opinion %(n)d") % {"n": self.number}


class MinoritySignature(models.Model):
    """A member signs it: told by name if they choose so, otherwise counted."""

    minority = models.ForeignKey(MinorityOpinion, models.PROTECT, related_name="signatures")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    # Empty: counted.
    name = models.CharField(_("name shown to everybody"), max_length=MOST_NAME, blank=True)
    # Of a signature that came on paper.
    typed_by = account()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("signature of a minority opinion")
        verbose_name_plural = _("signatures of minority opinions")
        ordering = ["minority", "membership__number"]
        constraints = [models.UniqueConstraint(fields=["minority", "membership"], name="minority_signature_once")]

    def __str__(self):
        return str(self.minority_id)


class Opinion(models.Model):
    """The opinion of a panel: its bytes and their fingerprint never change; handed over on one day, once."""

    panel = models.OneToOneField(Panel, models.PROTECT, related_name="opinion")
    introduction = models.TextField(_("words that come first"), blank=True)
    # Canonical JSON: what the fingerprint is of.
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    adopted_at = models.DateTimeField()
    handed_over_on = models.DateField(_("handed over on"), null=True, blank=True)
    due_on = models.DateField(_("replies owed by"), null=True, blank=True)

    objects = OpinionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("opinion of a panel")
        verbose_name_plural = _("opinions of panels")
        ordering = ["-adopted_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_over_on__isnull=True, due_on__isnull=True)
                | Q(handed_over_on__isnull=False, due_on__gte=models.F("handed_over_on")),
                name="opinion_handed_over_with_a_date",
            ),
        ]

    def __str__(self):
        return _("Opinion of the panel “%(title)s”") % {"title": self.panel.title}


class Article(models.Model):
    """One recommendation as the opinion holds it: the very words that were voted (trigger)."""

    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="articles")
    recommendation = models.OneToOneField(Recommendation, models.PROTECT, related_name="article")
    version = models.OneToOneField(RecommendationVersion, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=MOST_TITLE)
    text = models.TextField()
    is_adopted = models.BooleanField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("recommendation in an opinion")
        verbose_name_plural = _("recommendations in opinions")
        ordering = ["opinion", "number"]
        constraints = [models.UniqueConstraint(fields=["opinion", "number"], name="opinion_article_once")]

    def __str__(self):
        return f"{self.number}. {self.title}"
