"""Tells the opinion of a panel of the demo city, from its rule to a missing reply, by the verbs people use.

The panel must be at work, with members. Its votes were held in the room: both counts are typed, the rule decides.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from panels.enums import PanelState, TeamRole
from panels.models import Membership, Panel, TeamMember
from src.accountability.models import Measure
from src.directory.enums import Role
from src.directory.models import RoleGrant, User
from src.directory.viewer import Viewer
from src.foundations import clock

from .. import demo_content as told
from ..demo_content import RECOMMENDATIONS
from ..enums import GradeValue
from ..models import Opinion, Recommendation, Reply
from . import adopting, amending, drafting, grading, minority, replying, ruling, settling, voting
from .settling import Counts


@transaction.atomic
def load_opinion(panel: Panel, *, decider: User | None = None) -> int:
    """Tell it all, once; answers how many replies are missing at its end. Nothing for a panel that isn't at work.

    ``decider`` answers; without one, whoever decides for the direction that asked. With fewer than 54 members, as many
    were present as sit, and votes are in proportion.
    """
    held = Panel.objects.select_related("commissioner").get(pk=panel.pk)
    if held.state != PanelState.DELIBERATING or Opinion.objects.filter(panel=held).exists():
        return 0
    story = Story(held, decider or _decider_of(held))
    story.draft()
    story.vote()
    story.adopt()
    story.reply()
    story.grade()
    return Reply.objects.filter(article__opinion__panel=held, answered_on__isnull=True).count()


class Story:
    """The opinion being told: its panel, its people as they sign in."""

    def __init__(self, panel: Panel, decider: User):
        self.panel, self.decider, self.today = panel, decider, clock.today()
        team = TeamMember.objects.filter(panel=panel, person__isnull=False).select_related("person").order_by("pk")
        by_role: dict[str, list[User]] = {}
        for one in team:
            by_role.setdefault(one.role, []).append(User.objects.get(pk=one.person_id))
        self.organiser = by_role[TeamRole.ORGANISER][0]
        self.typists = [*by_role.get(TeamRole.FACILITATOR, []), self.organiser][:2]
        self.members = list(Membership.objects.sitting().filter(panel=panel).order_by("number"))
        self.present = min(told.PRESENT, len(self.members))

    @contextmanager
    def on(self, ago: int, hour: int = 10) -> Iterator[None]:
        """What is done in this block is done on that day."""
        moment = timezone.make_aware(datetime.combine(self.today - timedelta(days=ago), time(hour)))
        with clock.told_as(moment):
            yield

    def draft(self) -> None:
        """The rule, then drafts typed for the tables; the first is amended."""
        typist = self.typists[0]
        with self.on(told.RULE):
            ruling.write_rule(actor=self.organiser, panel=self.panel, numerator=60, denominator=100, base="expressed")
        with self.on(told.DRAFTED):
            drafts = [
                drafting.write_draft(
                    actor=typist, panel=self.panel, title=one.title, text=one.first_words or one.text,
                    for_table=told.TABLE.format(place),
                )
                for place, one in enumerate(RECOMMENDATIONS, 1)
            ]  # fmt: skip
        with self.on(told.AMENDED):
            proposed = amending.propose(
                actor=typist, recommendation=drafts[0], text=RECOMMENDATIONS[0].text, why=told.AMENDMENT_WHY,
                for_table=told.TABLE.format(6),
            )  # fmt: skip
        with self.on(told.AMENDED, 16):
            amending.decide(actor=typist, amendment=proposed, outcome="accepted", reason=told.AMENDMENT_REASON)

    def vote(self) -> None:
        """In the room, on one day; two people type what they counted."""
        counts = {number: self._counts(one.votes) for number, one in enumerate(RECOMMENDATIONS, 1)}
        with self.on(told.VOTED):
            voting.put_to_room(actor=self.organiser, panel=self.panel, numbers=list(counts), held_on=clock.today())
        for hour, typist in enumerate(self.typists, 16):
            with self.on(told.VOTED, hour):
                settling.type_counts(actor=typist, panel=self.panel, present=self.present, counts=counts)

    def _counts(self, votes: tuple[int, int, int]) -> Counts:
        """As they were, or in proportion of those present: the outcomes stay."""
        favour, against, blank = votes
        if self.present < told.PRESENT:
            against = against * self.present // told.PRESENT
            blank = blank * self.present // told.PRESENT
            favour = self.present - against - blank if 100 * favour >= 60 * (favour + votes[1]) else against
        return Counts(favour, against, blank)

    def adopt(self) -> None:
        """A minority opinion that seven sign, the opinion, its handing over."""
        typist = self.typists[0]
        with self.on(told.VOTED, 18):
            on = Recommendation.objects.get(panel=self.panel, number=told.MINORITY_ON)
            first = minority.write_minority(
                actor=typist, panel=self.panel, text=told.MINORITY, recommendation=on, name=told.NAMES[0],
                member=self.members[0],
            )  # fmt: skip
            for place, member in enumerate(self.members[1 : told.SIGNED], 1):
                name = told.NAMES[place] if place < len(told.NAMES) else ""
                minority.sign(actor=typist, minority=first, member=member, name=name)
        with self.on(told.ADOPTED):
            adopting.adopt_opinion(actor=self.organiser, panel=self.panel, introduction=told.INTRODUCTION)
        with self.on(told.HANDED_OVER):
            adopting.hand_over(actor=self.organiser, panel=self.panel)

    def reply(self) -> None:
        """The city answers four; the fifth is missing. Measures that exist say where they come from."""
        for number, ago in told.REPLIED.items():
            one = RECOMMENDATIONS[number - 1]
            with self.on(ago):
                until = self.today + timedelta(days=one.study) if one.study else None
                replying.answer(
                    actor=self.decider, reply=self._reply(number), outcome=one.outcome, text=one.reply,
                    change=one.change, would_change=one.would_change, study_until=until, signed_name=told.HELENE[0],
                    signed_capacity=told.HELENE[1],
                )  # fmt: skip
        for number, title in told.MEASURES.items():
            measure = Measure.objects.filter(title=title, published_on__isnull=False).first()
            if measure is not None:
                replying.link_measure(actor=self.decider, reply=self._reply(number), measure=measure)

    def grade(self) -> None:
        """Members say of each reply whether it answers; slips that came back, typed."""
        values: dict[int, dict[int, str]] = {}
        for number, one in enumerate(RECOMMENDATIONS, 1):
            words = [value for value, count in zip(GradeValue.values, one.grades, strict=False) for _n in range(count)]
            for member, value in zip(self.members, words, strict=False):
                values.setdefault(member.pk, {})[number] = value
        with self.on(told.GRADED):
            for member in self.members:
                if member.pk in values:
                    grading.grade(membership=member, values=values[member.pk], way="paper", actor=self.typists[0])

    def _reply(self, number: int) -> Reply:
        found = Reply.objects.select_related("unit", "article__opinion__panel").prefetch_related("answers")
        return found.get(article__opinion__panel=self.panel, article__number=number)


def _decider_of(panel: Panel) -> User:
    """Whoever decides for the direction that asked, the first named."""
    held = RoleGrant.objects.filter(role=Role.DECISION_MAKER).select_related("user").order_by("pk")
    for one in held:
        if Viewer(one.user).has_role(Role.DECISION_MAKER, unit_path=panel.commissioner.path):
            return one.user
    raise ValueError(f"Nobody decides for {panel.commissioner.code}.")
