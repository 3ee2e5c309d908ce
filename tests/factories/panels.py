"""Panels for tests: prepared, recruiting, with people registered by code, by telephone, on paper.

People are registered by the services that screens call; what only a person holds (code, receipt) is kept here.
"""

import datetime
from dataclasses import dataclass, field

import time_machine

from panels import vault
from panels.enums import Beacon, CallOutcome, ConsentPurpose, ListKind, TeamRole
from panels.models import Candidate, Draw, InvitationBatch, Membership, Panel, SourceList
from panels.services import calls, candidates, drawing, letters, members, preparing, quotas, registering, seats
from src.directory.enums import Role
from src.directory.models import User
from src.foundations import clock
from src.foundations.testing import drain_outbox

from .directory import AgentFactory, DirectionFactory

QUOTAS = """critère;valeur;min;max;protégé;part;source;année
Genre;Femme;{a};{b};;52 %;Recensement;2022
Genre;Homme;{a};{b};;48 %;Recensement;2022
Logement;Propriétaire;0;{b};;33 %;Recensement;2022
Logement;Logement social;{c};{seats};oui;24 %;Recensement;2022
"""
WOMAN, MAN = "femme", "homme"
OWNER, SOCIAL = "proprietaire", "logement-social"


def dates() -> dict:
    """Dates of a panel prepared today."""
    today = clock.today()
    return {
        "registration_ends_on": today + datetime.timedelta(days=30),
        "draw_on": today + datetime.timedelta(days=40),
        "starts_on": today + datetime.timedelta(days=60),
        "ends_on": today + datetime.timedelta(days=240),
    }


def quota_file(seats: int) -> bytes:
    """Parity give or take one, at least a seat in five for social housing, protected."""
    words = {"a": seats // 2 - (seats > 3), "b": seats // 2 + 1, "c": seats // 5, "seats": seats}
    return QUOTAS.format(**words).encode()


def address_file(count: int) -> bytes:
    """So many people with an address."""
    lines = "".join(f"Personne {n};{n} rue des Tanneurs;30000;Marvenne\n" for n in range(1, count + 1))
    return ("nom;adresse;code postal;commune\n" + lines).encode()


@dataclass
class Made:
    """A panel with its people, and what only they hold: codes on paper, receipts."""

    panel: Panel
    administrator: User
    organiser: User
    facilitator: User
    second: User
    guarantor: User
    keeper: User
    lists: dict[str, SourceList] = field(default_factory=dict)
    batch: InvitationBatch | None = None
    codes: list[str] = field(default_factory=list)
    receipts: dict[str, str] = field(default_factory=dict)

    def again(self) -> Panel:
        """The panel as pages read it now."""
        self.panel = Panel.objects.select_related("commissioner").get(pk=self.panel.pk)
        return self.panel

    def as_now(self, person: User) -> User:
        """Somebody as a new request reads them: their roles are asked again."""
        return User.objects.get(pk=person.pk)

    def open(self) -> Panel:
        preparing.open_registration(actor=self.organiser, panel=self.panel)
        return self.again()

    def print_letters(self, count: int, *, on: str = "electeurs", mailed: bool = True) -> list[str]:
        """Letters of a batch, made by the job, printed, posted; their codes, as on the paper."""
        report = letters.open_batch(
            actor=self.organiser, panel=self.panel, source_list=self.lists[on], data=address_file(count)
        )
        drain_outbox()
        self.batch = InvitationBatch.objects.get(pk=report.batch.pk)
        self.codes = [one.code for one in letters.letters_of(actor=self.organiser, batch=self.batch)]
        if mailed:
            letters.mark_printed(actor=self.organiser, batch=self.batch)
            self.batch = letters.mark_mailed(actor=self.organiser, batch=self.batch)
        return self.codes

    def register(self, code: str, **fields) -> Candidate:
        """Somebody registers by their code."""
        made = registering.register(
            code=code, registration=answers(**fields), caller=f"caller-{code}", token=fields.pop("token", "")
        )
        self.receipts[made.candidate.ticket] = made.nonce
        return made.candidate

    def registered(self, count: int, *, eligible: bool = True) -> list[Candidate]:
        """So many people, one woman in two, one in three in social housing; eligible unless told otherwise."""
        codes = self.print_letters(count)
        people = [
            self.register(
                code,
                name=f"Volontaire {n}",
                gender=WOMAN if n % 2 else MAN,
                housing=SOCIAL if n % 3 == 0 else OWNER,
                address=f"{n + 1} avenue du Port",
            )
            for n, code in enumerate(codes)
        ]
        if eligible:
            for one in people:
                candidates.decide_eligibility(actor=self.facilitator, candidate=one, is_eligible=True)
        return list(Candidate.objects.filter(panel=self.panel).select_related("panel"))

    def members(self) -> list[Membership]:
        """Those who sit, by their number."""
        found = Membership.objects.sitting().filter(panel=self.panel).select_related("panel", "candidate__account")
        return list(found.order_by("number"))

    def close(self) -> Panel:
        preparing.close_registration(actor=self.organiser, panel=self.panel)
        return self.again()


def answers(
    *, name="Jeanne Roche", phone="06 00 00 00 00", email="", address="", postcode="30000", town="Marvenne",
    gender=WOMAN, housing=OWNER,
    consents=(ConsentPurpose.TAKE_PART,), needs=(), guardian=None, values=None, **_rest,
) -> registering.Registration:  # fmt: skip
    """What somebody says when they register."""
    return registering.Registration(
        contact=vault.Contact(name=name, phone=phone, email=email, address=address, postcode=postcode, town=town),
        values=values if values is not None else {"genre": gender, "logement": housing},
        consents=consents,
        needs=needs,
        guardian=guardian,
    )


def prepared(
    *, seats: int = 10, lists=(("electeurs", ListKind.ELECTORS, None),), slug: str = "accueil", **fields
) -> Made:
    """A panel in preparation: its team, its lists, its quotas."""
    direction = DirectionFactory()
    administrator = AgentFactory(roles=[(Role.ADMINISTRATOR, None)])
    team = {
        name: AgentFactory(unit=DirectionFactory())
        for name in ("organiser", "facilitator", "second", "guarantor", "keeper")
    }
    panel = preparing.create_panel(
        actor=administrator,
        slug=slug,
        title="Premier accueil",
        question="À quelles conditions toute personne peut-elle être accueillie dès sa première visite ?",
        commissioner=direction,
        seats=seats,
        contact_name="Malika Soares",
        contact_phone="04 00 00 00 00",
        **(dates() | fields),
    )
    for name, role in (
        ("organiser", TeamRole.ORGANISER),
        ("facilitator", TeamRole.FACILITATOR),
        ("second", TeamRole.FACILITATOR),
        ("guarantor", TeamRole.GUARANTOR),
        ("keeper", TeamRole.PROFILE_KEEPER),
    ):
        shown = {"shown_name": "Paul Adda", "capacity": "Magistrat honoraire"} if name == "guarantor" else {}
        preparing.name_to_team(actor=administrator, panel=panel, person=team[name], role=role, **shown)
    made = Made(panel, administrator, **{name: User.objects.get(pk=one.pk) for name, one in team.items()})
    for name, kind, reserved in lists if seats else ():
        made.lists[name] = preparing.add_source_list(
            actor=made.organiser, panel=panel, slug=name, label=name.title(), kind=kind, seats=reserved
        )
    if not seats:
        return made
    report = quotas.import_quotas(actor=made.organiser, panel=panel, data=quota_file(seats))
    assert report.problems == [], report.problems
    made.again()
    return made


def recruiting(**fields) -> Made:
    """A panel where people register."""
    made = prepared(**fields)
    made.open()
    return made


def pooled(count: int, **fields) -> Made:
    """A panel whose registration is closed, with so many people in the draw."""
    made = recruiting(**fields)
    made.registered(count)
    made.close()
    return made


PUBLIC_NUMBER = "7 12 23 31 45 6"


def seal(made: Made, *, rows: int = 100) -> Draw:
    """The draw of a panel whose registration is closed: its table made, sealed for tomorrow, held by its guarantors."""
    draw = drawing.prepare_draw(actor=made.organiser, panel=made.panel, rows=rows)
    drain_outbox()
    found = drawing.seal_draw(
        actor=made.organiser,
        draw=draw,
        beacon=Beacon.PUBLIC_NUMBER,
        beacon_name="Loto, premier tirage",
        beacon_on=clock.today() + datetime.timedelta(days=1),
        no_chance_because="Les quotas fixés.",
    )
    drain_outbox()
    return found


def certify(made: Made, draw: Draw) -> Draw:
    """Its row revealed and certified, the day after its seal."""
    with time_machine.travel(clock.now() + datetime.timedelta(days=1), tick=False):
        drawing.reveal_draw(actor=made.organiser, draw=draw, value=PUBLIC_NUMBER)
        found = drawing.certify_draw(
            actor=made.guarantor, draw=draw, place="Hôtel de ville", witnesses=[("Paul Adda", "garant")]
        )
    made.again()
    return found


def seat(made: Made) -> None:
    """Everybody drawn says yes by telephone: the members of the panel are known."""
    with time_machine.travel(clock.now() + datetime.timedelta(days=2), tick=False):
        while (call := calls.take_next(actor=made.facilitator, panel=made.panel)) is not None:
            calls.finish_call(actor=made.facilitator, call=call, outcome=CallOutcome.YES)
    seats.seat_confirmed(actor=made.organiser, panel=made.panel)
    made.again()


def begin(made: Made, *, accounts: bool = True) -> None:
    """The work begins: members have their space and, unless told otherwise, their account."""
    members.begin_work(actor=made.organiser, panel=made.panel)
    if accounts:
        members.give_accounts(actor=made.organiser, panel=made.panel)
    # The space is found by those who may.
    drain_outbox()
    made.again()


def sealed(count: int = 20, *, rows: int = 100, **fields) -> tuple[Made, Draw]:
    """A panel whose draw is sealed for tomorrow."""
    made = pooled(count, **{"seats": 4, **fields})
    return made, seal(made, rows=rows)


def certified(count: int = 20, **fields) -> tuple[Made, Draw]:
    """A panel drawn and certified, the day after its seal."""
    made, draw = sealed(count, **fields)
    return made, certify(made, draw)


def seated(count: int = 20, **fields) -> Made:
    """A panel drawn, whose every seat was confirmed by telephone: its members are known."""
    made, _draw = certified(count, **fields)
    seat(made)
    return made


def working(count: int = 20, *, accounts: bool = True, **fields) -> Made:
    """A panel at work: members have their space and, unless told otherwise, their account."""
    made = seated(count, **fields)
    begin(made, accounts=accounts)
    return made
