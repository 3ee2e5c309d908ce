"""The study: at least two assessors, a scorecard each, and an owner who closes it."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.directory.models import RoleGrant
from src.directory.viewer import as_viewer
from src.foundations import clock, outbox
from src.workflow.enums import StageKind
from src.workflow.exceptions import TransitionNotAllowed
from src.workflow.returning import standing

from .. import rules, validators
from ..models import Assessment, AssessorSeat
from . import hierarchy
from .steps import move

MIN_ASSESSORS, MAX_ASSESSORS = 2, 5
STUDY_WORKING_DAYS = 20


def start_study(*, idea, actor, assessors, due_on: date | None = None, at=None):
    """Ask two to five assessors to study an idea. Their answers are expected within 20 working days.

    Refuses fewer, more, or people who don't hold the role; and a team made only of the author's line of management.
    """
    people = _checked(assessors, at_least=MIN_ASSESSORS)
    data = {"assessors": people, "due_on": due_on.isoformat() if due_on else None}
    return move(idea, "study", actor=actor, data=data, at=at)


def add_assessors(*, idea, actor, assessors, due_on: date | None = None) -> int:
    """Ask more people while the study lasts, when some stepped aside or are late; how many were new."""
    viewer = as_viewer(actor)
    if not rules.can(viewer, "close_study", idea):
        raise PermissionDenied(_("Only those who follow the study ask assessors."))
    people = _checked(assessors, at_least=1)
    known = set(idea.assessors.values_list("user_id", flat=True))
    fresh = [person for person in people if person.pk not in known]
    if len(known) + len(fresh) > 2 * MAX_ASSESSORS:
        raise ValidationError({"assessors": _("That is too many assessors for one idea.")})
    with transaction.atomic():
        seat_people(idea, fresh, clock.now(), due_on)
        outbox.emit("ideas.assessors", {"reference": idea.reference, "users": [person.pk for person in fresh]})
    return len(fresh)


def seat_assessors(idea, transition, viewer, data, entry) -> None:
    """Effect of the start of a study: one seat for each person asked."""
    due_on = date.fromisoformat(data["due_on"]) if data.get("due_on") else None
    seat_people(idea, data["assessors"], entry.at, due_on)


def assess(
    *,
    idea,
    actor,
    impact_users=None,
    impact_agents=None,
    feasibility=None,
    cost=None,
    delay=None,
    risk_flag: bool = False,
    note: str,
    at=None,
) -> Assessment:
    """Give one's scorecard: five criteria from 0 to 4, empty for "can't say", and a word. Final once given.

    Refuses who wasn't asked, who stepped aside, and the author; the same post twice answers the first one.
    """
    viewer = as_viewer(actor)
    seat = _own_seat(idea, viewer)
    scores = {
        "impact_users": impact_users,
        "impact_agents": impact_agents,
        "feasibility": feasibility,
        "cost": cost,
        "delay": delay,
    }
    for name, score in scores.items():
        if score is not None and not 0 <= int(score) <= 4:
            raise ValidationError({name: _("A score goes from 0 to 4.")})
    try:
        note = validators.clean_statement(note)
    except ValidationError as error:
        raise ValidationError({"note": error})
    card = Assessment(seat=seat, **scores, risk_flag=bool(risk_flag), note=note, submitted_at=at or clock.now())
    try:
        with transaction.atomic():
            card.save(force_insert=True)
    except IntegrityError:
        given = Assessment.objects.get(seat=seat)
        if {**scores, "note": note} == {name: getattr(given, name) for name in (*scores, "note")}:
            return given
        raise TransitionNotAllowed(_("You already gave your assessment: it can't change once given."))
    return card


def decline_seat(*, idea, actor) -> None:
    """Step aside from a study. No reason is asked, so that stepping aside tells nothing."""
    viewer = as_viewer(actor)
    stepped = idea.assessors.filter(
        user_id=viewer.user_id, assessment__isnull=True, idea__stage_kind=StageKind.IN_REVIEW
    ).update(is_declined=True)
    if not stepped:
        raise PermissionDenied(_("You aren't asked to assess this idea."))


def close_study(*, idea, actor, text: str = "", late_text: str = "", at=None):
    """End the study: two assessments are in and nobody is awaited, or the owner says why it ends without them."""
    data = {
        "text": validators.clean_statement(text, required=False, largest=validators.BODY_MAX),
        "late_text": validators.clean_statement(late_text, required=False),
    }
    return move(idea, "close_study", actor=actor, data=data, at=at)


def mark_late(idea, transition, viewer, data, entry) -> None:
    """Effect of the end of a study: those who didn't answer are kept as late, inside."""
    idea.assessors.filter(is_declined=False, assessment__isnull=True).update(is_late=True)


def free_seats(idea, transition, entry) -> None:
    """Undo of the start of a study: those asked by it aren't any more. Refused once one of them has assessed."""
    seats = idea.assessors.filter(asked_at=entry.at)
    if seats.filter(assessment__isnull=False).exists():
        raise TransitionNotAllowed(_("Somebody already gave their assessment: the study goes on."))
    seats.delete()


def await_again(idea, transition, entry) -> None:
    """Undo of the end of a study: those who were counted late are awaited again."""
    idea.assessors.filter(is_late=True).update(is_late=False)


# ----------------------------------------------------------------------------------------------------- guards
def assessors_fit(idea, viewer, data) -> str | None:
    """Guard: at least two of the people asked aren't in the author's line of management."""
    if "assessors" not in data:
        return None
    ids = {person.pk for person in data["assessors"]}
    outside = ids - hierarchy.line_managers(idea, ids) - idea.author_ids
    if len(outside) < MIN_ASSESSORS or ids & idea.author_ids:
        return hierarchy.refuse(idea, viewer, "study")
    return None


def study_ready(idea, viewer, data) -> str | None:
    """Guard: two assessments and nobody awaited, or the owner states who is late and why it goes on.

    Never on the word of the author's line of management alone: what it assessed needs one voice from outside.
    """
    if "late_text" not in data:
        return None
    voices = set(Assessment.objects.filter(seat__idea=idea).values_list("seat__user_id", flat=True))
    if voices and not voices - hierarchy.line_managers(idea, voices):
        return hierarchy.refuse(idea, viewer, "close_study")
    if data["late_text"]:
        return None
    seats = list(idea.assessors.filter(is_declined=False).values_list("assessment__pk", flat=True))
    given = [pk for pk in seats if pk is not None]
    if len(given) >= MIN_ASSESSORS and len(given) == len(seats):
        return None
    return _("Some assessments are missing. Wait for them, or write why the study ends without them.")


def one_question(idea, viewer, data) -> str | None:
    """Guard: the clock is paused for one question during the study, never for two."""
    asked = (StageKind.IN_REVIEW, StageKind.NEEDS_INFO)
    if any((entry.from_kind, entry.to_kind) == asked for entry in standing(idea.journal.order_by("id"))):
        return _("The author was already asked a question during this study: the promised date is paused only once.")
    return None


def conflict_sentence() -> str:
    """The one sentence, whatever the ground: who reads it learns nothing about the author."""
    return _("The rule on conflicts of interest keeps you from scoring this idea, whatever the reason.")


def _own_seat(idea, viewer) -> AssessorSeat:
    if idea.is_of(viewer):
        raise PermissionDenied(_("Nobody assesses their own idea. You can step aside, no reason is asked."))
    seat = idea.assessors.filter(user_id=viewer.user_id, is_declined=False).first()
    if seat is None and idea.conflicts.filter(user_id=viewer.user_id).exists():
        raise PermissionDenied(conflict_sentence())
    if seat is None:
        raise PermissionDenied(_("You aren't asked to assess this idea."))
    if idea.stage_kind != StageKind.IN_REVIEW:
        raise TransitionNotAllowed(_("The study of this idea is over."))
    return seat


def _checked(assessors, *, at_least: int) -> list:
    people = list({person.pk: person for person in assessors}.values())
    if not at_least <= len(people) <= MAX_ASSESSORS:
        raise ValidationError(
            {
                "assessors": _("Choose from %(least)d to %(most)d assessors.")
                % {"least": at_least, "most": MAX_ASSESSORS}
            }
        )
    today = clock.today()
    holders = set(
        RoleGrant.objects.filter(role=Role.INSTRUCTOR, user_id__in=[person.pk for person in people])
        .filter(starts_on__lte=today)
        .exclude(ends_on__lt=today)
        .values_list("user_id", flat=True)
    )
    if any(person.pk not in holders for person in people):
        raise ValidationError({"assessors": _("Choose people who hold the role of assessor.")})
    return people


def seat_people(idea, people, moment, due_on: date | None = None) -> None:
    """One seat for each person, their card expected within 20 working days unless said otherwise. Safe twice."""
    due_on = due_on or clock.add_working_days(timezone.localdate(moment), STUDY_WORKING_DAYS)
    AssessorSeat.objects.bulk_create(
        [AssessorSeat(idea=idea, user=person, asked_at=moment, due_on=due_on) for person in people],
        ignore_conflicts=True,
    )
