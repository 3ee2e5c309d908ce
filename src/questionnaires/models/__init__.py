"""Questionnaires, their revisions and questions; answers; the results told."""

from .answer import Answer, AnswerSet
from .frame import StaffFrame
from .outreach import OutreachTask
from .questionnaire import Question, Questionnaire, QuestionnaireRevision
from .release import ResultRelease

__all__ = [
    "Answer",
    "AnswerSet",
    "OutreachTask",
    "Question",
    "Questionnaire",
    "QuestionnaireRevision",
    "ResultRelease",
    "StaffFrame",
]
