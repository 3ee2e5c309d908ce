"""Questionnaires, their revisions and questions; answers; the results told."""

from .answer import Answer, AnswerSet
from .questionnaire import Question, Questionnaire, QuestionnaireRevision
from .release import ResultRelease

__all__ = ["Answer", "AnswerSet", "Question", "Questionnaire", "QuestionnaireRevision", "ResultRelease"]
