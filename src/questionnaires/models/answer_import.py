"""A file of answers gathered elsewhere, brought in as a batch that is taken away whole."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference

from ..enums import ImportState
from ..querysets import AnswerImportQuerySet
from .answer import AnswerSet
from .questionnaire import Questionnaire, QuestionnaireRevision


class AnswerImport(models.Model):
    """One file: encrypted while somebody says what its columns mean, gone once it is brought in."""

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="imports")
    revision = models.ForeignKey(QuestionnaireRevision, models.PROTECT, related_name="+")
    # Where the answers were gathered, in the organiser's words.
    source = models.CharField(_("where the answers come from"), max_length=140)
    state = models.CharField(max_length=16, choices=ImportState, default=ImportState.MAPPING)
    ciphertext = models.BinaryField(null=True, editable=False)
    # What its columns are called, as a digest: the next file of the same shape takes up what was said of this one.
    shape = models.CharField(max_length=32, blank=True, default="", db_default="", editable=False)
    # columns: target → column; values: target → word → answer.
    meaning = models.JSONField(default=dict, blank=True)
    brought_in = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AnswerImportQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("file of answers")
        verbose_name_plural = _("files of answers")
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=ImportState.values), name="answer_import_state_known"),
            # The file stays no longer than it is needed.
            models.CheckConstraint(
                condition=models.Q(state=ImportState.MAPPING, ciphertext__isnull=False)
                | ~models.Q(state=ImportState.MAPPING) & models.Q(ciphertext__isnull=True),
                name="answer_import_file_until_in",
            ),
        ]

    def __str__(self):
        return self.source

    @property
    def is_waiting(self) -> bool:
        return self.state == ImportState.MAPPING

    @property
    def is_in(self) -> bool:
        return self.state == ImportState.IN


class ImportedAnswers(models.Model):
    """Which file an answer set came from."""

    answer_import = models.ForeignKey(AnswerImport, models.CASCADE, related_name="imported")
    answer_set = models.OneToOneField(AnswerSet, models.CASCADE, related_name="imported")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answers from a file")
        verbose_name_plural = _("answers from files")

    def __str__(self):
        return f"{self.answer_import_id}: {self.answer_set_id}"
