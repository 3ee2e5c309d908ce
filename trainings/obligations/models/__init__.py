"""Tables of obligations: what is asked, by which rules, of whom, and what was decided about it."""

from .decisions import AbsenceSpan, Exemption, Extension
from .obligation import AssignmentRule, Obligation
from .requirement import Requirement, RequirementPast

__all__ = ["AbsenceSpan", "AssignmentRule", "Exemption", "Extension", "Obligation", "Requirement", "RequirementPast"]
