"""Rounds of statements for tests: a panel at work, a round with statements, members who answer as told."""

import datetime
from dataclasses import dataclass, field

from panels.models import Membership, Panel
from panels.statements import services
from panels.statements.models import Round, Statement
from src.directory.models import User
from src.foundations import clock
from src.foundations.testing import drain_outbox

from . import panels

TEXTS = ("Ouvrir le samedi.", "Fermer à midi.", "Un accueil sans rendez-vous.", "Une borne suffit.")


@dataclass
class Answered:
    """A panel at work and a round of its own."""

    made: panels.Made
    round: Round
    sitting: list[Membership] = field(default_factory=list)

    @property
    def panel(self) -> Panel:
        return self.made.panel

    def account(self, place: int = 0) -> User:
        """The account of a member, as a new request reads it."""
        return User.objects.get(pk=self.sitting[place].candidate.account_id)

    def again(self) -> Round:
        """The round as a page reads it now."""
        self.round = Round.objects.select_related("panel", "snapshot").get(pk=self.round.pk)
        return self.round

    def shown(self, number: int = 1) -> Statement:
        return Statement.objects.select_related("round").get(round=self.round, number=number)

    def close(self) -> Round:
        """Closed, its map made by the job."""
        services.close_round(actor=self.made.organiser, round_=self.round)
        drain_outbox()
        return self.again()


def opened(*, texts=TEXTS, days: int = 10, **fields) -> Answered:
    """A round open today, with statements of the team; ``days`` until its last."""
    made = panels.working(**fields)
    today = clock.today()
    round_ = services.open_round(
        actor=made.organiser, panel=made.panel, title="L’accueil", question="Que faut-il pour bien accueillir ?",
        opens_on=today, closes_on=today + datetime.timedelta(days=days),
    )  # fmt: skip
    if texts:
        services.add_statements(actor=made.facilitator, round_=round_, texts=texts)
    return Answered(made, round_, made.members())
