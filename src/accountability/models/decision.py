"""A decision: prepared quietly, announced with others at once, signed by a named person."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import ConditionKind, Outcome, Reason
from ..querysets import DecisionQuerySet


class AnnouncementBatch(models.Model):
    """Decisions that become public together: flipping ``announced_at`` is the announcement."""

    name = models.CharField(_("name"), max_length=120, blank=True)
    unit = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    planned_for = models.DateField(_("planned for"), null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")

    def __str__(self):
        return self.name or f"#{self.pk}"


class Decision(models.Model):
    """The official response to one subject. Until its batch is announced only its deciders can see or infer it."""

    subject_kind = models.CharField(max_length=32)
    subject_reference = models.CharField(max_length=16)
    outcome = models.CharField(_("answer"), max_length=16, choices=Outcome)
    reason = models.CharField(_("reason"), max_length=16, choices=Reason, blank=True)
    text = models.TextField(_("official response"))
    reopening_conditions = models.TextField(_("what could change the answer"), blank=True)
    # What the conditions are about, and a day to look at them: empty, the reason tells (``ReopeningCondition``).
    condition_kind = models.CharField(
        _("what has to change"), max_length=16, choices=ConditionKind, blank=True, default="", db_default=""
    )
    condition_on = models.DateField(_("to look at from"), null=True, blank=True)
    # Where they differ: one line a condition, its kind and its day (``conditions.terms_of``).
    condition_terms = models.CharField(max_length=160, blank=True, default="", db_default="", editable=False)
    revisit_on = models.DateField(_("we will answer again before"), null=True, blank=True)
    measure_owner = models.CharField(_("who will do it"), max_length=160, blank=True)
    first_milestone = models.CharField(_("first step"), max_length=240, blank=True)
    first_milestone_on = models.DateField(_("date of the first step"), null=True, blank=True)
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # The fast lane: who drafted, beside the delegate who countersigned.
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    is_fast_lane = models.BooleanField(default=False, editable=False)
    countersigned_at = models.DateTimeField(null=True, blank=True, editable=False)
    signed_as = models.CharField(_("signed"), max_length=160)
    # One more each time a "later" comes back on its own date: the same people answer again.
    turn = models.PositiveSmallIntegerField(default=1, db_default=1, editable=False)
    prepared_at = models.DateTimeField()
    # When the announcement reached its subject; a large batch is applied in slices.
    applied_at = models.DateTimeField(null=True, blank=True, editable=False)
    batch = models.ForeignKey(AnnouncementBatch, models.PROTECT, related_name="decisions")

    objects = DecisionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="decision_has_text"),
            models.CheckConstraint(
                condition=~models.Q(outcome__in=["declined", "deferred"])
                | (~models.Q(reason="") & ~models.Q(reopening_conditions="")),
                name="decision_no_and_later_say_why",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="deferred") | models.Q(revisit_on__isnull=False),
                name="decision_later_has_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome__in=["accepted", "pilot"])
                | (
                    ~models.Q(measure_owner="")
                    & ~models.Q(first_milestone="")
                    & models.Q(first_milestone_on__isnull=False)
                ),
                name="decision_yes_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=models.Q(is_fast_lane=False) | models.Q(drafted_by__isnull=False),
                name="decision_fast_lane_has_drafter",
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_reference"],
                condition=models.Q(applied_at__isnull=True),
                name="decision_one_in_preparation",
            ),
            # Who answered a subject doesn't answer it again: an appeal or a reopening is heard by somebody else.
            models.UniqueConstraint(
                fields=["subject_kind", "subject_reference", "decided_by", "turn"], name="decision_once_by_each"
            ),
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_reference"], name="decision_subject")]

    def __str__(self):
        return f"{self.subject_kind}:{self.subject_reference} {self.outcome}"

    @property
    def is_announced(self) -> bool:
        """Whether its batch was announced; read with ``select_related("batch")``."""
        return self.batch.announced_at is not None

    @property
    def awaits_countersignature(self) -> bool:
        return self.is_fast_lane and self.countersigned_at is None
