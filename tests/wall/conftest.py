"""A depot, a small workshop beside it, a pool in another direction, and the ideas of their people."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from ideas.models import Idea
from src.accountability.models import AnnouncementBatch, Decision
from src.directory.enums import Role
from src.foundations import clock
from src.wall.models import Sheet
from src.wall.services import draw_week
from tests.factories.accountability import answer
from tests.factories.directory import AgentFactory, DirectionFactory, SiteFactory, grant
from tests.factories.ideas import BoxFactory, IdeaFactory

LONG = "Oui. Le service Bâtiments prend les mesures cette semaine. " * 3


def last_week() -> int:
    """How many days ago the Wednesday of last week was."""
    return clock.today().weekday() + 5


@dataclass
class Wall:
    box: object
    direction: object
    other: object
    depot: object
    workshop: object
    pool: object
    correspondent: object
    chief: object
    agent: object

    def idea(self, title, site=None, days=None, **values):
        """An idea of a place, sent last week unless told otherwise."""
        site = site or self.depot
        days = last_week() if days is None else days
        values = {"space": self.box, "direction": site.direction, "author": self.agent} | values
        return IdeaFactory(title=title, site=site, sent_days_ago=days, **values)

    def answered(self, title, ago=2, outcome="accepted", site=None, announced=True, **values):
        """An idea with its answer, announced some days ago."""
        idea = self.idea(title, site, days=60, stage=outcome if announced else "decision_pending", **values)
        moment = clock.now() - timedelta(days=ago)
        batch = AnnouncementBatch.objects.create(created_at=moment)
        decision = Decision.objects.create(
            subject_kind=Idea.subject_kind,
            subject_reference=idea.reference,
            unit=idea.direction,
            decided_by=self.chief,
            signed_as="Sophie Lantier, cheffe du service technique",
            prepared_at=moment,
            batch=batch,
            **answer(outcome, text=LONG),
        )
        if announced:
            AnnouncementBatch.objects.filter(pk=batch.pk).update(announced_at=moment)
            Idea.objects.filter(pk=idea.pk).update(decision=decision)
        return idea

    def sheet(self, unit) -> Sheet:
        draw_week()
        return Sheet.objects.select_related("unit__direction").get(unit=unit, week=clock.week_of())

    def redrawn(self, unit) -> Sheet:
        Sheet.objects.all().delete()
        return self.sheet(unit)


def told(sheet) -> dict:
    """Titles by section."""
    return {part["key"]: [line["title"] for line in part["lines"]] for part in sheet.content["sections"]}


def titles(sheet) -> set:
    return {title for section in told(sheet).values() for title in section}


@pytest.fixture
def wall(db) -> Wall:
    direction, other = DirectionFactory(name="Propreté", headcount=90), DirectionFactory(name="Sports", headcount=80)
    depot = SiteFactory(name="Dépôt des Tanneurs", parent=direction, headcount=40)
    workshop = SiteFactory(name="Atelier de la Rive", parent=direction, headcount=7)
    pool = SiteFactory(name="Piscine des Roseaux", parent=other, headcount=26)
    correspondent = AgentFactory(first_name="Odile", last_name="Marchand")
    wall = Wall(
        box=BoxFactory(name="Plus simple"),
        direction=direction,
        other=other,
        depot=depot,
        workshop=workshop,
        pool=pool,
        correspondent=correspondent,
        chief=AgentFactory(unit=depot, is_manager=True, first_name="Didier"),
        agent=AgentFactory(unit=depot, first_name="Zébulon", last_name="Canariot"),
    )
    grant(correspondent, Role.IDEA_CORRESPONDENT, direction)
    return wall
