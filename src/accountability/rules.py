"""Who may prepare, countersign, announce and see a decision; who may run, stop and confirm a measure."""

from django.db.models import Q

from src.directory.enums import AccountKind, Role
from src.directory.models import RoleGrant, User
from src.directory.viewer import as_viewer
from src.foundations import clock

from . import registry
from .models import Decision, Measure, Plan, ReplySignature

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
    return not registry.has_interest(subject_kind, reference, viewer, subject)


def can_draft(user, unit, subject_kind: str, reference: str, *, subject=None) -> bool:
    """Whether the person may draft an answer of the fast lane, that somebody else countersigns."""
    viewer = as_viewer(user)
    if not any(viewer.has_role(role, unit_path=unit.path) for role in DRAFTERS):
        return False
    return not registry.has_interest(subject_kind, reference, viewer, subject)


def answers_for(viewer, unit) -> bool:
    """Whether the person answers for the unit: they decide there, stand for its direction, or steer its ideas."""
    return any(viewer.has_role(role, unit_path=unit.path) for role in ANSWERERS)


def can_meet_condition(user, unit, subject_kind: str, reference: str, *, subject=None) -> bool:
    """Whether the person may say that a condition is met: they answer for the unit, and didn't write the subject."""
    viewer = as_viewer(user)
    if not viewer.is_agent or unit is None or not answers_for(viewer, unit):
        return False
    return not registry.has_interest(subject_kind, reference, viewer, subject)


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


def may_work_on_measures(user, has_own: bool | None = None) -> bool:
    """Whether the workshop of measures has anything to say to the person: a role there, or a measure of theirs.

    ``has_own`` spares a statement to whoever knows already whether one is in their hands.
    """
    viewer = as_viewer(user)
    if not viewer.is_authenticated:
        return False
    roles = (Role.ADMINISTRATOR, Role.DECISION_MAKER, Role.IDEA_CORRESPONDENT)
    if any(viewer.has_role(role) for role in roles):
        return True
    return Measure.objects.filter(owner_id=viewer.user_id).exists() if has_own is None else has_own


def may_adopt(user) -> bool:
    """Whether the person takes measures in hand for some unit; the service asks for which."""
    viewer = as_viewer(user)
    return viewer.has_role(Role.ADMINISTRATOR) or viewer.has_role(Role.DECISION_MAKER)


def may_prepare_plans(user) -> bool:
    """Whether the person prepares plans for some unit; the service asks for which."""
    viewer = as_viewer(user)
    return viewer.is_authenticated and (viewer.has_role(Role.ADMINISTRATOR) or viewer.has_role(Role.DECISION_MAKER))


def follows_plans(user, unit) -> bool:
    """Whether the person prepares the plans that this unit follows: who decides for it, an administrator."""
    viewer = as_viewer(user)
    return viewer.is_authenticated and holds_measures(viewer, unit)


def can_follow_plan(user, plan: Plan) -> bool:
    """Whether the person composes the plan, publishes it and writes its yearly report."""
    return follows_plans(user, plan.unit)


def can_sign_report(user, plan: Plan) -> bool:
    """Whether the person freezes and signs its yearly report: who decides for its unit (deputies count), in person."""
    viewer = as_viewer(user)
    return viewer.is_authenticated and viewer.has_role(Role.DECISION_MAKER, unit_path=plan.unit.path)


def officials_for(unit) -> list[User]:
    """Who was elected and may sign for a unit, by name; one statement. In person: an absent official is replaced by
    asking another one."""
    today = clock.today()
    above = [int(part) for part in unit.path.split("/") if part]
    grants = RoleGrant.objects.filter(
        Q(unit__isnull=True) | Q(unit_id__in=above),
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        role=Role.ELECTED_OFFICIAL,
        starts_on__lte=today,
    )
    elected = User.objects.filter(pk__in=grants.values("user_id"), is_active=True, kind=AccountKind.EXTERNAL)
    return list(elected.order_by("last_name", "first_name", "pk"))


def is_official(user) -> bool:
    """Whether the person was elected, and isn't an agent: the page before the Council is theirs."""
    viewer = as_viewer(user)
    return viewer.is_authenticated and not viewer.is_agent and viewer.has_role(Role.ELECTED_OFFICIAL)


def can_sign_reply(user, signature: ReplySignature) -> bool:
    """Whether the person is the official it was asked of, and still holds the role for the unit."""
    viewer = as_viewer(user)
    if not is_official(viewer) or signature.official_id != viewer.user_id:
        return False
    return viewer.has_role(Role.ELECTED_OFFICIAL, unit_path=signature.decision.unit.path)
