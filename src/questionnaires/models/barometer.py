"""A barometer: one questionnaire's questions asked again, edition after edition, and what is concluded from each."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference
from src.participation.models import AbstractFollow

from ..enums import AxisCode
from ..querysets import BarometerQuerySet
from .questionnaire import Questionnaire
from .synthesis import SynthesisFigure


class Barometer(models.Model):
    """A series of editions in one space: its circle reads the trends, its calendar opens each edition."""

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    # One a space: the periods of answers of a space are those of its editions.
    space = models.OneToOneField(
        "participation.Space", models.PROTECT, related_name="barometer", verbose_name=_("space")
    )
    title = models.CharField(_("title"), max_length=140)
    introduction = models.TextField(_("introduction"), blank=True)
    # Those of every edition, for good (trigger): told by other categories, two editions would be read together.
    first_axis = models.CharField(max_length=16, choices=AxisCode, blank=True, default="", editable=False)
    second_axis = models.CharField(max_length=16, choices=AxisCode, blank=True, default="", editable=False)
    created_at = models.DateTimeField()

    objects = BarometerQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("barometer")
        verbose_name_plural = _("barometers")
        ordering = ["-created_at", "pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("questionnaires:barometer", kwargs={"barometer": self.reference})


class TrackedQuestion(models.Model):
    """A question followed from one edition to the next, and the answers whose share is told.

    ``key`` is that of the question in each edition. What is counted doesn't change (trigger): changed, it would be
    another line.
    """

    barometer = models.ForeignKey(Barometer, models.CASCADE, related_name="tracked")
    key = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()
    # Of the core, asked in each edition; or of the optional block of some.
    is_core = models.BooleanField(_("asked in each edition"), default=True)
    # Keys of the answers counted, and their words as they are told.
    counted = models.JSONField()
    counted_words = models.CharField(max_length=400)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("followed question")
        verbose_name_plural = _("followed questions")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["barometer", "key"], name="tracked_question_once")]

    def __str__(self):
        return f"{self.barometer_id}: {self.key}"


class Edition(models.Model):
    """One edition: asked here by its questionnaire, or before Terrain and known by its figures alone."""

    barometer = models.ForeignKey(Barometer, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField(_("number"))
    questionnaire = models.OneToOneField(
        Questionnaire, models.PROTECT, null=True, blank=True, related_name="edition", editable=False
    )
    # Of an edition held elsewhere: when it ended, how many people were asked, how many answered, who says so.
    ended_on = models.DateField(_("last day"), null=True, blank=True)
    asked = models.PositiveIntegerField(_("people asked"), null=True, blank=True)
    answered = models.PositiveIntegerField(_("people who answered"), null=True, blank=True)
    source = models.CharField(_("where the figures come from"), max_length=200, blank=True)
    # When those who follow the barometer were told of its results.
    told_at = models.DateTimeField(null=True, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["barometer", "number"], name="edition_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_number_from_one"),
            # Either asked here, with nothing typed, or typed, with its day, its number and its source.
            models.CheckConstraint(
                condition=Q(questionnaire__isnull=False, answered__isnull=True, ended_on__isnull=True, source="")
                | (Q(questionnaire__isnull=True, answered__isnull=False, ended_on__isnull=False) & ~Q(source="")),
                name="edition_asked_or_typed",
            ),
            models.CheckConstraint(
                condition=Q(asked__isnull=True) | Q(answered__isnull=True) | Q(asked__gte=models.F("answered")),
                name="edition_answered_of_asked",
            ),
        ]

    def __str__(self):
        return self.words

    @property
    def words(self) -> str:
        """« Édition 3 »."""
        return gettext("Edition %(n)d") % {"n": self.number}

    @property
    def is_typed(self) -> bool:
        """Whether it was held elsewhere: its figures were typed, not counted here."""
        return self.questionnaire_id is None


class PastFigure(models.Model):
    """A share of an edition held elsewhere, typed by an organiser; above the smallest number on both sides."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="figures")
    tracked = models.ForeignKey(TrackedQuestion, models.PROTECT, related_name="past")
    # In percent, one decimal at most.
    share = models.DecimalField(_("share"), max_digits=4, decimal_places=1)
    # People this question was asked of.
    number = models.PositiveIntegerField(_("people who answered it"))
    # Asked in other words, or with other answers: told, and the line stops there.
    wording = models.CharField(_("how it was asked"), max_length=400, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("figure of an earlier edition")
        verbose_name_plural = _("figures of earlier editions")
        ordering = ["tracked__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "tracked"], name="past_figure_once"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lt=100), name="past_figure_nobody_alone"),
            # The floor; services ask for k, or for more of sensitive questions.
            models.CheckConstraint(condition=Q(number__gte=10), name="past_figure_of_enough"),
        ]

    def __str__(self):
        return f"{self.edition_id}: {self.share}"


class Finding(models.Model):
    """What an edition calls for: a followed question, or a theme of its published synthesis; measures answer it."""

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="findings")
    tracked = models.ForeignKey(TrackedQuestion, models.PROTECT, null=True, blank=True, related_name="findings")
    theme = models.ForeignKey(SynthesisFigure, models.PROTECT, null=True, blank=True, related_name="findings")
    text = models.CharField(_("what it tells us"), max_length=600)
    written_on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["edition__number", "tracked__position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tracked__isnull=False, theme__isnull=True) | Q(tracked__isnull=True, theme__isnull=False),
                name="finding_of_one_thing",
            ),
            models.UniqueConstraint(fields=["edition", "tracked"], name="finding_question_once"),
            models.UniqueConstraint(fields=["edition", "theme"], name="finding_theme_once"),
        ]

    def __str__(self):
        return self.text[:60]


class BarometerFollow(AbstractFollow):
    """One person's wish to hear of a barometer."""

    barometer = models.ForeignKey(Barometer, models.CASCADE, related_name="follows")

    class Meta:
        verbose_name = _("followed barometer")
        verbose_name_plural = _("followed barometers")
        constraints = [models.UniqueConstraint(fields=["barometer", "user"], name="barometer_follow_once")]
