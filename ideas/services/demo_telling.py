"""Walks the tales of the demo city, by the verbs people use, at their dates."""

import random
from datetime import datetime, timedelta

from django.utils import timezone

from src.accountability.models import AnnouncementBatch, Decision, OwedReminder, ResponseOwed
from src.accountability.services import born_of, note_conditions
from src.accountability.services.conditions import told_terms
from src.accountability.services.signing import signature_of
from src.directory.enums import Role
from src.directory.models import User
from src.foundations import clock, outbox
from src.participation.services.contributions import Writer
from src.workflow.enums import Actor
from src.workflow.services import fire

from ..demo_ideas import Tale
from ..enums import ONE_PERSON_SCALES
from ..models import Idea, IdeaFollow, IdeaSupport
from . import answering, authoring, orienting, screening, speaking, studying
from .role_holders import holders
from .submitting import submit_idea

_NOTES = (
    "Faisable avec les moyens du service. Prévoir une semaine pour le matériel.",
    "Utile tous les jours. Le coût reste faible si l'on commence par un seul site.",
    "Rien ne s'y oppose. À relire avec l'équipe avant de commander.",
    "L'effet pour le public est net. Le délai dépend du fournisseur.",
)


class Teller:
    """Walks one tale: each step at its day, by the people who hold the role there."""

    def __init__(self, tale: Tale, token, box, units, crowd):
        self.tale, self.token, self.box, self.units, self.crowd = tale, token, box, units, crowd
        self.dice = random.Random(tale.key)  # noqa: S311 - a reproducible city
        self.author = None if tale.anonymous else User.objects.get(username=tale.author)
        self.idea = None

    def tell(self) -> None:
        tale = self.tale
        vouched = tale.anonymous or tale.channel == "paper"
        protected = "anonymous" if tale.anonymous else "protected"
        self.idea = submit_idea(
            actor=None if vouched else self.author,
            writer=Writer(team=tale.team) if vouched else None,
            space=self.box,
            title=tale.title,
            body=tale.body,
            kind=tale.kind,
            identity_mode="named" if tale.named and not tale.anonymous else protected,
            signature="team" if tale.team else "person",
            team_label=tale.team,
            site=self.units[tale.site] if tale.site else None,
            direction=self.units[tale.direction],
            channel=tale.channel,
            submission_token=self.token,
            at=self._ago(tale.ago),
        ).idea
        # The keyring that lets a protected author come back isn't filled yet: the tags are put here.
        self.idea.tags.set(tale.tags)
        outbox.emit("search.index", {"kind": Idea.subject_kind, "pk": self.idea.pk})
        getattr(self, f"_{tale.way}")()
        self._support()
        self._comment()
        self._remind()

    # ------------------------------------------------------------------------------------------------ the ways
    def _submitted(self):
        """Just sent."""

    def _asked_screening(self):
        screening.ask_author(
            idea=self.idea, actor=self._one(Role.MODERATOR), text=self.tale.question, at=self._later(1)
        )

    def _removed(self):
        screening.remove(
            idea=self.idea,
            actor=self._one(Role.MODERATOR),
            reason_code=self.tale.reason_code,
            text=self.tale.reason,
            at=self._later(1),
        )

    def _dormant(self):
        self._asked_screening()
        fire(self.idea, "sleep", actor=None, as_role=Actor.SYSTEM, at=self._later(17))

    def _open(self):
        screening.screen(idea=self.idea, actor=self._one(Role.MODERATOR), at=self._later(1))

    def _withdrawn(self):
        self._open()
        authoring.withdraw(idea=self.idea, actor=self.author, reason=self.tale.reason, at=self._later(9))

    def _oriented(self):
        self._open()
        direction = self.units[self.tale.direction]
        service = self.units[self.tale.service] if self.tale.service else None
        actor = self._one(Role.IDEA_CORRESPONDENT)
        orienting.orient(
            idea=self.idea,
            actor=actor,
            direction=direction,
            service=service,
            scale=self.tale.scale,
            owner=actor,
            at=self._later(2),
        )

    def _transferred(self):
        self._oriented()
        orienting.propose_transfer(
            idea=self.idea,
            actor=self._one(Role.IDEA_CORRESPONDENT),
            direction=self.units[self.tale.to],
            text=self.tale.reason,
            at=self._later(4),
        )

    def _transfer_accepted(self):
        self._transferred()
        people = holders(self.idea, Role.IDEA_CORRESPONDENT, unit=self.units[self.tale.to])
        actor = User.objects.get(pk=min(people))
        orienting.accept_transfer(idea=self.idea, actor=actor, at=self._later(7))

    def _studied(self, *, complete: bool = False):
        self._oriented()
        assessors = self._all(Role.INSTRUCTOR)
        studying.start_study(
            idea=self.idea, actor=self._one(Role.IDEA_CORRESPONDENT), assessors=assessors, at=self._later(5)
        )
        for number, assessor in enumerate(assessors if complete else assessors[:1]):
            scores = {
                name: self.dice.randint(2, 4)
                for name in ("impact_users", "impact_agents", "feasibility", "cost", "delay")
            }
            studying.assess(
                idea=self.idea,
                actor=assessor,
                note=_NOTES[(len(self.tale.key) + number) % len(_NOTES)],
                at=self._later(9 + number),
                **scores,
            )

    def _asked(self):
        self._studied()
        studying_actor = self._one(Role.IDEA_CORRESPONDENT)
        screening.ask_author(idea=self.idea, actor=studying_actor, text=self.tale.question, at=self._later(12))

    def _study_answered(self):
        self._asked()
        authoring.answer_question(idea=self.idea, actor=self.author, text=self.tale.reply, at=self._later(14))

    def _decision_pending(self):
        self._studied(complete=True)
        studying.close_study(
            idea=self.idea,
            actor=self._one(Role.IDEA_CORRESPONDENT),
            text="L'étude conclut à une mise en place simple, sans achat important.",
            at=self._later(15),
        )

    def _prepared(self):
        self._decision_pending()
        answering.prepare_decision(
            idea=self.idea,
            actor=self._decider(),
            planned_for=clock.today() + timedelta(days=3),
            **self._answer(),
        )

    def _countersign(self):
        self._oriented()
        answering.draft_fast_answer(
            idea=self.idea,
            actor=self._one(Role.IDEA_CORRESPONDENT),
            at=self._ago(self.tale.answered_ago),
            **self._answer(),
        )

    def _answered(self):
        """Announced some time ago: the batch carries its day, and the idea follows as it did then."""
        fast = self.tale.scale in ONE_PERSON_SCALES
        drafter = None
        if fast:
            self._oriented()
            drafter = self._one(Role.IDEA_CORRESPONDENT)
            answering.draft_fast_answer(
                idea=self.idea, actor=drafter, at=self._ago(self.tale.answered_ago + 2), **self._answer()
            )
            answering.drop_prepared(self.idea, None, None, {}, None)
        else:
            self._decision_pending()
        decider, moment = self._decider(), self._ago(self.tale.answered_ago)
        batch = AnnouncementBatch.objects.create(unit=self.idea.unit, created_by=decider, created_at=moment)
        decision = Decision.objects.create(
            subject_kind=Idea.subject_kind,
            subject_reference=self.idea.reference,
            unit=self.idea.unit,
            decided_by=decider,
            drafted_by=drafter,
            is_fast_lane=fast,
            countersigned_at=moment if fast else None,
            signed_as=signature_of(decider),
            prepared_at=moment,
            batch=batch,
            **self._answer(at=moment),
        )
        AnnouncementBatch.objects.filter(pk=batch.pk).update(announced_at=moment, announced_by=decider)
        decision = Decision.objects.select_related("batch", "decided_by").get(pk=decision.pk)
        Decision.objects.filter(pk=decision.pk).update(applied_at=moment)
        answering.apply_announced(decision)
        born_of(decision)
        note_conditions(decision)

    # ------------------------------------------------------------------------------------------------ around them
    def _answer(self, at: datetime | None = None) -> dict:
        tale = self.tale
        day = timezone.localdate(at) if at else clock.today()
        owner, step, days = tale.measure or ("", "", 0)
        return {
            "outcome": tale.outcome,
            "text": tale.answer,
            "reason": tale.reason_code,
            "reopening_conditions": tale.condition[:1].upper() + tale.condition[1:],
            "condition_terms": told_terms(
                (kind, clock.today() + timedelta(days=ahead) if ahead else None) for kind, ahead in tale.terms
            ),
            "revisit_on": clock.today() + timedelta(days=tale.revisit_in) if tale.revisit_in else None,
            "measure_owner": owner,
            "first_milestone": step,
            "first_milestone_on": max(day, clock.today()) + timedelta(days=days) if owner else None,
        }

    def _support(self) -> None:
        people = [user for user in self.crowd if user != self.author]
        chosen = self.dice.sample(people, min(self.tale.supports, len(people)))
        IdeaSupport.objects.bulk_create([IdeaSupport(idea=self.idea, user=user) for user in chosen])
        followers = self.dice.sample(people, min(self.tale.supports // 6, len(people)))
        IdeaFollow.objects.bulk_create([IdeaFollow(idea=self.idea, user=user) for user in followers])

    def _comment(self) -> None:
        for number, said in enumerate(self.tale.comments):
            who = User.objects.get(username=said.who) if said.who else self.crowd[(number * 7) % len(self.crowd)]
            moment = self._ago(said.ago, hour=9 + number % 8)
            speaking.comment(idea=self.idea, actor=who, body=said.text, official_role=said.role, at=moment)

    def _remind(self) -> None:
        """Late answers were reminded on these days, one level higher each time."""
        if not self.tale.reminders:
            return
        owed = ResponseOwed.objects.get(pk=self.idea.owed_id)
        days = [clock.today() - timedelta(days=ago) for ago in self.tale.reminders]
        OwedReminder.objects.bulk_create(
            [
                OwedReminder(owed=owed, level=level, promised_on=owed.promised_on, on=day)
                for level, day in enumerate([owed.promised_on - timedelta(days=15), *days])
            ]
        )
        ResponseOwed.objects.filter(pk=owed.pk).update(escalation_level=len(days), last_reminder_on=days[-1])

    def _decider(self) -> User:
        if self.tale.signed_by:
            return User.objects.get(username=self.tale.signed_by)
        return self._one(Role.DECISION_MAKER)

    def _one(self, role) -> User:
        return self._all(role)[0]

    def _all(self, role) -> list[User]:
        people = holders(self.idea, role) - ({self.author.pk} if self.author else set())
        return list(User.objects.filter(pk__in=people).order_by("username")[:2])

    def _later(self, days: int) -> datetime:
        """So many days after it was sent, never after now."""
        return self._ago(max(self.tale.ago - days, 0))

    def _ago(self, days: int, hour: int | None = None) -> datetime:
        day = clock.today() - timedelta(days=days)
        moment = clock.start_of_day(day) + timedelta(
            hours=hour or 8 + len(self.tale.key) % 9, minutes=len(self.tale.body) % 60
        )
        return min(moment, clock.now() - timedelta(minutes=5))
