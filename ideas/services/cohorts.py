"""The people of an application: who says yes, from which day they are free, and the seats of the cohort they take."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.accountability.enums import Outcome
from src.directory.models import Affectation
from src.directory.viewer import as_viewer
from src.foundations import clock, outbox
from src.participation.limits import why_not_propose
from src.participation.models import Space
from src.participation.rules import takes_part
from src.participation.services import supports
from src.workflow.enums import StageKind
from src.workflow.exceptions import TransitionNotAllowed

from .. import rules
from ..models import CohortMilestone, CohortPerson, IdeaCounts, IdeaFollow
from . import hierarchy
from .studying import assessors_fit

ASKED, AGREED = "ideas.cohort_asked", "ideas.cohort_agreed"
# Once a project is there, its people are no longer an application's.
ENTERED = frozenset({StageKind.COHORT, StageKind.GRADUATED, StageKind.STOPPED})
RELEASE_AHEAD = timedelta(days=730)


def in_team(idea, user_id: int | None) -> bool:
    """Whether somebody is named by the application."""
    return user_id is not None and CohortPerson.objects.filter(idea=idea, user_id=user_id).exists()


# ----------------------------------------------------------------------------------------------------- the team
def open_application(idea, user) -> CohortPerson:
    """The author's own line, in the transaction that sends the application: sending it is saying yes."""
    today = clock.today()
    person = CohortPerson.objects.create(idea=idea, space=idea.space, user=user, asked_on=today, consented_on=today)
    outbox.emit(AGREED, {"person": person.pk}, key=f"{AGREED}:{person.pk}")
    return person


@transaction.atomic
def name_people(*, idea, actor, people) -> list[CohortPerson]:
    """Name colleagues in one's application: each is asked, and counts once they have said yes.

    Refuses whoever isn't the author, an application already kept or answered (TransitionNotAllowed), more people
    than the cohort has seats, and somebody who couldn't apply here themself (ValidationError). Safe twice.
    """
    viewer = as_viewer(actor)
    if not idea.is_of(viewer):
        raise PermissionDenied(_("Only the person who applied names the others."))
    if not rules.takes_people(idea):
        raise TransitionNotAllowed(_("This application is under way: nobody can be added to it any more."))
    known = set(CohortPerson.objects.filter(idea=idea).values_list("user_id", flat=True))
    new = {person.pk: person for person in people if person.pk not in known}
    if len(known) + len(new) > idea.space.cohort_seats:
        raise ValidationError(
            {
                "team": ngettext(
                    "This cohort has %(seats)d seat: name fewer people.",
                    "This cohort has %(seats)d seats: name fewer people.",
                    idea.space.cohort_seats,
                )
                % {"seats": idea.space.cohort_seats}
            }
        )
    outside = [one for one in new.values() if not takes_part(one, idea.space) or why_not_propose(one, idea.space)]
    if outside:
        names = ", ".join(one.get_full_name() for one in outside)
        raise ValidationError({"team": _("They can’t take part here: %(names)s.") % {"names": names}})
    today = clock.today()
    rows = [CohortPerson.objects.create(idea=idea, space=idea.space, user=one, asked_on=today) for one in new.values()]
    for row in rows:
        outbox.emit(ASKED, {"person": row.pk}, key=f"{ASKED}:{row.pk}")
    return rows


@transaction.atomic
def answer_for_oneself(*, idea, actor, agrees: bool) -> None:
    """Say yes or no for oneself; a no, or leaving later, takes one's line and one's seat away.

    The author leaves by withdrawing the application. Refuses whoever wasn't asked (PermissionDenied), and leaving a
    project that is in its cohort (TransitionNotAllowed). Safe twice.
    """
    viewer = as_viewer(actor)
    person = CohortPerson.objects.filter(idea=idea, user_id=viewer.user_id).first() if viewer.user_id else None
    if person is None or idea.is_of(viewer):
        raise PermissionDenied(_("Nobody asked you to be part of this application."))
    if idea.stage_kind in ENTERED:
        raise TransitionNotAllowed(_("The cohort has begun: speak with your mentor and with those who run it."))
    if not agrees:
        CohortPerson.objects.filter(pk=person.pk).delete()
        return
    if CohortPerson.objects.filter(pk=person.pk, consented_on__isnull=True).update(consented_on=clock.today()):
        outbox.emit(AGREED, {"person": person.pk}, key=f"{AGREED}:{person.pk}")
        # From now on they hear of it as those who follow it do.
        supports.set_follow(
            idea,
            viewer.user,
            True,
            follow_model=IdeaFollow,
            counts_model=IdeaCounts,
            own_handles=viewer.own_handles,
        )


def take_name_off(*, idea, actor, user_id: int) -> None:
    """Take somebody's name off one's application, while people may still be named in it. Never one's own."""
    viewer = as_viewer(actor)
    if not idea.is_of(viewer) or user_id == viewer.user_id:
        raise PermissionDenied(_("Only the person who applied names the others."))
    if not rules.takes_people(idea):
        raise TransitionNotAllowed(_("This application is under way: nobody can be taken off it any more."))
    CohortPerson.objects.filter(idea=idea, user_id=user_id).delete()


def release(*, idea, actor, user_id: int, day: date) -> CohortPerson:
    """Say from which day somebody's time is free; again to change it, until the project is in its cohort.

    By their line of management, or by whoever runs the cohort, for an agreement given on paper; never by themself.
    Refuses before they have said yes (TransitionNotAllowed), and a day too far (ValidationError).
    """
    viewer = as_viewer(actor)
    person = CohortPerson.objects.select_related("user").filter(idea=idea, user_id=user_id).first()
    if person is None or not may_release(viewer, person, idea):
        raise PermissionDenied(_("Only their line of management or those who run the cohort say when they are free."))
    if idea.stage_kind in ENTERED:
        raise TransitionNotAllowed(_("The cohort has begun: this day no longer changes."))
    if person.consented_on is None:
        raise TransitionNotAllowed(_("They haven’t said yes yet: that comes first."))
    today = clock.today()
    if not today - RELEASE_AHEAD <= day <= today + RELEASE_AHEAD:
        raise ValidationError({"day": _("Choose a day within two years.")})
    CohortPerson.objects.filter(pk=person.pk).update(released_from=day, released_by=viewer.user)
    person.released_from, person.released_by = day, viewer.user
    return person


def may_release(user, person, idea) -> bool:
    """Whether ``user`` may say from which day somebody of an application is free: never for oneself."""
    viewer = as_viewer(user)
    if not viewer.is_agent or person.user_id == viewer.user_id:
        return False
    return hierarchy.manages(viewer.user_id, person.user_id) or rules.organises(viewer, idea.space)


def managers_of(user_id: int) -> list[int]:
    """The nearest people of somebody's line of management who aren't themself."""
    found = list(
        Affectation.objects.filter(hierarchy.line_of(user_id), hierarchy.today_q(), is_manager=True)
        .exclude(user_id=user_id)
        .values_list("unit__path", "user_id")
    )
    deepest = max((len(path) for path, _pk in found), default=0)
    return sorted({pk for path, pk in found if len(path) == deepest})


# ---------------------------------------------------------------------------------------------------- the seats
def follow_prepared(idea, outcome: str) -> None:
    """Bring the seats to what is prepared, in the caller's transaction: taken by a yes, else given back."""
    if outcome == Outcome.ACCEPTED:
        take_seats(idea)
    else:
        give_back(idea)


def take_seats(idea) -> None:
    """Give each person of an application its seat, all or nobody, the space's row held meanwhile.

    Refuses, in a sentence, people who haven't agreed, aren't free or hold a seat already, a cohort that is full, and
    a direction whose seats are taken.
    """
    # With the row held two answers prepared at once take turns; the ranks are unique whatever happens.
    space = Space.objects.select_for_update(no_key=True).get(pk=idea.space_id)
    people = list(
        CohortPerson.objects.filter(idea=idea)
        .select_related("user__current_affectation__unit__direction")
        .order_by("pk")
    )
    refusal = _why_not_ready(people, space)
    if refusal:
        raise ValidationError({"outcome": refusal})
    if all(person.rank for person in people):
        return
    give_back(idea)
    held = list(CohortPerson.objects.filter(space=space, rank__isnull=False))
    _check_one_seat_each(people, held)
    _check_room(space.cohort_seats, len(held), len(people))
    ranks = {person.rank for person in held}
    of_direction: dict[int, set[int]] = {}
    for person in held:
        of_direction.setdefault(person.direction_id, set()).add(person.direction_rank)
    for person in people:
        direction = _direction_of(person.user)
        taken = of_direction.setdefault(direction.pk, set())
        if space.direction_seats is not None and len(taken) >= space.direction_seats:
            raise ValidationError({"outcome": _direction_is_full(direction, space.direction_seats)})
        rank, direction_rank = _first_free(ranks), _first_free(taken)
        ranks.add(rank)
        taken.add(direction_rank)
        CohortPerson.objects.filter(pk=person.pk).update(rank=rank, direction=direction, direction_rank=direction_rank)


def give_back(idea) -> None:
    """Free the seats of an application; nothing else of it changes. Safe twice."""
    CohortPerson.objects.filter(idea=idea, rank__isnull=False).update(rank=None, direction=None, direction_rank=None)


def answer_discarded(decision) -> None:
    """What accountability tells when an answer in preparation is thrown away: its seats are free again."""
    CohortPerson.objects.filter(idea__reference=decision.subject_reference, rank__isnull=False).update(
        rank=None, direction=None, direction_rank=None
    )


def seats_sentence(space) -> str:
    """How many seats are left with those of the answers in preparation: for the people who decide alone."""
    taken = CohortPerson.objects.filter(space=space, rank__isnull=False).count()
    left = max(space.cohort_seats - taken, 0)
    return ngettext(
        "%(left)d seat left out of %(seats)d, answers in preparation counted.",
        "%(left)d seats left out of %(seats)d, answers in preparation counted.",
        left,
    ) % {"left": left, "seats": space.cohort_seats}


def complete_yes(idea, answer: dict) -> dict:
    """What a yes says of what comes next, from the cohort's own calendar: the team, the next milestone and its day."""
    if answer.get("outcome") != Outcome.ACCEPTED:
        return answer
    first = CohortMilestone.objects.filter(space=idea.space_id, due_on__gte=clock.today()).first()
    if first is None:
        raise ValidationError({"outcome": _("Every milestone of this cohort is past: plan the next ones first.")})
    step = {"first_milestone": first.name, "first_milestone_on": first.due_on}
    return {**answer, "measure_owner": _("The team, with its mentor"), **step}


def _why_not_ready(people, space) -> str:
    if not people or space.cohort_seats is None:
        return _("This space has no seats to give: say how many before answering yes.")
    sentences = (
        ([one for one in people if one.consented_on is None], _("Not everybody has said yes: %(names)s.")),
        (
            [one for one in people if one.released_from is None],
            _("Their line of management hasn’t said from which day they are free: %(names)s."),
        ),
        ([one for one in people if _direction_of(one.user) is None], _("They have no post today: %(names)s.")),
    )
    for missing, sentence in sentences:
        if missing:
            return sentence % {"names": ", ".join(one.user.get_full_name() for one in missing)}
    return ""


def _check_one_seat_each(people, held) -> None:
    seated = {person.user_id for person in held}
    twice = [person.user.get_full_name() for person in people if person.user_id in seated]
    if twice:
        sentence = _("They already hold a seat by another application: %(names)s.")
        raise ValidationError({"outcome": sentence % {"names": ", ".join(twice)}})


def _check_room(seats: int, taken: int, asked: int) -> None:
    left = seats - taken
    if asked <= left:
        return
    if left <= 0:
        raise ValidationError({"outcome": _("The cohort is full: its %(seats)d seats are taken.") % {"seats": seats}})
    sentence = ngettext(
        "%(left)d seat is left out of %(seats)d, and this application asks for %(asked)d.",
        "%(left)d seats are left out of %(seats)d, and this application asks for %(asked)d.",
        left,
    )
    raise ValidationError({"outcome": sentence % {"left": left, "seats": seats, "asked": asked}})


def _direction_is_full(direction, seats: int) -> str:
    return ngettext(
        "%(direction)s already has its %(seats)d seat in this cohort.",
        "%(direction)s already has its %(seats)d seats in this cohort.",
        seats,
    ) % {"direction": direction.name, "seats": seats}


def _direction_of(user):
    post = user.current_affectation
    return (post.unit.direction or post.unit) if post is not None else None


def _first_free(taken: set[int]) -> int:
    return next(rank for rank in range(1, len(taken) + 2) if rank not in taken)


# --------------------------------------------------------------------------------------------- guards and effects
def assessors_outside(idea, viewer, data) -> str | None:
    """Guard: nobody of the team assesses it, and two of those asked aren't in the author's line of management."""
    ids = {person.pk for person in data.get("assessors", ())}
    if CohortPerson.objects.filter(idea=idea, user_id__in=ids).exists():
        return _("Nobody of the team assesses its own application: choose others.")
    return assessors_fit(idea, viewer, data)


def team_agrees(idea, viewer, data) -> str | None:
    """Guard: everybody the application names has said yes."""
    waiting = CohortPerson.objects.filter(idea=idea, consented_on__isnull=True).select_related("user")
    names = ", ".join(person.user.get_full_name() for person in waiting)
    return _("Not everybody has said yes: %(names)s.") % {"names": names} if names else None


def seats_held(idea, viewer, data) -> str | None:
    """Guard: whoever enters the cohort holds a seat, taken when the answer was prepared."""
    if "_decision" not in data:
        return None
    people = list(CohortPerson.objects.filter(idea=idea).values_list("rank", flat=True))
    if people and None not in people:
        return None
    return _("Somebody of this application has no seat: prepare the answer again.")


def free_seats(idea, transition, viewer, data, entry) -> None:
    """Effect of what ends an application or a project: its seats are for others."""
    if transition.to_stage.kind in (StageKind.STOPPED, StageKind.WITHDRAWN) and idea.has_seats:
        give_back(idea)
