"""Banks of questions; each change of a question is a new revision, so that an answer is graded by what was shown."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.publishing.fields import PaletteField

from ..blocks import questions_palette
from ..enums import QuestionKind
from ..querysets import QuestionQuerySet


class QuestionBank(models.Model):
    """Questions that quizzes draw from, as editors write them."""

    slug = models.SlugField(_("identifier"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=140)
    questions = PaletteField(questions_palette(), verbose_name=_("questions"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")
        ordering = ["title", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(title="") & ~Q(slug=""), name="bank_has_a_name")]

    def __str__(self):
        return self.title


class Question(models.Model):
    """One question of a bank, whatever its words become."""

    bank = models.ForeignKey(QuestionBank, models.PROTECT, related_name="rows")
    stable_key = models.UUIDField(unique=True, editable=False)
    category = models.CharField(max_length=80)
    # Retired questions are drawn no more; attempts that showed them keep them.
    retired = models.BooleanField(default=False)
    current = models.ForeignKey(
        "trainings.QuestionRevision", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = QuestionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("question of a bank")
        verbose_name_plural = _("questions of banks")
        ordering = ["bank", "category", "pk"]
        indexes = [models.Index(fields=["bank", "category", "retired"], name="questions_to_draw")]
        constraints = [models.CheckConstraint(condition=~Q(category=""), name="question_has_a_category")]

    def __str__(self):
        return f"{self.bank_id}:{self.stable_key}"


class QuestionRevision(models.Model):
    """The words, answers, reason and source of a question from one day to the next. Never changed nor removed."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(editable=False)
    kind = models.CharField(max_length=10, choices=QuestionKind, editable=False)
    content = models.JSONField(editable=False)
    content_sha256 = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("revision of a question")
        verbose_name_plural = _("revisions of questions")
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="question_revision_once"),
            models.CheckConstraint(condition=Q(kind__in=QuestionKind.values), name="question_revision_kind_known"),
            models.CheckConstraint(
                condition=Q(content_sha256__regex=r"^[0-9a-f]{64}$"), name="question_revision_has_its_hash"
            ),
        ]

    def __str__(self):
        return self.content["text"]
