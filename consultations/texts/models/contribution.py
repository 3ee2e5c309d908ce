"""What people say of a unit, and who supports what they said."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.participation.models import AbstractComment, AbstractCounts, AbstractSupport

from ..enums import ContributionKind
from ..querysets import UnitContributionQuerySet
from .text import TextUnit


class UnitContribution(AbstractComment):
    """An agreement, another wording or a question about one unit; or a reply to one of these.

    Belongs to the version it was written on. Taken back, its words are gone and the row stays under its replies.
    """

    unit = models.ForeignKey(TextUnit, models.PROTECT, related_name="contributions")
    kind = models.CharField(max_length=16, choices=ContributionKind)
    # The wording proposed in the place of the unit's, whole.
    proposal = models.TextField(_("proposed wording"), blank=True)
    is_withdrawn = models.BooleanField(default=False)

    objects = UnitContributionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta(AbstractComment.Meta):
        verbose_name = _("contribution to a text")
        verbose_name_plural = _("contributions to texts")
        constraints = [
            *AbstractComment.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=ContributionKind.values), name="unit_contribution_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=ContributionKind.REPLY, parent__isnull=False)
                | ~Q(kind=ContributionKind.REPLY) & Q(parent__isnull=True),
                name="unit_contribution_reply_has_parent",
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawn=True)
                | Q(kind=ContributionKind.AMEND) & ~Q(proposal="")
                | ~Q(kind=ContributionKind.AMEND) & Q(proposal=""),
                name="unit_contribution_amend_has_wording",
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawn=False) | Q(body="", proposal=""), name="unit_contribution_withdrawn_is_gone"
            ),
        ]
        indexes = [models.Index(fields=["unit", "week", "reference"], name="unit_contribution_order")]

    def __str__(self):
        return self.reference


class ContributionSupport(AbstractSupport):
    """One person agrees with one contribution: a total, never a name."""

    contribution = models.ForeignKey(UnitContribution, models.CASCADE, related_name="supports")

    class Meta:
        verbose_name = _("support of a contribution")
        verbose_name_plural = _("supports of contributions")
        constraints = [models.UniqueConstraint(fields=["contribution", "user"], name="unit_contribution_support_once")]


class ContributionCounts(AbstractCounts):
    """How many support a contribution, and reply to it."""

    contribution = models.OneToOneField(UnitContribution, models.CASCADE, primary_key=True, related_name="counts")

    class Meta:
        verbose_name = _("counters of a contribution")
        verbose_name_plural = _("counters of contributions")
