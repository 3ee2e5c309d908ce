"""A box, a depot, two facilitators of the city and a partner of another place."""

import datetime
from dataclasses import dataclass

import pytest

from src.directory.enums import Role
from src.directory.services import grant_role
from src.foundations import clock
from src.foundations.testing import forget_effects
from src.meetings.paper import KIND as TOPIC
from src.paper import registry, services
from src.paper.services.batches import Filled
from src.questionnaires.paper import about_of
from tests.factories.directory import AgentFactory, ExternalFactory, SiteFactory
from tests.factories.ideas import BoxFactory
from tests.factories.meetings import group
from tests.factories.questionnaires import questionnaire
from tests.factories.texts import reform_text

TEXT = "En attendant le camion, il n'y a nulle part où s'asseoir au sec. Un banc couvert suffirait."
TITLE = "Un banc à l'abri près du portail"


@dataclass
class Desk:
    box: object
    depot: object
    elsewhere: object
    malika: object
    gerard: object
    partner: object
    nadia: object

    def filled(self, key="idee", about=None, **values):
        """A sheet as it is typed: one value a question."""
        data = {name: [value] for name, value in values.items()}
        return Filled(registry.form(key), self.box.slug if about is None else about, data)

    def about(self, paper):
        """Something this form is about: a box, a questionnaire, a version of a text, nothing."""
        if paper.key == "reform_text":
            reference = reform_text().reference
            forget_effects()
            return f"{reference}.1"
        if paper.adapt is not None:
            return about_of(questionnaire())
        if paper.key == TOPIC:
            return group(unit=self.depot, facilitator=self.malika).reference
        return self.box.slug if paper.places else ""

    def idea_sheet(self, identity="protected", **who):
        return self.filled(body=TEXT, title=TITLE, identity=identity, **{f"who-{k}": v for k, v in who.items()})

    def batch(self, *sheets, codes=()):
        """A batch typed by Malika and closed."""
        batch = services.open_batch(actor=self.malika, unit=self.depot, held_on=clock.today(), announced=len(sheets))
        for position, sheet in enumerate(sheets):
            assert sheet.is_valid(), (sheet.form.errors, sheet.who.errors)
            code = codes[position] if position < len(codes) else None
            services.type_sheet(actor=self.malika, batch=batch, filled=sheet, code=code)
        services.close_typing(actor=self.malika, batch=batch)
        return batch


@pytest.fixture
def desk(db):
    depot, elsewhere = SiteFactory(name="Dépôt des Tanneurs"), SiteFactory(name="Maison Nord")
    partner = ExternalFactory(first_name="Gérard", last_name="Pons")
    grant_role(
        user=partner,
        role=Role.FACILITATOR,
        unit=elsewhere,
        starts_on=clock.today(),
        ends_on=clock.today() + datetime.timedelta(days=30),
    )
    return Desk(
        box=BoxFactory(),
        depot=depot,
        elsewhere=elsewhere,
        malika=AgentFactory(first_name="Malika", roles=[(Role.FACILITATOR, None)]),
        gerard=AgentFactory(first_name="Inès", roles=[(Role.FACILITATOR, depot)]),
        partner=partner,
        nadia=AgentFactory(
            first_name="Nadia", last_name="Benali", personnel_number="204117", unit=depot, job_title="Conductrice"
        ),
    )
