"""A measure: what an announced yes becomes, until the ground confirms it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference

from ..enums import RUNNING, Confirmation, MeasureStatus, Reason
from ..querysets import MeasureQuerySet


def _account(verbose_name=None, *, on_delete=models.PROTECT):
    """Somebody who acted in the exercise of a function: their act stays, as a decision does."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete, null=True, blank=True, related_name="+", verbose_name=verbose_name
    )


class Measure(models.Model):
    """An action that was decided, with somebody responsible, dates and news. Only services change it.

    Born of an announced decision, or brought in from another platform. ``heard_on`` is the day from which ninety
    days of silence are counted; empty, nobody owes news: an imported measure that no owner adopted.
    """

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    title = models.CharField(_("title"), max_length=300)
    changes = models.TextField(_("what it changes"), blank=True)
    is_trial = models.BooleanField(default=False, editable=False)
    status = models.CharField(
        _("state"), max_length=16, choices=MeasureStatus, default=MeasureStatus.PLANNED, db_index=True
    )
    # The year it was decided; the public list filters on it.
    year = models.PositiveSmallIntegerField(_("year"), db_index=True)
    theme = models.CharField(_("theme"), max_length=120, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    # Who is responsible: a unit of the city, or only its name in what comes from another platform.
    unit = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    direction = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    direction_label = models.CharField(max_length=200, blank=True)
    pilots = models.ManyToManyField("directory.Unit", blank=True, related_name="+", verbose_name=_("with"))
    owner = _account(_("named person in charge"), on_delete=models.SET_NULL)
    owner_label = models.CharField(_("who does it"), max_length=160, blank=True)
    budget = models.PositiveBigIntegerField(_("budget, in euros"), null=True, blank=True)
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    due_on = models.DateField(_("planned end"), null=True, blank=True)
    # It changes somebody's working day: people drawn by lot on the ground confirm it; otherwise a photo and a word.
    changes_daily_work = models.BooleanField(_("changes the working day of colleagues"), default=True)
    # What carries it, when a room of the house does: a module of a training, by its key.
    carrier_kind = models.CharField(max_length=20, blank=True, editable=False)
    carrier_reference = models.CharField(max_length=60, blank=True, editable=False)
    # Where it changes something: the colleagues of these units may be drawn.
    perimeter = models.ManyToManyField("directory.Unit", blank=True, related_name="+", verbose_name=_("where"))
    created_on = models.DateField()
    # Empty: its words aren't read again for everybody yet; agents who see where it comes from see it.
    published_on = models.DateField(null=True, blank=True)
    heard_on = models.DateField(null=True, blank=True)
    news_on = models.DateField(null=True, blank=True)

    delivered_on = models.DateField(null=True, blank=True)
    delivered_by = _account()
    delivered_proof = models.TextField(_("what proves it"), blank=True)
    confirmation = models.CharField(max_length=8, choices=Confirmation, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    confirmed_by = _account()
    confirmation_text = models.TextField(blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    stopped_by = _account()
    stop_reason = models.CharField(_("reason"), max_length=16, choices=Reason, blank=True)
    stop_text = models.TextField(_("why it stops"), blank=True)
    stop_signed_as = models.CharField(max_length=160, blank=True)

    import_batch = models.ForeignKey(
        "accountability.MeasureImport", models.PROTECT, null=True, blank=True, related_name="measures", editable=False
    )
    import_key = models.CharField(max_length=120, blank=True, editable=False)
    adopted_on = models.DateField(null=True, blank=True, editable=False)

    objects = MeasureQuerySet.as_manager()
    wagtail_reference_index_ignore = True
    SILENCE = timedelta(days=90)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="measure_has_title"),
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False) | ~models.Q(direction_label=""), name="measure_has_owner"
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["delivered", "verified"])
                | (models.Q(delivered_on__isnull=False) & ~models.Q(delivered_proof=""))
                | models.Q(import_batch__isnull=False),
                name="measure_done_with_proof",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="verified")
                | (models.Q(verified_on__isnull=False) & models.Q(confirmation__in=["sample", "word"])),
                name="measure_confirmed_somehow",
            ),
            models.CheckConstraint(
                condition=~models.Q(confirmation="word") | models.Q(confirmed_by__isnull=False),
                name="measure_word_is_somebodys",
            ),
            # Nobody closes their own measure.
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | models.Q(delivered_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("delivered_by")),
                name="measure_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="stopped")
                | (
                    ~models.Q(stop_text="")
                    & (models.Q(stopped_on__isnull=False) | models.Q(import_batch__isnull=False))
                ),
                name="measure_stop_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(carrier_kind="", carrier_reference="")
                | (~models.Q(carrier_kind="") & ~models.Q(carrier_reference="")),
                name="measure_carrier_whole",
            ),
            models.UniqueConstraint(
                fields=["import_key"], condition=~models.Q(import_key=""), name="measure_import_once"
            ),
        ]
        indexes = [
            models.Index(fields=["-year", "reference"], name="measure_public_order"),
            models.Index(fields=["direction", "status"], name="measure_direction_status"),
            models.Index(fields=["status", "heard_on"], name="measure_silence"),
            models.Index(
                fields=["carrier_kind", "carrier_reference"],
                condition=~models.Q(carrier_kind=""),
                name="measures_of_a_carrier",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/engagements/{self.reference}/"

    @property
    def is_published(self) -> bool:
        return self.published_on is not None

    @property
    def is_running(self) -> bool:
        return self.status in RUNNING

    @property
    def is_imported(self) -> bool:
        return self.import_batch_id is not None

    @property
    def is_waiting(self) -> bool:
        """Brought in, and nobody took it in hand: nothing is owed."""
        return self.is_imported and self.adopted_on is None

    def silent_days(self, on) -> int:
        """Days since anybody was told anything; 0 while the ninety days run, and once nobody owes news."""
        if not self.is_running or self.heard_on is None:
            return 0
        days = (on - self.heard_on).days
        return days if days > self.SILENCE.days else 0

    def is_silent(self, on) -> bool:
        """*Sans nouvelles*, on the day ``on``; the same answer as ``Measure.objects.silent``."""
        return self.silent_days(on) > 0


class MeasureOrigin(models.Model):
    """Where a measure comes from: a subject that was answered, or words for what isn't on the platform."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="origins")
    subject_kind = models.CharField(max_length=32)
    subject_reference = models.CharField(max_length=16, blank=True)
    label = models.CharField(_("where it comes from"), max_length=200, blank=True)
    decision = models.OneToOneField(
        "accountability.Decision", models.PROTECT, null=True, blank=True, related_name="measure_origin"
    )
    # "Born of an idea of …": only if the author, who signed it, asked for it.
    credit = models.CharField(max_length=160, blank=True)
    # Those who signed with them and asked for it too, each for themself.
    co_credit = models.TextField(blank=True, default="", db_default="")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("origin of a measure")
        verbose_name_plural = _("origins of measures")
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "subject_kind", "subject_reference", "label"], name="measure_origin_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(subject_reference="") | ~models.Q(label=""), name="measure_origin_says_what"
            ),
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_reference"], name="measure_origin_subject")]

    @property
    def credited(self) -> str:
        """Everybody whose idea it says it was."""
        return " ; ".join(name for name in (self.credit, self.co_credit) if name)


class Milestone(models.Model):
    """One step of a measure: its planned day, and the day it was done, which no longer changes."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="milestones")
    title = models.CharField(_("step"), max_length=240)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("step of a measure")
        verbose_name_plural = _("steps of measures")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(planned_on__isnull=False) | models.Q(done_on__isnull=False),
                name="milestone_has_a_day",
            ),
            models.UniqueConstraint(fields=["measure", "title"], name="milestone_once"),
        ]

    def is_missed(self, on) -> bool:
        return self.done_on is None and self.planned_on < on


class Indicator(models.Model):
    """The figure a measure is followed by: "seen on the ground" isn't "it worked"."""

    measure = models.OneToOneField(Measure, models.CASCADE, related_name="indicator")
    name = models.CharField(_("what is counted"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    method = models.CharField(_("how it is counted"), max_length=300, blank=True)
    baseline = models.DecimalField(_("at the beginning"), max_digits=14, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("aim"), max_digits=14, decimal_places=2, null=True, blank=True)
    value = models.DecimalField(_("today"), max_digits=14, decimal_places=2, null=True, blank=True)
    measured_on = models.DateField(_("measured on"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("indicator of a measure")
        verbose_name_plural = _("indicators of measures")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(value__isnull=True) | models.Q(measured_on__isnull=False),
                name="indicator_value_has_a_day",
            ),
        ]
