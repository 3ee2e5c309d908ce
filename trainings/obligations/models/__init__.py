"""Tables of obligations: what is asked, by which rules, of whom, what was decided about it, and files that come in."""

from .decisions import AbsenceSpan, CountedEarly, Exemption, Extension
from .file import CompletionFile
from .obligation import AssignmentRule, Obligation
from .requirement import Requirement, RequirementPast
from .versions import VersionDecision

__all__ = [
    "AbsenceSpan",
    "AssignmentRule",
    "CompletionFile",
    "CountedEarly",
    "Exemption",
    "Extension",
    "Obligation",
    "Requirement",
    "RequirementPast",
    "VersionDecision",
]
