"""Questionnaires, their revisions and questions; answers, signed, protected or sealed; the results told."""

from .answer import Answer, AnswerSet
from .questionnaire import Question, Questionnaire, QuestionnaireRevision
from .release import ResultRelease
from .secret import AnswerRoll, SealedAnswers, SealingKey

__all__ = [
    "Answer",
    "AnswerRoll",
    "AnswerSet",
    "Question",
    "Questionnaire",
    "QuestionnaireRevision",
    "ResultRelease",
    "SealedAnswers",
    "SealingKey",
]
