"""Loads the calls of the demo city: made from their kind, walked by the people of the cell, one of them announced."""

import uuid
from datetime import timedelta

from django.db import transaction

from src.accountability import services as accountability
from src.accountability.services.announcing import apply_batch
from src.directory.enums import Role
from src.directory.models import Unit, User
from src.foundations import clock
from src.participation import kinds
from src.participation.models import Space
from src.participation.services import grant_space_role, rebuild_counts
from src.participation.services.from_kind import create_from_kind

from ..demo_calls import AFTER_THE_APPEAL, APPEAL_ANSWERED, APPEAL_WAITING, CALLS, SIGNED_TOGETHER, Call
from ..kinds import JURY_CALL
from ..models import Idea, IdeaComment, IdeaCounts, IdeaFollow, IdeaSupport
from . import studying
from .answering import announce_decision, prepare_decision, prepared_of
from .appealing import appeal_answer
from .choosing import shortlist
from .coauthoring import answer_invitation, invite_co_author
from .crediting import set_credit
from .demo_life import one, titled
from .demo_telling import Teller
from .hearing import hearing_of
from .jury import convene
from .studying import close_study

NAMESPACE = uuid.UUID("2b9f1f0e-7d55-4c0a-8a63-6f0c4a0fd2c4")
STEERING = "RES"
# Who directs these calls: the role is held in each of them.
DIRECTS = "lea"


class CallTeller(Teller):
    """Walks one idea of a call: kept for the study instead of oriented."""

    def _oriented(self):
        self._open()
        shortlist(idea=self.idea, actor=self._one(Role.IDEA_CORRESPONDENT), at=self._later(10))

    def _studied(self, *, complete: bool = False):
        self._oriented()
        if self.box.kind == JURY_CALL.code:
            self._judged(complete)
            return
        correspondent = self._one(Role.IDEA_CORRESPONDENT)
        assessors = self._all(Role.INSTRUCTOR)
        studying.start_study(idea=self.idea, actor=correspondent, assessors=assessors, at=self._later(12))
        for number, assessor in enumerate(assessors if complete else assessors[:1]):
            scores = {name: self.dice.randint(1, 4) for name in ("impact_users", "feasibility", "cost", "delay")}
            studying.assess(
                idea=self.idea,
                actor=assessor,
                note="Le gain est sûr ; il reste à fixer qui relève les compteurs, et quand.",
                at=self._later(16 + number),
                **scores,
            )

    def _judged(self, complete: bool) -> None:
        """Before the jury: those without a conflict of interest score, all of them or the first ones."""
        convene(idea=self.idea, actor=self._one(Role.IDEA_CORRESPONDENT), at=self._later(12))
        free = [seat.user for seat in self.idea.assessors.select_related("user").order_by("user__username")]
        for number, juror in enumerate(free if complete else free[:2]):
            scores = {name: self.dice.randint(1, 4) for name in ("impact_agents", "feasibility", "cost", "delay")}
            studying.assess(
                idea=self.idea,
                actor=juror,
                note="Simple, et utile dès la première semaine. À essayer avec une équipe volontaire.",
                at=self._later(16 + number),
                **scores,
            )


def load_calls(units: dict[str, Unit], crowd: list[User]) -> int:
    """Load what is missing of the calls; how many ideas came in."""
    return sum(_load(call, units, crowd) for call in CALLS)


def _load(call: Call, units, crowd) -> int:
    space = Space.objects.filter(slug=call.slug).first() or _open(call, units)
    loaded = 0
    for tale in call.tales:
        token = uuid.uuid5(NAMESPACE, tale.key)
        if Idea.objects.filter(submission_token=token).exists():
            continue
        with transaction.atomic():
            CallTeller(tale, token, space, units, crowd).tell()
        loaded += 1
    if not loaded:
        return 0
    ideas = Idea.objects.filter(space=space)
    rebuild_counts(
        IdeaCounts,
        support_model=IdeaSupport,
        follow_model=IdeaFollow,
        comment_model=IdeaComment,
        targets=list(ideas.values_list("pk", flat=True)),
    )
    if call.is_announced:
        _sign_together()
        decisions = [prepared_of(idea) for idea in ideas.filter(stage_kind="decision_pending").order_by("pk")]
        batch = accountability.announce_together(decisions, actor=User.objects.get(username="finances"))
        # In the demo city nobody waits for the relay to read a choice already made.
        apply_batch(batch.pk)
        _credit_both()
        _look_again()
    return loaded


def _sign_together() -> None:
    """Before the choice is announced, a colleague signs too."""
    title, *names = SIGNED_TOGETHER
    author, colleague = (User.objects.get(username=name) for name in names)
    idea = titled(title)
    invite_co_author(idea=idea, actor=author, last_name=colleague.last_name, identifier=colleague.username)
    answer_invitation(idea=idea, actor=colleague, agrees=True)


def _credit_both() -> None:
    """Each author says for themself that the measure names them."""
    title, *names = SIGNED_TOGETHER
    for name in names:
        set_credit(idea=titled(title), actor=User.objects.get(username=name), wanted=True)


def _look_again() -> None:
    """Two appeals after the choice: both studied again, one answered by somebody else than who announced."""
    late = "L'élément nouveau se vérifie sur place, sans nouvelle évaluation."
    for title, what_is_new in (APPEAL_WAITING, APPEAL_ANSWERED):
        idea = titled(title)
        appeal_answer(idea=idea, actor=idea.author, text=what_is_new)
        close_study(idea=titled(title), actor=one(idea, Role.IDEA_CORRESPONDENT), late_text=late)
    title = APPEAL_ANSWERED[0]
    other = User.objects.get(pk=min(hearing_of(titled(title)).people))
    milestone = clock.today() + timedelta(days=30)
    prepare_decision(idea=titled(title), actor=other, first_milestone_on=milestone, **AFTER_THE_APPEAL)
    announce_decision(idea=titled(title), actor=other)


def _open(call: Call, units) -> Space:
    space = create_from_kind(
        kinds.find(call.kind),
        name=call.name,
        slug=call.slug,
        summary=call.summary,
        steering_unit=units[STEERING],
        starts_on=clock.today() - timedelta(days=call.opened_ago),
        days=call.days,
        chosen_count=call.chosen,
        team=[User.objects.get(username=name) for name in call.jury],
        open_now=True,
    )
    Space.objects.filter(pk=space.pk).update(introduction=call.introduction)
    grant_space_role(user=User.objects.get(username=DIRECTS), role=Role.FACILITATOR, space=space)
    return space
