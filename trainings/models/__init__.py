"""Tracks, their published versions and modules; banks of questions and their revisions; files of lessons."""

from .lesson_file import LessonFile
from .questions import Question, QuestionBank, QuestionRevision
from .track import Track
from .version import Module, ModulePatch, TrackVersion

__all__ = [
    "LessonFile",
    "Module",
    "ModulePatch",
    "Question",
    "QuestionBank",
    "QuestionRevision",
    "Track",
    "TrackVersion",
]
