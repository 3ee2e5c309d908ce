"""Questionnaires and their questions; answers, sent, sealed or brought in; results told; open answers read."""

from .answer import Answer, AnswerSet
from .answer_import import AnswerImport, ImportedAnswers
from .barometer import Barometer, BarometerFollow, Edition, Finding, PastFigure, TrackedQuestion
from .coding import Cause, Code, Codebook, CodedText, Coding, CodingStep, DoubleReading, Slot, Theme
from .day import AnswerDay
from .frame import StaffFrame
from .outreach import OutreachTask
from .questionnaire import Question, Questionnaire, QuestionnaireRevision
from .quote import QuoteAppeal, QuoteCase, QuoteReport
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
    "AnswerImport",
    "AnswerRoll",
    "AnswerSet",
    "Barometer",
    "BarometerFollow",
    "Cause",
    "Citation",
    "Code",
    "Codebook",
    "CodedText",
    "Coding",
    "CodingStep",
    "DoubleReading",
    "Edition",
    "FigureText",
    "Finding",
    "ImportedAnswers",
    "OutreachTask",
    "PastFigure",
    "Question",
    "Questionnaire",
    "QuestionnaireRevision",
    "QuoteAppeal",
    "QuoteCase",
    "QuoteReport",
    "ResultRelease",
    "SealedAnswers",
    "SealingKey",
    "Slot",
    "StaffFrame",
    "Synthesis",
    "SynthesisChapter",
    "SynthesisFigure",
    "SynthesisParagraph",
    "SynthesisTable",
    "Theme",
    "TrackedQuestion",
]
