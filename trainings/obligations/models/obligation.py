"""What is asked and of whom: an obligation keeps its terms once active, a rule is replaced by its next version."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from src.foundations import clock
from src.foundations.references import new_reference
from trainings.models import Track

from ..enums import AnchorFact, RenewalFrom
from ..querysets import ObligationQuerySet, RuleQuerySet

DECISION_MAX = 300
DAYS_MAX, MONTHS_MAX = 3660, 240


class Obligation(models.Model):
    """A training that the employer asks for, with the decision that says so. Once activated, it can only end.

    Terms by default: 36 months, 180 days to renew, counted from the end of the one before.
    """

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    track = models.ForeignKey(Track, models.PROTECT, related_name="obligations", verbose_name=_("training"))
    decision = models.CharField(
        _("decision of the employer"),
        max_length=DECISION_MAX,
        help_text=_("Who decided it and when. It is quoted to everybody concerned."),
    )
    validity_months = models.PositiveSmallIntegerField(
        _("months it holds"), null=True, blank=True, default=36, validators=[MaxValueValidator(MONTHS_MAX)]
    )
    window_days = models.PositiveSmallIntegerField(
        _("days to renew it before its end"), default=180, validators=[MaxValueValidator(DAYS_MAX)]
    )
    grace_days = models.PositiveSmallIntegerField(
        _("days before it is said to be late"), default=0, validators=[MaxValueValidator(DAYS_MAX)]
    )
    renewal_base = models.CharField(
        _("counted from"), max_length=16, choices=RenewalFrom, default=RenewalFrom.PREVIOUS_EXPIRY
    )
    fixed_on = models.DateField(_("fixed day"), null=True, blank=True)
    min_active_days = models.PositiveSmallIntegerField(
        _("days it holds at least"), default=0, validators=[MaxValueValidator(DAYS_MAX)]
    )
    renewal_track = models.ForeignKey(
        Track, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("training to renew it")
    )
    equivalences = models.ManyToManyField(
        Track, blank=True, related_name="+", verbose_name=_("trainings that count as this one")
    )
    on_working_days = models.BooleanField(_("due on working days"), default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    activated_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_on = models.DateField(null=True, blank=True, editable=False)
    # The work of over ten seconds asked for it last (JobRun): trying it out, evaluating everybody.
    trial_id = models.UUIDField(null=True, blank=True, editable=False)
    run_id = models.UUIDField(null=True, blank=True, editable=False)

    objects = ObligationQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mandatory training")
        verbose_name_plural = _("mandatory trainings")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(decision=""), name="obligation_quotes_its_decision"),
            models.CheckConstraint(
                condition=Q(validity_months__isnull=True) | Q(validity_months__gte=1), name="obligation_holds_a_month"
            ),
            models.CheckConstraint(condition=Q(renewal_base__in=RenewalFrom.values), name="obligation_base_known"),
            models.CheckConstraint(
                condition=~Q(renewal_base=RenewalFrom.FIXED_CALENDAR)
                | Q(fixed_on__isnull=False, validity_months__isnull=False),
                name="obligation_calendar_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(activated_at__isnull=False), name="obligation_ends_once_active"
            ),
            # The window of a renewal opens after the one before was done.
            models.CheckConstraint(
                condition=Q(validity_months__isnull=True) | Q(window_days__lt=F("validity_months") * 28),
                name="obligation_window_in_its_validity",
            ),
        ]

    def __str__(self):
        return self.reference

    def answering_tracks(self) -> set[int]:
        """The training, those that count as it, the one that renews it. One statement."""
        equal = set(self.equivalences.values_list("pk", flat=True))
        return ({self.track_id, self.renewal_track_id} | equal) - {None}

    @property
    def is_draft(self) -> bool:
        return self.activated_at is None

    @property
    def is_active(self) -> bool:
        return self.activated_at is not None and self.ended_on is None

    @property
    def is_ended(self) -> bool:
        return self.ended_on is not None

    @property
    def may_count_early(self) -> bool:
        """Whether something done before its window counts only when human resources say so."""
        return self.renewal_base == RenewalFrom.PREVIOUS_EXPIRY and self.validity_months is not None


class AssignmentRule(models.Model):
    """One version of a rule: of whom it asks, from when it counts. Never edited: its next version replaces it."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="rules")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    predicate = models.JSONField(_("who"))
    anchor = models.CharField(_("counted from"), max_length=20, choices=AnchorFact, default=AnchorFact.RULE_ENTRY)
    fixed_on = models.DateField(_("fixed day"), null=True, blank=True)
    offset_days = models.PositiveSmallIntegerField(
        _("days to do it"), default=180, validators=[MaxValueValidator(DAYS_MAX)]
    )
    min_notice_days = models.PositiveSmallIntegerField(
        pgettext_lazy("rule", "days of notice at least"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(DAYS_MAX)],
    )
    active_from = models.DateField(pgettext_lazy("training", "from"))
    active_to = models.DateField(pgettext_lazy("training", "until"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = RuleQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("rule of a mandatory training")
        verbose_name_plural = _("rules of mandatory trainings")
        ordering = ["obligation", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="rule_version_once"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(active_to__isnull=True), name="rule_one_version_in_force"
            ),
            models.CheckConstraint(condition=Q(anchor__in=AnchorFact.values), name="rule_anchor_known"),
            models.CheckConstraint(
                condition=Q(anchor=AnchorFact.FIXED_DATE, fixed_on__isnull=False)
                | (~Q(anchor=AnchorFact.FIXED_DATE) & Q(fixed_on__isnull=True)),
                name="rule_fixed_day_has_its_day",
            ),
        ]

    def __str__(self):
        return f"{self.key} {self.version}"
