"""Questionnaires, their revisions and questions; answers; the results told; open answers coded; syntheses."""

from .answer import Answer, AnswerSet
from .coding import Cause, Code, Codebook, CodedText, Coding, CodingStep, DoubleReading, Slot, Theme
from .questionnaire import Question, Questionnaire, QuestionnaireRevision
from .release import ResultRelease
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
    "Slot",
    "Synthesis",
    "SynthesisChapter",
    "SynthesisFigure",
    "SynthesisParagraph",
    "SynthesisTable",
    "Theme",
]
