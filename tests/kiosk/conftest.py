"""A depot with one kiosk, a box, its administrator, and browsers that are the kiosk or aren't."""

from dataclasses import dataclass

import pytest
from django.test import Client

from ideas import services as ideas
from ideas.models import Idea
from src.directory.enums import Role
from src.foundations import ratelimit
from src.foundations.testing import drain_outbox
from src.kiosk import devices, services
from src.kiosk.models import Kiosk
from tests.factories.directory import AgentFactory, SiteFactory
from tests.factories.ideas import NO, BoxFactory

TEXT = "En attendant le camion, il n'y a nulle part où s'asseoir au sec. Un banc couvert suffirait."
TITLE = "Un banc à l'abri près du portail"
SECRET = "un secret bien à moi 42"


@dataclass
class Depot:
    """The place, and what stands in it."""

    unit: object
    box: object
    admin: object
    nadia: object
    kiosk: Kiosk
    token: str

    def browser(self, *, visiting=True) -> Client:
        """The kiosk's own browser, somebody before it unless ``visiting`` is false."""
        client = Client()
        client.cookies[devices.COOKIE] = self.token
        if visiting:
            client.get("/borne/commencer/")
        return client

    @property
    def address(self) -> str:
        return f"/borne/proposer/{self.box.slug}/"


def answer(idea, city) -> None:
    """The direction answers, in two people, as to a short matter; nobody of it knows who wrote."""
    city_wide = AgentFactory(roles=[(Role.IDEA_CORRESPONDENT, None)])
    ideas.screen(idea=idea, actor=city.moderator)
    ideas.orient(idea=Idea.objects.get(), actor=city_wide, direction=city.direction, scale="quick_fix")
    ideas.draft_fast_answer(idea=Idea.objects.get(), actor=city.correspondent, **NO)
    ideas.countersign(idea=Idea.objects.get(), actor=city.delegate)
    drain_outbox()


@pytest.fixture
def depot(db):
    ratelimit.forget_memory()
    unit = SiteFactory(name="Dépôt des Tanneurs")
    admin = AgentFactory(roles=[(Role.ADMINISTRATOR, None)])
    nadia = AgentFactory(first_name="Nadia", last_name="Benali", personnel_number="204117", unit=unit)
    nadia.set_password(SECRET)
    nadia.save()
    kiosk, code = services.prepare(actor=admin, unit=unit, name="Tablette du vestiaire")
    token = services.enrol_device(code)
    return Depot(unit, BoxFactory(), admin, nadia, kiosk, token)
