"""Drafts of recommendations: their text in versions, and the amendments by which members discuss it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panels.models import Membership, Panel

from ..enums import AmendmentState, DraftState
from ..querysets import RecommendationQuerySet

MOST_TITLE, MOST_TEXT, MOST_REASON, MOST_TABLE = 140, 4000, 1000, 80


def account():
    """Somebody of the team who typed or decided; their name goes with their account."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")


class Recommendation(models.Model):
    """One recommendation of a panel, by its number; its words are those of its last version."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=DraftState, default=DraftState.DRAFT, editable=False)
    withdrawn_because = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(editable=False)

    objects = RecommendationQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("recommendation of a panel")
        verbose_name_plural = _("recommendations of panels")
        ordering = ["panel", "number"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "number"], name="recommendation_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="recommendation_from_one"),
            models.CheckConstraint(condition=Q(state__in=DraftState.values), name="recommendation_state_known"),
            models.CheckConstraint(
                condition=Q(state=DraftState.WITHDRAWN) & ~Q(withdrawn_because="")
                | ~Q(state=DraftState.WITHDRAWN) & Q(withdrawn_because=""),
                name="recommendation_withdrawn_says_why",
            ),
        ]

    def __str__(self):
        return _("Recommendation %(n)d") % {"n": self.number}

    @property
    def current(self) -> "RecommendationVersion":
        """Its last version; no statement once ``versions`` are prefetched."""
        return max(self.versions.all(), key=lambda one: one.number)

    @property
    def is_draft(self) -> bool:
        return self.state == DraftState.DRAFT

    @property
    def vote(self):
        """The vote that stands, or None; no statement once ``votes`` are prefetched."""
        return next((one for one in self.votes.all() if one.called_off_at is None), None)


class RecommendationVersion(models.Model):
    """The words of a recommendation at one moment; written once, by a member, or by the team for a table."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=MOST_TITLE)
    text = models.TextField(_("text"))
    note = models.CharField(_("what changes, and why"), max_length=300, blank=True)
    written_by = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    for_table = models.CharField(_("typed for"), max_length=MOST_TABLE, blank=True)
    typed_by = account()
    created_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("version of a recommendation")
        verbose_name_plural = _("versions of recommendations")
        ordering = ["recommendation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "number"], name="recommendation_version_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(title="") & ~Q(text=""), name="recommendation_version_has_words"
            ),
            # Written by somebody: a member, or the team for a table.
            models.CheckConstraint(
                condition=Q(written_by__isnull=False, for_table="") | Q(written_by__isnull=True) & ~Q(for_table=""),
                name="recommendation_version_of_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.recommendation_id}, {self.number}"

    @property
    def author(self) -> str:
        """Who stands behind these words, among members."""
        return self.written_by.label if self.written_by_id else self.for_table


class Amendment(models.Model):
    """Other words for a draft: what they would become, and why; each ending has its reason."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    on_version = models.ForeignKey(RecommendationVersion, models.PROTECT, related_name="+")
    text = models.TextField(_("text it would become"))
    why = models.TextField(_("why"))
    written_by = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    for_table = models.CharField(_("typed for"), max_length=MOST_TABLE, blank=True)
    typed_by = account()
    created_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=AmendmentState, default=AmendmentState.OPEN)
    reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    decided_by = account()
    version = models.OneToOneField(
        RecommendationVersion, models.PROTECT, null=True, blank=True, related_name="made_by"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["recommendation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "number"], name="amendment_number_once"),
            models.CheckConstraint(condition=Q(state__in=AmendmentState.values), name="amendment_state_known"),
            models.CheckConstraint(
                condition=Q(state=AmendmentState.OPEN, reason="", ended_at__isnull=True)
                | ~Q(state=AmendmentState.OPEN) & ~Q(reason="") & Q(ended_at__isnull=False),
                name="amendment_ending_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[AmendmentState.ACCEPTED, AmendmentState.MERGED], version__isnull=False)
                | ~Q(state__in=[AmendmentState.ACCEPTED, AmendmentState.MERGED]) & Q(version__isnull=True),
                name="amendment_taken_makes_a_version",
            ),
            models.CheckConstraint(
                condition=Q(written_by__isnull=False, for_table="") | Q(written_by__isnull=True) & ~Q(for_table=""),
                name="amendment_of_somebody",
            ),
        ]

    def __str__(self):
        return _("Amendment %(n)d") % {"n": self.number}

    @property
    def is_open(self) -> bool:
        return self.state == AmendmentState.OPEN

    @property
    def author(self) -> str:
        """Who stands behind it, among members."""
        return self.written_by.label if self.written_by_id else self.for_table


class AmendmentSupport(models.Model):
    """A member agrees with an amendment; told as a number, taken back at will while it is discussed."""

    amendment = models.ForeignKey(Amendment, models.CASCADE, related_name="supports")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("support of an amendment")
        verbose_name_plural = _("supports of amendments")
        constraints = [models.UniqueConstraint(fields=["amendment", "membership"], name="amendment_support_once")]

    def __str__(self):
        return str(self.amendment_id)
