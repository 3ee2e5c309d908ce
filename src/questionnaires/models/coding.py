"""Open answers read with a codebook: themes, texts in a shuffled order, who read what, double readings, history."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from src.foundations.references import new_reference
from src.participation.enums import RemovalReason, Visibility

from ..querysets import CodedTextQuerySet
from .answer import Answer
from .questionnaire import Question, Questionnaire


class Codebook(models.Model):
    """The themes of one text question, opened once it is closed; a reworded question keeps one codebook."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="codebooks")
    # As it was worded last; ``key`` is that of every wording.
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    key = models.CharField(max_length=12)
    # The smallest count told of these answers.
    k = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("codebook")
        verbose_name_plural = _("codebooks")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["questionnaire", "key"], name="codebook_once")]

    def __str__(self):
        return self.question.text


class Theme(models.Model):
    """What some answers speak of, in a sentence two people read alike. Merged, it keeps what was coded with it."""

    codebook = models.ForeignKey(Codebook, models.CASCADE, related_name="themes")
    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    name = models.CharField(pgettext_lazy("theme", "name"), max_length=80)
    definition = models.CharField(_("definition"), max_length=300)
    position = models.PositiveSmallIntegerField()
    example = models.ForeignKey("CodedText", models.SET_NULL, null=True, blank=True, related_name="+")
    # Answers coded with it are read as coded with the other, until it is taken out again.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    # Where its first answers were before it was split off.
    split_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["codebook", "name"], condition=Q(merged_into__isnull=True), name="theme_name_once"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="theme_not_merged_into_itself"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(definition=""), name="theme_has_words"),
        ]

    def __str__(self):
        return self.name


class DoubleReading(models.Model):
    """A drawn sample that two people code, each without seeing the other's, until both say they are done."""

    codebook = models.ForeignKey(Codebook, models.CASCADE, related_name="double_readings")
    first = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    second = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    drawn_at = models.DateTimeField()
    first_done_at = models.DateTimeField(null=True, blank=True)
    second_done_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    # texts, identical, alpha, themes: see ``agreement``; written when both are done, on the themes of that day.
    agreement = models.JSONField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("double reading")
        verbose_name_plural = _("double readings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["codebook"], condition=Q(completed_at__isnull=True), name="double_reading_one_running"
            ),
            models.CheckConstraint(
                condition=Q(first__isnull=True) | Q(second__isnull=True) | ~Q(first=F("second")),
                name="double_reading_by_two",
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True)
                | Q(first_done_at__isnull=False, second_done_at__isnull=False, agreement__isnull=False),
                name="double_reading_done_by_both",
            ),
        ]

    def __str__(self):
        return f"{self.codebook_id}: {self.pk}"


class CodedText(models.Model):
    """An answer as coders meet it: by a random reference, which is also its place; without a date or an author."""

    codebook = models.ForeignKey(Codebook, models.CASCADE, related_name="texts")
    answer = models.OneToOneField(Answer, models.CASCADE, related_name="+")
    reference = models.CharField(max_length=8, unique=True, editable=False)
    # Its stems between spaces: what filters and term statistics read.
    stems = models.TextField(blank=True)
    double_reading = models.ForeignKey(DoubleReading, models.SET_NULL, null=True, blank=True, related_name="texts")
    # Read by an organiser, who says that the circle may read it, without these words.
    shown_at = models.DateTimeField(null=True, blank=True)
    hidden_words = models.JSONField(default=list, blank=True)
    # What the moderation says of it, once its circle reads it.
    visibility = models.CharField(
        max_length=16, choices=Visibility, default=Visibility.SHOWN, db_default=Visibility.SHOWN, editable=False
    )
    removal_reason = models.CharField(max_length=16, choices=RemovalReason, blank=True, db_default="", editable=False)
    # By an organiser, because it names or attacks somebody: nobody reads it any more, until it is brought back.
    set_aside_at = models.DateTimeField(null=True, blank=True, editable=False)
    set_aside_reason = models.CharField(
        max_length=16, choices=RemovalReason, blank=True, db_default="", editable=False
    )

    objects = CodedTextQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answer to read")
        verbose_name_plural = _("answers to read")
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="coded_text_visibility_known"),
            models.CheckConstraint(
                condition=Q(visibility=Visibility.REMOVED) & ~Q(removal_reason="")
                | ~Q(visibility=Visibility.REMOVED) & Q(removal_reason=""),
                name="coded_text_removed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at__isnull=True, set_aside_reason="")
                | Q(set_aside_at__isnull=False, shown_at__isnull=True) & ~Q(set_aside_reason=""),
                name="coded_text_set_aside_says_why",
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def words(self) -> str:
        return str(self.answer.value)


class Slot(models.TextChoices):
    """Which reading of a text: the one that counts, or one of two made apart."""

    FINAL = "final", pgettext_lazy("reading", "The one that counts")
    FIRST = "first", pgettext_lazy("reading", "First reading")
    SECOND = "second", pgettext_lazy("reading", "Second reading")


class Coding(models.Model):
    """One reading of one text: its themes, or that it has none."""

    text = models.ForeignKey(CodedText, models.CASCADE, related_name="codings")
    slot = models.CharField(max_length=8, choices=Slot)
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # Grows at each change: a page made before somebody else's is refused.
    version = models.PositiveIntegerField(default=1)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reading of an answer")
        verbose_name_plural = _("readings of answers")
        constraints = [
            models.UniqueConstraint(fields=["text", "slot"], name="coding_once"),
            models.CheckConstraint(condition=Q(slot__in=Slot.values), name="coding_slot_known"),
        ]

    def __str__(self):
        return f"{self.text_id}: {self.slot}"


class Code(models.Model):
    """One theme given by a reading."""

    coding = models.ForeignKey(Coding, models.CASCADE, related_name="codes")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="codes")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("theme of an answer")
        verbose_name_plural = _("themes of answers")
        constraints = [models.UniqueConstraint(fields=["coding", "theme"], name="code_once")]

    def __str__(self):
        return f"{self.coding_id}: {self.theme_id}"


class Cause(models.TextChoices):
    """Why a reading changed."""

    HAND = "hand", pgettext_lazy("coding", "Read one by one")
    BULK = "bulk", pgettext_lazy("coding", "Several at once")
    SPLIT = "split", pgettext_lazy("coding", "Theme split")
    AGREED = "agreed", pgettext_lazy("coding", "Both readings agree")
    DECISION = "decision", pgettext_lazy("coding", "Decided after two readings")
    UNDO = "undo", pgettext_lazy("coding", "Undone")


class CodingStep(models.Model):
    """One change of one reading, for good: what history tells and what undoing reads."""

    text = models.ForeignKey(CodedText, models.CASCADE, related_name="steps")
    slot = models.CharField(max_length=8, choices=Slot)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    cause = models.CharField(max_length=8, choices=Cause)
    # The same for all that one press of a button changed.
    gesture = models.UUIDField()
    undoes = models.UUIDField(null=True, blank=True)
    # Keys of themes, [] for none of them, null for not read.
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("change of a reading")
        verbose_name_plural = _("changes of readings")
        ordering = ["pk"]
        indexes = [models.Index(fields=["gesture"], name="coding_step_gesture")]

    def __str__(self):
        return f"{self.text_id}: {self.cause}"
