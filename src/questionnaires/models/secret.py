"""Secret answers: who answered is known; what they answered is sealed, and nothing leads from one to the other."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .questionnaire import Questionnaire


class SealingKey(models.Model):
    """What closes and opens the sealed answers of one questionnaire; made when its questions are published.

    ``locked`` is the half that opens, itself under a key outside the database; emptied once the answers are opened.
    """

    questionnaire = models.OneToOneField(Questionnaire, models.CASCADE, primary_key=True, related_name="sealing_key")
    public = models.BinaryField()
    locked = models.BinaryField(null=True)
    # Bytes every sealed content is padded to: the largest possible answers, whatever is answered.
    size = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("sealing key of a questionnaire")
        verbose_name_plural = _("sealing keys of questionnaires")

    def __str__(self):
        return str(self.questionnaire_id)


class AnswerRoll(models.Model):
    """Who answered a questionnaire of secret answers: once, and nothing else. Empty of a person who left."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="roll")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("person who answered")
        verbose_name_plural = _("roll of those who answered")
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "person"], name="answer_roll_once"),
        ]

    def __str__(self):
        return str(self.questionnaire_id)


class SealedAnswers(models.Model):
    """One person's answers, closed: one length a questionnaire, no date, no column that leads to anybody.

    Written in the transaction of the roll, so beside it: whoever pairs the two holds a box they can't open. The rows
    go when the answers are opened.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="sealed_answers")
    ciphertext = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("sealed answers of a person")
        verbose_name_plural = _("sealed answers of people")

    def __str__(self):
        return str(self.pk)
