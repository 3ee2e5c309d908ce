"""Questionnaires, their revisions and questions; answers, signed, protected or sealed; the results told."""

from .answer import Answer, AnswerSet
from .day import AnswerDay
from .questionnaire import Question, Questionnaire, QuestionnaireRevision
from .release import ResultRelease
from .secret import AnswerRoll, SealedAnswers, SealingKey

__all__ = [
    "Answer",
    "AnswerDay",
    "AnswerRoll",
    "AnswerSet",
    "Question",
    "Questionnaire",
    "QuestionnaireRevision",
    "ResultRelease",
    "SealedAnswers",
    "SealingKey",
]
