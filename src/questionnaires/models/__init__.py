"""Questionnaires, their revisions and questions; answers; the results told."""

from .answer import Answer, AnswerSet
from .answer_import import AnswerImport, ImportedAnswers
from .questionnaire import Question, Questionnaire, QuestionnaireRevision
from .release import ResultRelease

__all__ = [
    "Answer",
    "AnswerImport",
    "AnswerSet",
    "ImportedAnswers",
    "Question",
    "Questionnaire",
    "QuestionnaireRevision",
    "ResultRelease",
]
