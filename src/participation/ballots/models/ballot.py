"""A ballot and its proposals: its rules are written before the opening, and no longer change."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference

from ..enums import Electorate, Majority, Method, Secrecy
from ..querysets import BallotQuerySet

# No vote closes sooner after its opening: people of every shift pass by in between (design, ideas, advance 7).
LEAST_OPEN = timedelta(hours=72)
MOST_OPTIONS = 60
MOST_EUROS = 2_000_000_000
# Above, the exact set of projects somebody chose could be theirs alone.
MOST_SHARED_OPTIONS = 12


class Ballot(models.Model):
    """A question put to an electorate frozen at the opening; counted once."""

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    space = models.ForeignKey("participation.Space", models.PROTECT, related_name="ballots", verbose_name=_("space"))
    title = models.CharField(_("title"), max_length=140)
    introduction = models.TextField(_("what it is about"), blank=True)
    question = models.CharField(_("question"), max_length=300)
    minutes = models.PositiveSmallIntegerField(_("minutes it takes"), default=2)
    method = models.CharField(_("how it is counted"), max_length=16, choices=Method, default=Method.APPROVAL)
    secrecy = models.CharField(_("secrecy"), max_length=8, choices=Secrecy, default=Secrecy.SIMPLE)
    # Of approvals: how many may be chosen. Blank is always allowed.
    most_choices = models.PositiveSmallIntegerField(_("how many may be chosen"), default=1)
    # How many proposals are retained.
    seats = models.PositiveSmallIntegerField(_("how many are retained"), default=1)
    # Of equal shares, in euros.
    budget = models.PositiveIntegerField(_("budget (€)"), null=True, blank=True)
    majority = models.CharField(_("majority"), max_length=12, choices=Majority, default=Majority.MOST)
    quorum_percent = models.PositiveSmallIntegerField(_("quorum (% of those who may vote)"), null=True, blank=True)
    electorate = models.CharField(_("who votes"), max_length=8, choices=Electorate, default=Electorate.SPACE)
    electorate_unit = models.ForeignKey(
        "directory.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    # Once counted, the proposals retained are prepared as decisions, announced together.
    prepares_decisions = models.BooleanField(_("its results become prepared decisions"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # From then on the rules and the electorate no longer change (trigger).
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_because = models.CharField(max_length=300, blank=True, editable=False)
    # What closes the boxes of a secret vote; made and known in the transaction that freezes the rules.
    public_key = models.BinaryField(null=True, editable=False)
    # Nothing is cast afterwards (trigger).
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The figures as told, and the method step by step; written once (trigger).
    result = models.JSONField(null=True, blank=True, editable=False)
    counted_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The end of the dispute period, and of the keys.
    disputed_until = models.DateField(null=True, blank=True, editable=False)
    keys_destroyed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Those concerned were told once that it is open; those who hadn't voted, once, that it ends.
    opening_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = BallotQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ["-opens_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(method__in=Method.values), name="ballot_method_known"),
            models.CheckConstraint(condition=Q(secrecy__in=Secrecy.values), name="ballot_secrecy_known"),
            models.CheckConstraint(condition=Q(majority__in=Majority.values), name="ballot_majority_known"),
            models.CheckConstraint(
                condition=Q(electorate=Electorate.SPACE, electorate_unit__isnull=True)
                | Q(electorate=Electorate.UNIT, electorate_unit__isnull=False),
                name="ballot_electorate_told",
            ),
            models.CheckConstraint(
                condition=Q(quorum_percent__isnull=True) | Q(quorum_percent__range=(1, 100)),
                name="ballot_quorum_is_a_share",
            ),
            models.CheckConstraint(
                condition=~Q(method=Method.EQUAL_SHARES) | Q(budget__gt=0), name="ballot_shares_need_a_budget"
            ),
            models.CheckConstraint(
                condition=Q(most_choices__gte=1, seats__gte=1, minutes__gte=1), name="ballot_numbers_from_one"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(frozen_at__isnull=False), name="ballot_closed_was_opened"
            ),
            models.CheckConstraint(
                condition=Q(counted_at__isnull=True, result__isnull=True)
                | Q(counted_at__isnull=False, result__isnull=False, closed_at__isnull=False),
                name="ballot_counted_has_figures",
            ),
            models.CheckConstraint(
                condition=Q(secrecy=Secrecy.SIMPLE) | Q(frozen_at__isnull=True) | Q(public_key__isnull=False),
                name="ballot_secret_has_a_key",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | Q(frozen_at__isnull=False, counted_at__isnull=True),
                name="ballot_cancelled_is_not_counted",
            ),
            models.CheckConstraint(
                condition=Q(keys_destroyed_at__isnull=True)
                | Q(counted_at__isnull=False)
                | Q(cancelled_at__isnull=False),
                name="ballot_keys_stay_until_the_count",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("ballots:detail", kwargs={"reference": self.reference})

    @property
    def is_secret(self) -> bool:
        """Whether its votes are sealed."""
        return self.secrecy == Secrecy.SECRET

    @property
    def ordered(self) -> list:
        """Its proposals in the order they are shown; read with ``for_pages``."""
        return sorted(self.options.all(), key=lambda one: one.position)


class BallotOption(models.Model):
    """One proposal; frozen with the rules."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(_("proposal"), max_length=200)
    description = models.TextField(_("in a few words"), blank=True)
    # Of equal shares, in euros.
    cost = models.PositiveIntegerField(_("cost (€)"), null=True, blank=True)
    # What it stands for in its own room: an idea, a recommendation. Read through a registry, never joined.
    subject_kind = models.CharField(max_length=32, blank=True)
    subject_reference = models.CharField(max_length=12, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("proposal of a ballot")
        verbose_name_plural = _("proposals of ballots")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "position"], name="ballot_option_place_once"),
            models.CheckConstraint(condition=Q(cost__isnull=True) | Q(cost__gt=0), name="ballot_option_costs"),
            models.CheckConstraint(
                condition=Q(subject_kind="", subject_reference="") | (~Q(subject_kind="") & ~Q(subject_reference="")),
                name="ballot_option_subject_whole",
            ),
        ]

    def __str__(self):
        return self.label
