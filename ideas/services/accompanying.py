"""A project in its cohort: the mentor who is named, the milestones they validate, the diploma."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock, journal, outbox
from src.participation.rules import can_see_space
from src.workflow.enums import StageKind
from src.workflow.exceptions import TransitionNotAllowed

from .. import rules, validators
from ..models import CohortMilestone, CohortPerson, Idea, Mentorship, MilestoneNote
from . import hierarchy
from .cohorts import in_team
from .steps import move

MENTOR_NAMED = "ideas.mentor_named"
MILESTONES_MOST = 24


@transaction.atomic
def plan_milestones(space, *, steps: list[tuple[date, str]], demo_day: date, actor=None) -> None:
    """Bring a cohort's calendar to these milestones and this demo day, by their names.

    A name kept keeps what mentors wrote of it and takes its new day. Refuses to take away a milestone that a mentor
    has noted, and to add one once a project has graduated (ValidationError). Written in the journal. Safe twice.
    """
    if not 0 < len(steps) <= MILESTONES_MOST:
        raise ValidationError({"milestones": _("Give from one to %(most)d milestones.") % {"most": MILESTONES_MOST}})
    wanted = {name: day for day, name in steps}
    if len(wanted) < len(steps) or _demo_name() in wanted:
        raise ValidationError({"milestones": _("Two milestones have the same name: give each its own.")})
    if demo_day < max(wanted.values()):
        raise ValidationError({"demo_day": _("The demo day comes after the other milestones.")})
    known = {one.name: one for one in CohortMilestone.objects.filter(space=space, is_demo_day=False)}
    if set(wanted) - set(known) and Idea.objects.filter(space=space, stage_kind=StageKind.GRADUATED).exists():
        raise ValidationError({"milestones": _("A project has already graduated: no milestone is added any more.")})
    gone = [one for name, one in known.items() if name not in wanted]
    noted = [one.name for one in gone if one.notes.exists()]
    if noted:
        sentence = _("A mentor has already noted “%(name)s”: it stays.") % {"name": noted[0]}
        raise ValidationError({"milestones": sentence})
    for one in gone:
        one.delete()
    for name, day in wanted.items():
        CohortMilestone.objects.update_or_create(space=space, name=name, defaults={"due_on": day})
    CohortMilestone.objects.update_or_create(
        space=space, is_demo_day=True, defaults={"due_on": demo_day}, create_defaults=_demo(demo_day)
    )
    payload = {"milestones": len(wanted), "demo_day": demo_day.isoformat()}
    journal.record("ideas.cohort.planned", actor=actor, object_ref=f"space:{space.slug}", payload=payload)


def plan_cohort(space, *, actor=None, milestones=(), demo_day: date | None = None) -> None:
    """What the wizard keeps of a new cohort: its milestones and its demo day. Without them it can't be opened yet."""
    if milestones and demo_day:
        plan_milestones(space, steps=list(milestones), demo_day=demo_day, actor=actor)


@transaction.atomic
def name_mentor(*, idea, actor, mentor) -> Mentorship:
    """Say who accompanies a project, or say it again: the mentor is told, and alone notes its milestones.

    By whoever runs the cohort, never for a project of their own. Refuses somebody of the team, of the line of
    management of one of them, or who doesn't see the space (ValidationError), and a project that isn't in its
    cohort (TransitionNotAllowed).
    """
    viewer = as_viewer(actor)
    if not rules.organises(viewer, idea.space) or idea.is_of(viewer) or in_team(idea, viewer.user_id):
        raise PermissionDenied(_("The mentor is named by those who run the cohort, never for their own project."))
    _check_in_cohort(idea)
    refusal = _why_not_mentor(idea, mentor)
    if refusal:
        raise ValidationError({"mentor": refusal})
    known = Mentorship.objects.filter(idea=idea).first()
    if known is not None and known.mentor_id == mentor.pk:
        return known
    values = {"mentor": mentor, "named_by": viewer.user, "since": clock.today()}
    named, _created = Mentorship.objects.update_or_create(idea=idea, defaults=values)
    journal.record("ideas.cohort.mentor", actor=viewer.user, object_ref=f"idea:{idea.reference}")
    outbox.emit(MENTOR_NAMED, {"reference": idea.reference, "mentor": mentor.pk})
    return named


def note_milestone(*, idea, actor, milestone, text: str, is_validated: bool) -> MilestoneNote:
    """Write what a project reached of one milestone, and whether it is validated; again to change it.

    By its mentor alone (PermissionDenied), while the project is in its cohort (TransitionNotAllowed).
    """
    viewer = as_viewer(actor)
    mentorship = Mentorship.objects.filter(idea=idea).first()
    if mentorship is None or viewer.user_id is None or mentorship.mentor_id != viewer.user_id:
        raise PermissionDenied(_("Only the project’s mentor notes what it reaches."))
    _check_in_cohort(idea)
    try:
        text = validators.clean_statement(text)
    except ValidationError as error:
        raise ValidationError({"text": error})
    values = {"text": text, "is_validated": is_validated, "noted_by": viewer.user, "noted_on": clock.today()}
    note, _created = MilestoneNote.objects.update_or_create(idea=idea, milestone=milestone, defaults=values)
    return note


def graduate(*, idea, actor, text: str = "", at=None):
    """Give its diploma to a project whose milestones are all validated; its people and its followers are told."""
    return move(
        idea, "graduation", actor=actor, data={"text": validators.clean_statement(text, required=False)}, at=at
    )


def milestones_validated(idea, viewer, data) -> str | None:
    """Guard: each milestone of the cohort is validated by the mentor, and nobody gives themself a diploma."""
    if viewer is not None and in_team(idea, viewer.user_id):
        return _("You are of this project: somebody else gives it its diploma.")
    milestones = list(CohortMilestone.objects.filter(space=idea.space_id))
    reached = set(MilestoneNote.objects.filter(idea=idea, is_validated=True).values_list("milestone_id", flat=True))
    missing = [one.name for one in milestones if one.pk not in reached]
    if milestones and not missing:
        return None
    if not milestones:
        return _("This cohort has no milestone: plan them first.")
    names = ", ".join(_("“%(name)s”") % {"name": name} for name in missing)
    return _("The mentor hasn’t validated every milestone yet: %(names)s.") % {"names": names}


def _why_not_mentor(idea, mentor) -> str:
    people = list(CohortPerson.objects.filter(idea=idea).values_list("user_id", flat=True))
    if mentor.pk in people:
        return _("A mentor isn’t one of the team: choose somebody else.")
    if any(hierarchy.manages(mentor.pk, pk) for pk in people):
        return _("A mentor isn’t in the line of management of the team: choose somebody else.")
    if not can_see_space(as_viewer(mentor), idea.space):
        return _("This person doesn’t see this space: choose somebody of its circle.")
    return ""


def _check_in_cohort(idea) -> None:
    if idea.stage_kind != StageKind.COHORT:
        raise TransitionNotAllowed(_("This project isn’t in its cohort, or has left it."))


def _demo_name() -> str:
    return _("Demo day")


def _demo(day: date) -> dict:
    return {"due_on": day, "name": _demo_name(), "is_demo_day": True}
