"""Processes, and the abstract tables of what they move."""

from .process import Process, Stage, Transition
from .subject import AbstractJournalEntry, WorkflowSubject

__all__ = ["AbstractJournalEntry", "Process", "Stage", "Transition", "WorkflowSubject"]
