"""Who may prepare, countersign, announce and see a decision."""

from src.directory.enums import Role
from src.directory.viewer import as_viewer

from . import registry
from .models import Decision

# Who may draft an answer of the fast lane for a unit.
DRAFTERS = (Role.IDEA_CORRESPONDENT, Role.INSTRUCTOR, Role.DELEGATE, Role.DECISION_MAKER)


def holds_decision(viewer, unit_path: str, *, is_fast_lane: bool = False) -> bool:
    """Whether the person decides for this unit; its delegate does too for the fast lane. Deputies count."""
    if viewer.has_role(Role.DECISION_MAKER, unit_path=unit_path):
        return True
    return is_fast_lane and viewer.has_role(Role.DELEGATE, unit_path=unit_path)


def can_decide(user, unit, subject_kind: str, reference: str, *, is_fast_lane: bool = False, subject=None) -> bool:
    """Whether the person may decide on the subject for the unit: the role there, and not their own contribution."""
    viewer = as_viewer(user)
    if not viewer.is_authenticated or not holds_decision(viewer, unit.path, is_fast_lane=is_fast_lane):
        return False
    return not registry.is_author(subject_kind, reference, viewer, subject)


def can_draft(user, unit, subject_kind: str, reference: str, *, subject=None) -> bool:
    """Whether the person may draft an answer of the fast lane, that somebody else countersigns."""
    viewer = as_viewer(user)
    if not any(viewer.has_role(role, unit_path=unit.path) for role in DRAFTERS):
        return False
    return not registry.is_author(subject_kind, reference, viewer, subject)


def can_countersign(user, decision: Decision) -> bool:
    """Whether the person may countersign: the delegate or a decision-maker of the unit, who didn't draft it."""
    viewer = as_viewer(user)
    if not decision.is_fast_lane or decision.drafted_by_id == viewer.user_id:
        return False
    return can_decide(viewer, decision.unit, decision.subject_kind, decision.subject_reference, is_fast_lane=True)


def can_see_decision(user, decision: Decision) -> bool:
    """The same answer as ``Decision.objects.visible_to``, for one decision."""
    viewer = as_viewer(user)
    if decision.is_announced:
        references = registry.visible_subjects().get(decision.subject_kind)
        return references is not None and references(viewer).filter(reference=decision.subject_reference).exists()
    if not viewer.is_authenticated:
        return False
    if holds_decision(viewer, decision.unit.path, is_fast_lane=decision.is_fast_lane):
        return True
    return decision.is_fast_lane and decision.drafted_by_id == viewer.user_id
