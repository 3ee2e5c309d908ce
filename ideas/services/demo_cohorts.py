"""Loads the cohorts of the demo city: made from their kind, their people, their seats, their mentor's notes."""

import uuid
from dataclasses import replace
from datetime import timedelta

from django.db import transaction

from src.directory.enums import Role
from src.directory.models import Unit, User
from src.foundations import clock
from src.participation import kinds
from src.participation.models import Space
from src.participation.services import grant_space_role, rebuild_counts
from src.participation.services.from_kind import create_from_kind

from ..demo_cohorts import COHORTS, Applied, Cohort
from ..models import (
    CohortMilestone,
    CohortPerson,
    Idea,
    IdeaComment,
    IdeaCounts,
    IdeaFollow,
    IdeaSupport,
    Mentorship,
    MilestoneNote,
)
from . import accompanying, cohorts
from .demo_calls import DIRECTS, STEERING, CallTeller

NAMESPACE = uuid.UUID("d5a9b8b0-5a53-4c1f-9d0e-5a0e6a3a7c11")


class CohortTeller(CallTeller):
    """Walks one application: its people first, its seats with its answer, then what its mentor noted."""

    def __init__(self, applied: Applied, tale, *rest):
        super().__init__(tale, *rest)
        self.applied = applied

    def _submitted(self):
        self._gather()

    def _open(self):
        self._gather()
        super()._open()

    def _gather(self):
        """Who is named, who has said yes, and from which day they are free."""
        named = [User.objects.get(username=name) for name in self.applied.team]
        cohorts.name_people(idea=self.idea, actor=self.author, people=named)
        for person in named:
            if person.username not in self.applied.silent:
                cohorts.answer_for_oneself(idea=self.idea, actor=person, agrees=True)
        runs = User.objects.get(username=DIRECTS)
        for person in [self.author, *named]:
            if person.username not in (*self.applied.silent, *self.applied.bound):
                cohorts.release(idea=self.idea, actor=runs, user_id=person.pk, day=self._later(40).date())
        people = CohortPerson.objects.filter(idea=self.idea)
        people.update(asked_on=self._later(0).date())
        people.filter(consented_on__isnull=False).update(consented_on=self._later(2).date())

    def _decision_pending(self):
        super()._decision_pending()
        if self.tale.way == "answered" and self.tale.outcome == "accepted":
            with transaction.atomic():
                cohorts.take_seats(self.idea)

    def _answered(self):
        super()._answered()
        self.idea.refresh_from_db()
        if self.applied.mentor:
            self._accompany()

    def _accompany(self):
        runs, mentor = (User.objects.get(username=name) for name in (DIRECTS, self.applied.mentor))
        accompanying.name_mentor(idea=self.idea, actor=runs, mentor=mentor)
        answered = clock.today() - timedelta(days=self.tale.answered_ago)
        Mentorship.objects.filter(idea=self.idea).update(since=answered)
        for name, (is_validated, text) in self.applied.notes.items():
            milestone = CohortMilestone.objects.get(space=self.box, name=name)
            accompanying.note_milestone(
                idea=self.idea, actor=mentor, milestone=milestone, text=text, is_validated=is_validated
            )
            MilestoneNote.objects.filter(idea=self.idea, milestone=milestone).update(noted_on=milestone.due_on)
        if self.applied.graduated_ago is not None:
            accompanying.graduate(
                idea=self.idea,
                actor=runs,
                text="Bravo à toute l'équipe : l'affichage continue dans les deux mairies.",
                at=self._ago(self.applied.graduated_ago),
            )

    def _answer(self, at=None) -> dict:
        answer = super()._answer(at)
        if answer["outcome"] != "accepted":
            return answer
        day = at.date() if at else clock.today()
        first = CohortMilestone.objects.filter(space=self.box, due_on__gte=day).first()
        step = {"first_milestone": first.name, "first_milestone_on": first.due_on}
        return {**answer, "measure_owner": "L'équipe, avec sa mentore", **step}


def load_cohorts(units: dict[str, Unit], crowd: list[User]) -> int:
    """Load what is missing of the cohorts; how many applications came in."""
    return sum(_load(cohort, units, crowd) for cohort in COHORTS)


def _load(cohort: Cohort, units, crowd) -> int:
    space = Space.objects.filter(slug=cohort.slug).first() or _open(cohort, units)
    loaded = 0
    for applied in cohort.applied:
        token = uuid.uuid5(NAMESPACE, applied.tale.key)
        if Idea.objects.filter(submission_token=token).exists():
            continue
        tale = replace(applied.tale, author=_author(applied.tale.author, units))
        with transaction.atomic():
            CohortTeller(applied, tale, token, space, units, crowd).tell()
        loaded += 1
    if loaded:
        rebuild_counts(
            IdeaCounts,
            support_model=IdeaSupport,
            follow_model=IdeaFollow,
            comment_model=IdeaComment,
            targets=list(Idea.objects.filter(space=space).values_list("pk", flat=True)),
        )
    return loaded


def _author(name: str, units) -> str:
    """A username, or the first plain colleague of a direction: ``@RUE``."""
    if not name.startswith("@"):
        return name
    of_direction = User.objects.filter(
        username__startswith="collegue", current_affectation__unit__path__startswith=units[name[1:]].path
    )
    return of_direction.order_by("username").values_list("username", flat=True)[0]


def _open(cohort: Cohort, units) -> Space:
    today = clock.today()
    space = create_from_kind(
        kinds.find("cohort"),
        name=cohort.name,
        slug=cohort.slug,
        summary=cohort.summary,
        steering_unit=units[STEERING],
        starts_on=today - timedelta(days=cohort.opened_ago),
        days=cohort.days,
        cohort_seats=cohort.seats,
        direction_seats=cohort.direction_seats,
        own={
            "milestones": [(today + timedelta(days=days), name) for days, name in cohort.milestones],
            "demo_day": today + timedelta(days=cohort.demo_day),
        },
        open_now=True,
    )
    Space.objects.filter(pk=space.pk).update(introduction=cohort.introduction)
    # The city's own word for the presentation, whatever language loads it.
    CohortMilestone.objects.filter(space=space, is_demo_day=True).update(name="Présentation finale")
    grant_space_role(user=User.objects.get(username=DIRECTS), role=Role.FACILITATOR, space=space)
    return space
