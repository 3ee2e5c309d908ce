"""The jury of a call: who sits on each idea, and the conflicts of interest that keep somebody from scoring it."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.directory.models import User
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.participation.models import SpaceRoleGrant
from src.workflow.enums import StageKind
from src.workflow.exceptions import TransitionNotAllowed

from ..models import Assessment, ConflictOfInterest
from . import hierarchy
from .steps import move
from .studying import MIN_ASSESSORS, seat_people

Ground = ConflictOfInterest.Ground


def convene(*, idea, actor, at=None):
    """Put an idea before the jury of its space: one seat for each juror, those in conflict of interest left out.

    Refuses when fewer than two jurors may score it, and what a step refuses.
    """
    return move(idea, "jury", actor=actor, data={}, at=at)


def jurors_of(space) -> list[User]:
    """Who holds the role of assessor in the space today, by name."""
    today = clock.today()
    held = SpaceRoleGrant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), space=space, role=Role.INSTRUCTOR, starts_on__lte=today
    )
    people = User.objects.filter(pk__in=held.values("user_id"), is_active=True)
    return list(people.select_related("current_affectation__unit").order_by("last_name", "first_name", "pk"))


def found_conflicts(idea, people) -> dict[int, str]:
    """Account → ground, from what the City knows.

    Of a signed idea: its authors, whoever works in the same unit, the line of management. Of a sealed one, whose
    author nobody may look up: everybody who works in the direction it speaks of, whoever wrote it.
    """
    ids = {person.pk for person in people}
    if idea.is_sealed:
        declared = (idea.site.direction if idea.site_id else None) or idea.direction
        if declared is None:
            return {}
        return {person.pk: Ground.DIRECTION for person in people if _works_under(person, declared.path)}
    found = {pk: Ground.LINE for pk in hierarchy.line_managers(idea, ids)}
    authors = User.objects.filter(pk__in=idea.author_ids).select_related("current_affectation")
    units = {author.current_affectation.unit_id for author in authors if author.current_affectation}
    for person in people:
        if person.current_affectation and person.current_affectation.unit_id in units:
            found[person.pk] = Ground.UNIT
        if person.pk in idea.author_ids:
            found[person.pk] = Ground.OWN
    return found


def jury_fits(idea, viewer, data) -> str | None:
    """Guard: two jurors at least may score the idea."""
    if viewer is None:
        return None
    people = jurors_of(idea.space)
    left = len(people) - len(_excluded(idea, people))
    if left >= MIN_ASSESSORS:
        return None
    return _("Fewer than two jurors may score this idea without a conflict of interest: complete the jury.")


def seat_jury(idea, transition, viewer, data, entry) -> None:
    """Effect of the step that puts an idea before the jury: the conflicts found are written, the others are seated."""
    people = jurors_of(idea.space)
    found = found_conflicts(idea, people)
    ConflictOfInterest.objects.bulk_create(
        [ConflictOfInterest(idea=idea, user_id=pk, ground=found[pk], said_at=entry.at) for pk in sorted(found)],
        ignore_conflicts=True,
    )
    excluded = _excluded(idea, people)
    seat_people(idea, [person for person in people if person.pk not in excluded], entry.at)


@transaction.atomic
def declare_conflict(*, idea, actor) -> None:
    """Say that one has a conflict of interest on an idea one was asked to score. No detail is asked; it stays.

    Refuses who isn't asked, and whoever scored it already (TransitionNotAllowed).
    """
    viewer = as_viewer(actor)
    seat = idea.assessors.filter(user_id=viewer.user_id).first()
    if seat is None or idea.stage_kind != StageKind.IN_REVIEW:
        raise PermissionDenied(_("You aren't asked to assess this idea."))
    try:
        with transaction.atomic():
            ConflictOfInterest.objects.get_or_create(
                idea=idea, user_id=viewer.user_id, defaults={"ground": Ground.DECLARED, "said_at": clock.now()}
            )
    except IntegrityError:
        raise TransitionNotAllowed(_("You already gave your assessment: it can't change once given."))
    idea.assessors.filter(pk=seat.pk).update(is_declined=True)


def in_conflict(idea, viewer) -> bool:
    """Whether a conflict of interest keeps the viewer from scoring the idea. One statement."""
    return viewer.is_authenticated and idea.conflicts.filter(user_id=viewer.user_id).exists()


def _excluded(idea, people) -> set[int]:
    """Found now or said before, and those who gave their card to an earlier jury."""
    ids = {person.pk for person in people}
    said = set(idea.conflicts.filter(user_id__in=ids).values_list("user_id", flat=True))
    return (said | set(found_conflicts(idea, people))) - set(
        Assessment.objects.filter(seat__idea=idea, seat__user_id__in=ids).values_list("seat__user_id", flat=True)
    )


def _works_under(person, path: str) -> bool:
    affectation = person.current_affectation
    return affectation is not None and affectation.unit.path.startswith(path)
