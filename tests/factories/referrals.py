"""Referrals for tests: a panel at work, a direction with somebody who answers for it, and each kind in each state."""

import datetime
from dataclasses import dataclass, field

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from panels.models import Membership
from panels.referrals import services
from panels.referrals.enums import ReferralKind, TaskResult
from panels.referrals.models import Referral
from panels.referrals.services.testing import Said
from src.directory.enums import Role
from src.directory.models import User
from src.foundations import clock
from src.foundations.testing import drain_outbox

from . import panels
from .directory import AgentFactory, DirectionFactory

TASKS = ("Remplir la rubrique sur les revenus", "Trouver où joindre les papiers")


@dataclass
class Asked:
    """A panel at work and the direction that asks."""

    made: panels.Made
    unit: object
    decider: User
    agent: User
    sitting: list[Membership] = field(default_factory=list)

    @property
    def panel(self):
        return self.made.panel

    def account(self, place: int = 0) -> User:
        """The account of a member, as a new request reads it."""
        return User.objects.get(pk=self.sitting[place].candidate.account_id)

    def ask(self, kind=ReferralKind.QUESTION, **fields) -> Referral:
        if kind == ReferralKind.FORM_TEST:
            fields = {"tasks": TASKS, "link": "https://demarches.ville.example/cantine", **fields}
        words = {"title": "Les horaires du soir", "question": "Jusqu’à quelle heure faut-il ouvrir ?", **fields}
        return services.ask_panel(actor=self.decider, panel=self.panel, unit=self.unit, kind=kind, **words)

    def accept(self, referral: Referral, days: int = 20) -> Referral:
        day = clock.today() + datetime.timedelta(days=days)
        found = services.accept_referral(actor=self.made.organiser, referral=referral, reply_on=day)
        drain_outbox()
        return self.again(found)

    def accepted(self, kind=ReferralKind.QUESTION, **fields) -> Referral:
        return self.accept(self.ask(kind, **fields))

    def shown(self, referral: Referral, **fields) -> Referral:
        if referral.is_form_test:
            fields = {"green_light": False, "changes": ["Mettre les revenus en dernier"], **fields}
        return services.show_answer(
            actor=self.made.facilitator, referral=referral, answer="Jusqu’à 19 h, deux soirs par semaine.", **fields
        )

    def published(self, referral: Referral, **fields) -> Referral:
        """Shown today, published tomorrow."""
        self.shown(referral, **fields)
        with time_machine.travel(clock.now() + datetime.timedelta(days=1), tick=False):
            services.publish_answer(actor=self.made.organiser, referral=referral)
            drain_outbox()
        return self.again(referral)

    def answered(self, kind=ReferralKind.QUESTION) -> Referral:
        referral = self.accepted(kind)
        if kind == ReferralKind.QUESTION:
            services.keep_word(actor=self.account(), referral=referral, text="Dix-neuf heures.")
        if kind == ReferralKind.FORM_TEST:
            self.tried(referral)
        return self.published(referral)

    def tried(self, referral: Referral, place: int = 0, result=TaskResult.ALONE, **more):
        said = {n: Said(result, **more) for n in range(1, len(TASKS) + 1)}
        return services.fill_sheet(actor=self.account(place), referral=referral, said=said)

    def planned(self, referral: Referral, *, members: int = 3, agents: int = 2, days: int = 10):
        return services.plan_workshop(
            actor=self.made.facilitator,
            referral=referral,
            starts_at=clock.now() + datetime.timedelta(days=days),
            place="Maison des solidarités Nord",
            member_seats=members,
            agent_seats=agents,
        )

    def again(self, referral: Referral) -> Referral:
        return Referral.objects.for_pages().get(pk=referral.pk)


def asked_world(**fields) -> Asked:
    """A panel of four at work, a direction whose decision-maker may ask, and an agent of that direction."""
    made = panels.working(**fields)
    unit = DirectionFactory()
    decider = AgentFactory(unit=unit, roles=[(Role.DECISION_MAKER, unit)])
    return Asked(made, unit, User.objects.get(pk=decider.pk), AgentFactory(unit=unit), made.members())


def pdf() -> SimpleUploadedFile:
    """A PDF of one empty page."""
    import io

    import pypdf

    writer, output = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(output)
    return SimpleUploadedFile("formulaire.pdf", output.getvalue(), content_type="application/pdf")
