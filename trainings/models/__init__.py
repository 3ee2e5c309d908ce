"""Tracks, their published versions and modules; banks of questions and their revisions; files of lessons."""

from .media import Media
from .questions import Question, QuestionBank, QuestionRevision
from .track import Track
from .version import Module, ModulePatch, TrackVersion

__all__ = ["Media", "Module", "ModulePatch", "Question", "QuestionBank", "QuestionRevision", "Track", "TrackVersion"]
