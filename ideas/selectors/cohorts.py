"""A cohort as people read it: seats left, projects with their people and mentor, milestones; a team as it stands."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from src.directory.models import Unit
from src.directory.viewer import as_viewer
from src.foundations import clock, together
from src.participation.models import Space
from src.workflow.enums import StageKind

from .. import rules
from ..models import CohortMilestone, CohortPerson, Idea, Mentorship, MilestoneNote
from ..services.cohorts import ENTERED, may_release
from .rows import step_label

# Whose seats everybody reads: those of a project that is in the cohort, or graduated from it.
SEATED = (StageKind.COHORT, StageKind.GRADUATED)
# An application answered otherwise asks nothing more of anybody.
OVER = (StageKind.DECLINED, StageKind.DEFERRED, StageKind.WITHDRAWN, StageKind.GRADUATED, StageKind.STOPPED)
# A mentor is reminded of a milestone so long before its day.
NOTED_AHEAD = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Step:
    """A milestone of a project, or of the whole cohort."""

    milestone: CohortMilestone
    is_validated: bool = False
    is_late: bool = False
    text: str = ""
    noted_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Project:
    """A project of the cohort, as everybody of the circle reads it."""

    reference: str
    title: str
    url: str
    step_label: str
    people: list[str]
    mentor: str
    validated: int
    total: int
    is_graduated: bool


@dataclass(frozen=True, kw_only=True)
class DirectionSeats:
    """How many seats of a direction are taken, and left."""

    name: str
    taken: int
    left: int


@dataclass(frozen=True, kw_only=True)
class CohortPage:
    """A cohort: what is public of it, and what the viewer may do."""

    space: Space
    taken: int
    left: int
    directions: list[DirectionSeats]
    projects: list[Project]
    milestones: list[CohortMilestone]
    demo_day: CohortMilestone | None
    may_apply: bool
    may_organise: bool
    mine: list[Idea]


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody an application names, for those who may read the team."""

    user_id: int
    name: str
    post: str
    is_me: bool
    is_author: bool
    has_agreed: bool
    released_from: date | None
    may_release: bool


@dataclass(frozen=True, kw_only=True)
class Team:
    """The people of an application, and what the viewer may do there."""

    members: list[Member]
    may_name: bool
    awaits_me: bool
    may_leave: bool
    seats: int


@dataclass(frozen=True, kw_only=True)
class Accompaniment:
    """A project in its cohort: people, mentor, milestones, and what the viewer may do there."""

    people: list[str]
    mentor: str
    steps: list[Step]
    may_name_mentor: bool
    may_note: bool
    reads_notes: bool
    space: Space


@dataclass(frozen=True, kw_only=True)
class CohortLinks:
    """What the page of an application leads to."""

    space: Space
    may_see_team: bool
    is_accompanied: bool
    asked: bool


def cohort_space(viewer, slug: str) -> Space:
    """The cohort of that address; Space.DoesNotExist when it isn't one, or isn't shown to the viewer."""
    spaces = Space.objects.visible_to(as_viewer(viewer)).select_related("steering_unit")
    return spaces.get(slug=slug, cohort_seats__isnull=False)


def cohort_page(viewer, slug: str) -> CohortPage:
    """The page of a cohort. Seats taken by an answer nobody has announced aren't counted, whoever looks."""
    viewer = as_viewer(viewer)
    space = cohort_space(viewer, slug)
    seated = list(
        CohortPerson.objects.filter(space=space, rank__isnull=False, idea__stage_kind__in=SEATED)
        .select_related("user", "direction")
        .order_by("rank")
    )
    milestones = list(CohortMilestone.objects.filter(space=space))
    return CohortPage(
        space=space,
        taken=len(seated),
        left=max(space.cohort_seats - len(seated), 0),
        directions=_directions(space, seated),
        projects=_projects(viewer, space, seated, len(milestones)),
        milestones=milestones,
        demo_day=next((one for one in milestones if one.is_demo_day), None),
        may_apply=rules.may_propose(viewer, space),
        may_organise=rules.organises(viewer, space),
        mine=_own_applications(viewer, space),
    )


def applications(viewer, space) -> list[tuple[Idea, str, str]]:
    """Applications still to answer, for whoever runs the cohort: each with its step and what its people still owe."""
    ideas = list(
        Idea.objects.visible_to(viewer)
        .filter(space=space, is_imported=False)
        .exclude(stage_kind__in=[*ENTERED, *OVER])
        .order_by("-week", "reference")
    )
    waiting: dict[int, list[CohortPerson]] = {}
    for person in CohortPerson.objects.filter(idea__in=ideas).order_by("pk"):
        waiting.setdefault(person.idea_id, []).append(person)
    return [(idea, step_label(idea), _owes(waiting.get(idea.pk, []))) for idea in ideas]


def team_of(viewer, idea) -> Team:
    """The people of an application; PermissionDenied to whoever has nothing to do with it.

    Its people, their line of management, those who work on it, and who runs the cohort.
    """
    viewer = as_viewer(viewer)
    people = _people(idea)
    released = {person.pk for person in people if may_release(viewer, person, idea)}
    me = next((person for person in people if person.user_id == viewer.user_id), None)
    if not (me or released or idea.roles_of(viewer) or rules.organises(viewer, idea.space)):
        raise PermissionDenied(_("Its people, their managers and those who run the cohort read who applies."))
    is_over = idea.stage_kind in ENTERED
    mine = idea.is_of(viewer)
    return Team(
        members=[
            Member(
                user_id=person.user_id,
                name=person.user.get_full_name(),
                post=_post(person.user),
                is_me=person.user_id == viewer.user_id,
                is_author=person.user_id == idea.author_id,
                has_agreed=person.consented_on is not None,
                released_from=person.released_from,
                may_release=person.pk in released and person.consented_on is not None and not is_over,
            )
            for person in people
        ],
        may_name=mine and rules.takes_people(idea),
        awaits_me=me is not None and not mine and me.consented_on is None and not is_over,
        may_leave=me is not None and not mine and me.consented_on is not None and not is_over,
        seats=idea.space.cohort_seats,
    )


def accompaniment(viewer, idea) -> Accompaniment:
    """A project that is in its cohort, or was; Idea.DoesNotExist before."""
    viewer = as_viewer(viewer)
    if idea.stage_kind not in ENTERED:
        raise Idea.DoesNotExist
    people = _people(idea)
    mentorship = Mentorship.objects.filter(idea=idea).select_related("mentor").first()
    notes = {note.milestone_id: note for note in MilestoneNote.objects.filter(idea=idea)}
    today = clock.today()
    is_there = idea.stage_kind == StageKind.COHORT
    is_mentor = mentorship is not None and mentorship.mentor_id == viewer.user_id
    in_team = any(person.user_id == viewer.user_id for person in people)
    runs = rules.organises(viewer, idea.space)
    reads = is_mentor or in_team or runs or bool(idea.roles_of(viewer))
    steps = []
    for milestone in CohortMilestone.objects.filter(space=idea.space_id):
        note = notes.get(milestone.pk)
        done = note is not None and note.is_validated
        steps.append(
            Step(
                milestone=milestone,
                is_validated=done,
                is_late=not done and is_there and milestone.due_on < today,
                text=note.text if note is not None and reads else "",
                noted_on=note.noted_on if note is not None else None,
            )
        )
    return Accompaniment(
        people=[person.user.get_full_name() for person in people if idea.stage_kind in SEATED],
        mentor=mentorship.mentor.get_full_name() if mentorship else "",
        steps=steps,
        may_name_mentor=is_there and runs and not in_team,
        may_note=is_there and is_mentor,
        reads_notes=reads,
        space=idea.space,
    )


def cohort_links(viewer, idea) -> CohortLinks | None:
    """What the page of an idea says of its cohort; None elsewhere, without a statement."""
    if idea.space.cohort_seats is None or idea.is_imported:
        return None
    viewer = as_viewer(viewer)
    asked = may_see = False
    if viewer.is_authenticated:
        try:
            team = team_of(viewer, idea)
        except PermissionDenied:
            pass
        else:
            may_see, asked = True, team.awaits_me
    return CohortLinks(space=idea.space, may_see_team=may_see, is_accompanied=idea.stage_kind in ENTERED, asked=asked)


@together.reading
def asked_of_me(viewer):
    """What cohorts wait for from the viewer: ("yes" | "release" | "note", application, somebody's name).

    One statement for whoever nothing is asked of, one more otherwise.
    """
    viewer = as_viewer(viewer)
    if not viewer.is_agent:
        return []
    mine = CohortPerson.objects.filter(user_id=viewer.user_id, consented_on__isnull=True)
    today = clock.today()
    validated = MilestoneNote.objects.filter(
        idea_id=OuterRef("idea_id"), milestone_id=OuterRef("idea__space__cohort_milestones__pk"), is_validated=True
    )
    due = Mentorship.objects.filter(
        ~Exists(validated),
        mentor_id=viewer.user_id,
        idea__stage_kind=StageKind.COHORT,
        idea__space__cohort_milestones__due_on__lte=today + NOTED_AHEAD,
    )
    asked, noted, released = yield (
        mine.order_by().values_list("idea_id", flat=True).distinct(),
        due.order_by().values_list("idea_id", flat=True).distinct(),
        _to_release(viewer)
        .order_by()
        .values_list("idea_id", Concat("user__first_name", Value(" "), "user__last_name"))
        .distinct(),
    )
    found = sorted(
        [("yes", idea, "") for idea in asked]
        + [("note", idea, "") for idea in noted]
        + [("release", idea, name) for idea, name in released]
    )
    if not found:
        return []
    wanted = sorted({idea_id for _what, idea_id, _name in found})
    ideas = {idea.pk: idea for idea in (yield Idea.objects.visible_to(viewer).filter(pk__in=wanted))}
    open_ones = {pk: idea for pk, idea in ideas.items() if idea.stage_kind not in OVER}
    return [(what, open_ones[idea_id], name) for what, idea_id, name in found if idea_id in open_ones]


def _to_release(viewer):
    """People who have said yes and whom the viewer manages, in their unit or just below."""
    post = viewer.user.current_affectation
    asked = CohortPerson.objects.filter(consented_on__isnull=False, released_from__isnull=True)
    if post is None or not post.is_manager:
        return asked.none()
    theirs = Q(user__current_affectation__unit_id=post.unit_id)
    theirs |= Q(user__current_affectation__unit__parent_id=post.unit_id)
    return asked.filter(theirs).exclude(user_id=viewer.user_id)


def _people(idea) -> list[CohortPerson]:
    return list(
        CohortPerson.objects.filter(idea=idea).select_related("user__current_affectation__unit").order_by("pk")
    )


def _post(user) -> str:
    post = user.current_affectation
    return ", ".join(filter(None, (post.job_title, post.unit.name))) if post is not None else ""


def _owes(people) -> str:
    silent = sum(person.consented_on is None for person in people)
    bound = sum(person.released_from is None for person in people)
    if silent:
        return _("Somebody hasn’t said yes yet")
    return _("A manager hasn’t said when they are free") if bound else _("Everybody has agreed")


def _directions(space, seated) -> list[DirectionSeats]:
    """Each direction with what it has left; none where directions aren't counted."""
    if space.direction_seats is None:
        return []
    taken: dict[int, int] = {}
    for person in seated:
        taken[person.direction_id] = taken.get(person.direction_id, 0) + 1
    units = Unit.objects.current(clock.today()).directions().order_by("name")
    return [
        DirectionSeats(
            name=unit.name, taken=taken.get(unit.pk, 0), left=max(space.direction_seats - taken.get(unit.pk, 0), 0)
        )
        for unit in units
    ]


def _projects(viewer, space, seated, total: int) -> list[Project]:
    ideas = list(
        Idea.objects.visible_to(viewer)
        .filter(space=space, stage_kind__in=SEATED)
        .select_related("mentorship__mentor")
        .order_by("-week", "reference")
    )
    validated: dict[int, int] = {}
    notes = MilestoneNote.objects.filter(idea__in=ideas, is_validated=True)
    for idea_id in notes.values_list("idea_id", flat=True):
        validated[idea_id] = validated.get(idea_id, 0) + 1
    return [
        Project(
            reference=idea.reference,
            title=idea.title,
            url=idea.get_absolute_url(),
            step_label=step_label(idea),
            people=[person.user.get_full_name() for person in seated if person.idea_id == idea.pk],
            mentor=idea.mentorship.mentor.get_full_name() if hasattr(idea, "mentorship") else "",
            validated=validated.get(idea.pk, 0),
            total=total,
            is_graduated=idea.stage_kind == StageKind.GRADUATED,
        )
        for idea in ideas
    ]


def _own_applications(viewer, space) -> list[Idea]:
    """Applications of the viewer, or that name them."""
    if not viewer.is_authenticated:
        return []
    ideas = Idea.objects.visible_to(viewer).filter(space=space, people__user_id=viewer.user_id)
    return list(ideas.order_by("-week", "reference"))
