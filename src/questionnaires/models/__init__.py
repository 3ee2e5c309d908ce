"""Questionnaires, their revisions and questions; answers; results told; open answers coded; syntheses."""

from .answer import Answer, AnswerSet
from .coding import Cause, Code, Codebook, CodedText, Coding, CodingStep, DoubleReading, Slot, Theme
from .day import AnswerDay
from .questionnaire import Question, Questionnaire, QuestionnaireRevision
from .release import ResultRelease
from .secret import AnswerRoll, SealedAnswers, SealingKey
from .synthesis import (
    Citation,
    FigureText,
    Synthesis,
    SynthesisChapter,
    SynthesisFigure,
    SynthesisParagraph,
    SynthesisTable,
)

__all__ = [
    "Answer",
    "AnswerDay",
    "AnswerRoll",
    "AnswerSet",
    "Cause",
    "Citation",
    "Code",
    "Codebook",
    "CodedText",
    "Coding",
    "CodingStep",
    "DoubleReading",
    "FigureText",
    "Question",
    "Questionnaire",
    "QuestionnaireRevision",
    "ResultRelease",
    "SealedAnswers",
    "SealingKey",
    "Slot",
    "Synthesis",
    "SynthesisChapter",
    "SynthesisFigure",
    "SynthesisParagraph",
    "SynthesisTable",
    "Theme",
]
