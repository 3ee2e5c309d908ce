"""Who may prepare, countersign, announce and see a decision; who may run, stop and confirm a measure."""

from src.directory.enums import Role
from src.directory.viewer import as_viewer

from . import registry
from .models import Decision, Measure

# Who may draft an answer of the fast lane for a unit.
DRAFTERS = (Role.IDEA_CORRESPONDENT, Role.INSTRUCTOR, Role.DELEGATE, Role.DECISION_MAKER)

# Who answers for a unit beside those who study: they say that a condition of an answer is met.
ANSWERERS = (Role.DECISION_MAKER, Role.DELEGATE, Role.IDEA_CORRESPONDENT)


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


def answers_for(viewer, unit) -> bool:
    """Whether the person answers for the unit: they decide there, stand for its direction, or steer its ideas."""
    return any(viewer.has_role(role, unit_path=unit.path) for role in ANSWERERS)


def can_meet_condition(user, unit, subject_kind: str, reference: str, *, subject=None) -> bool:
    """Whether the person may say that a condition is met: they answer for the unit, and didn't write the subject."""
    viewer = as_viewer(user)
    if not viewer.is_agent or unit is None or not answers_for(viewer, unit):
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


def _path(measure: Measure) -> str:
    return measure.unit.path if measure.unit_id else ""


def _decides_on(viewer, measure: Measure) -> bool:
    """The administrator puts right what has no unit of the city yet; a decision-maker what is their branch's."""
    if viewer.has_role(Role.ADMINISTRATOR):
        return True
    return measure.unit_id is not None and viewer.has_role(Role.DECISION_MAKER, unit_path=_path(measure))


def can_run_measure(user, measure: Measure) -> bool:
    """Whether the person gives its news, moves it and says it is done: its named owner, the decision-maker of its
    unit (deputies count), an administrator."""
    viewer = as_viewer(user)
    if not viewer.is_authenticated:
        return False
    return measure.owner_id == viewer.user_id or _decides_on(viewer, measure)


def can_stop_measure(user, measure: Measure) -> bool:
    """Whether the person may stop it: who decides for its unit, an administrator; its owner alone may not."""
    viewer = as_viewer(user)
    return viewer.is_authenticated and _decides_on(viewer, measure)


def can_confirm_measure(user, measure: Measure) -> bool:
    """Whether the person's word may confirm it: a correspondent of its branch who neither did it nor runs it."""
    viewer = as_viewer(user)
    if not viewer.is_authenticated or viewer.user_id in (measure.delivered_by_id, measure.owner_id):
        return False
    return measure.unit_id is not None and viewer.has_role(Role.IDEA_CORRESPONDENT, unit_path=_path(measure))


def holds_measures(viewer, unit) -> bool:
    """Whether the person takes measures in hand for a unit."""
    return viewer.has_role(Role.ADMINISTRATOR) or viewer.has_role(Role.DECISION_MAKER, unit_path=unit.path)


def may_work_on_measures(user) -> bool:
    """Whether the workshop of measures has anything to say to the person: a role there, or a measure of theirs."""
    viewer = as_viewer(user)
    if not viewer.is_authenticated:
        return False
    roles = (Role.ADMINISTRATOR, Role.DECISION_MAKER, Role.IDEA_CORRESPONDENT)
    return any(viewer.has_role(role) for role in roles) or Measure.objects.filter(owner_id=viewer.user_id).exists()


def may_adopt(user) -> bool:
    """Whether the person takes measures in hand for some unit; the service asks for which."""
    viewer = as_viewer(user)
    return viewer.has_role(Role.ADMINISTRATOR) or viewer.has_role(Role.DECISION_MAKER)
