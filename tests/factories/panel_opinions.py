"""Opinions of panels for tests: a panel at work, drafts, votes in the room, an opinion handed over, replies."""

import datetime
from dataclasses import dataclass, field

import time_machine

from panels.enums import PanelState
from panels.models import Membership, Panel
from panels.opinions.enums import Outcome
from panels.opinions.models import Opinion, Recommendation, Reply, Vote
from panels.opinions.services import adopting, drafting, replying, ruling, settling, voting
from panels.opinions.services.settling import Counts
from src.directory.enums import Role
from src.directory.models import User
from src.foundations import clock
from src.foundations.testing import drain_outbox

from . import panels
from .directory import AgentFactory

TEXTS = (
    ("Une personne debout", "Dans chaque mairie de quartier, une personne debout accueille à l’entrée."),
    ("Un soir par semaine", "Ouvrir un soir par semaine jusqu’à 20 h et le samedi matin."),
    ("Un papier déjà donné", "Ne plus demander un papier que la Ville possède déjà."),
)


@dataclass
class Made:
    """A panel at work and what was written there; the decider of the direction that asks."""

    base: panels.Made
    decider: User
    people: list[Membership] = field(default_factory=list)

    @property
    def panel(self) -> Panel:
        return self.base.panel

    @property
    def organiser(self) -> User:
        """As a new request reads them: their space was given to them with the work."""
        return self.base.as_now(self.base.organiser)

    @property
    def facilitator(self) -> User:
        return self.base.as_now(self.base.facilitator)

    def again(self) -> Panel:
        return self.base.again()

    def account(self, place: int = 0) -> User:
        """The account of the member at this place, as a new request reads it."""
        return User.objects.get(pk=self.people[place].candidate.account_id)

    def one(self, number: int = 1) -> Recommendation:
        return (
            Recommendation.objects.select_related("panel")
            .prefetch_related("versions", "votes")
            .get(panel=self.panel, number=number)
        )

    def rule(self, numerator=60, denominator=100, base="expressed", quorum=None):
        return ruling.write_rule(
            actor=self.organiser, panel=self.panel, numerator=numerator, denominator=denominator, base=base,
            quorum_percent=quorum,
        )  # fmt: skip

    def draft(self, number: int = 0, **fields) -> Recommendation:
        title, text = TEXTS[number % len(TEXTS)]
        words = {"title": title, "text": text, **fields}
        return drafting.write_draft(actor=self.account(), panel=self.panel, **words)

    def vote_in_room(self, counts: dict[int, tuple[int, int, int]], present: int | None = None) -> list[int]:
        """Voted in the room, counted by the two facilitators."""
        voting.put_to_room(actor=self.organiser, panel=self.panel, numbers=list(counts), held_on=clock.today())
        typed = {number: Counts(*one) for number, one in counts.items()}
        present = len(self.people) if present is None else present
        settling.type_counts(actor=self.base.facilitator, panel=self.panel, present=present, counts=typed)
        return settling.type_counts(actor=self.base.second, panel=self.panel, present=present, counts=typed)

    def vote(self, number: int = 1) -> Vote:
        return Vote.objects.get(recommendation__panel=self.panel, recommendation__number=number, called_off_at=None)

    def adopt(self, introduction: str = "") -> Opinion:
        return adopting.adopt_opinion(actor=self.organiser, panel=self.panel, introduction=introduction)

    def hand_over(self) -> Opinion:
        found = adopting.hand_over(actor=self.organiser, panel=self.panel)
        self.again()
        drain_outbox()
        return found

    def reply(self, number: int = 1) -> Reply:
        return Reply.objects.select_related("unit", "article__opinion__panel").get(
            article__opinion__panel=self.panel, article__number=number
        )

    def answered(self, number: int = 1, outcome: str = Outcome.ACCEPTED, **fields):
        more = {
            Outcome.CHANGED: {"change": "Le jeudi jusqu’à 19 h 30."},
            Outcome.REFUSED: {"would_change": "Un essai avec deux équipes."},
            Outcome.STUDY: {"study_until": clock.today() + datetime.timedelta(days=60)},
        }.get(outcome, {})
        return replying.answer(
            actor=self.decider, reply=self.reply(number), outcome=outcome, text="Oui, dès le mois prochain.",
            signed_name="Hélène Duroc-Amari", signed_capacity="Adjointe chargée de l’accueil", **{**more, **fields},
        )  # fmt: skip


def at_work(count: int = 20, **fields) -> Made:
    """A panel at work, and who decides for the direction that asks."""
    base = panels.working(count, **fields)
    decider = AgentFactory(roles=[(Role.DECISION_MAKER, base.panel.commissioner)])
    return Made(base, User.objects.get(pk=decider.pk), base.members())


def about_to_hand_over(kept: int = 2, refused: int = 1, **fields) -> Made:
    """A panel whose opinion is adopted: so many recommendations in it, so many not."""
    made = at_work(**fields)
    made.rule()
    for number in range(kept + refused):
        made.draft(number)
    most = len(made.people)
    counts = {n + 1: (most, 0, 0) if n < kept else (0, most, 0) for n in range(kept + refused)}
    made.vote_in_room(counts)
    made.adopt("Quatre samedis de travail.")
    return made


def handed_over(adopted: int = 2, refused: int = 1, **fields) -> Made:
    """A panel whose opinion is handed over: so many adopted, so many not."""
    made = about_to_hand_over(adopted, refused, **fields)
    made.hand_over()
    assert made.panel.state == PanelState.HANDED_OVER
    return made


def days_later(number: int):
    """A block during which it is so many days later."""
    return time_machine.travel(clock.now() + datetime.timedelta(days=number), tick=False)
