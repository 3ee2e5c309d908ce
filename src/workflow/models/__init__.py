"""Processes, their adoptions, and the abstract tables of what they move."""

from .adoption import Adoption
from .process import Process, Stage, Transition
from .subject import AbstractJournalEntry, WorkflowSubject

__all__ = ["AbstractJournalEntry", "Adoption", "Process", "Stage", "Transition", "WorkflowSubject"]
