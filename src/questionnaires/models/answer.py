"""One person's answers: a contribution like the others, its author named or sealed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from src.participation.models import AbstractContribution

from ..querysets import AnswerSetQuerySet
from .questionnaire import Question, Questionnaire, QuestionnaireRevision


class AnswerSet(AbstractContribution):
    """What somebody sent, once; it keeps the revision it answers."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="answer_sets")
    revision = models.ForeignKey(QuestionnaireRevision, models.PROTECT, related_name="answer_sets")
    # Category by axis, never finer than k people (``axes.segments_of``), as it was at the sending.
    segments = models.JSONField(
        default=dict, db_default=models.Value({}, models.JSONField()), blank=True, editable=False
    )

    objects = AnswerSetQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta(AbstractContribution.Meta):
        verbose_name = _("answers of a person")
        verbose_name_plural = _("answers of people")
        constraints = [
            *AbstractContribution.Meta.constraints,
            # Somebody who signs answers once; for a sealed author no column could say it.
            models.UniqueConstraint(fields=["questionnaire", "author"], name="answer_set_author_once"),
        ]

    def __str__(self):
        return self.reference


class Answer(models.Model):
    """The answer to one question, in the shape of ``asking``; what was hidden or left blank has no row."""

    answer_set = models.ForeignKey(AnswerSet, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    value = models.JSONField(null=True, blank=True)
    declined = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answer to a question")
        verbose_name_plural = _("answers to questions")
        constraints = [
            models.UniqueConstraint(fields=["answer_set", "question"], name="answer_once"),
            models.CheckConstraint(
                condition=models.Q(declined=True, value__isnull=True) | models.Q(declined=False, value__isnull=False),
                name="answer_given_or_declined",
            ),
        ]

    def __str__(self):
        return f"{self.answer_set_id}: {self.question_id}"
