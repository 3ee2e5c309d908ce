"""A small world for the access matrix: the demo city's people, and one idea of one's own unit, of another, and hidden."""

import copy
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

import time_machine
from django.db import transaction
from django.test import Client

from consultations.ratings.services import report_problem, suggest
from panels.enums import CallReason, TeamRole
from panels.models import Candidate, Quota
from panels.opinions.services.amending import propose
from panels.opinions.services.minority import write_minority
from panels.pairings.services import link as link_questionnaire
from panels.referrals.services import accept_referral, ask_panel
from panels.services.calls import ask_call
from panels.services.members import link_account
from panels.services.preparing import name_to_team
from panels.services.quotas import ask_relaxation
from panels.services.registering import Origin, type_paper
from panels.statements.models import Statement
from panels.statements.services import add_statements, open_round
from src.accountability.models import PlanReport
from src.directory.enums import Role
from src.directory.models import RoleGrant, Unit, User
from src.directory.services import demo as directory_demo
from src.foundations import clock
from src.foundations.models import JobRun, OutboxEvent
from src.foundations.testing import forget_effects
from src.meetings.services import promise, publish_minutes, raise_topic, write_minutes
from src.paper.services import open_batch
from src.participation.ballots.services import type_papers
from src.participation.enums import Circle
from src.participation.models import Space
from src.publishing.models import HomePage
from src.questionnaires.models import CodedText
from src.questionnaires.services import (
    barometers,
    coding,
    create_questionnaire,
    open_import,
    quotes,
    save_question,
    synthesis,
)
from src.wall.models import Sheet
from src.wall.services import draw_week
from src.workflow.models import Process
from tests.factories import (
    ballots,
    meetings,
    panel_opinions,
    panel_sessions,
    panels,
    training_attestations,
    training_obligations,
    training_sessions,
    trainings,
)
from tests.factories import barometers as followed_questions
from tests.factories.consultations import dossier
from tests.factories.directory import LONG_AGO, AgentFactory
from tests.factories.ideas import BoxFactory, IdeaFactory
from tests.factories.measures import MeasureFactory
from tests.factories.plans import PlanFactory
from tests.factories.questionnaires import again, asked_space, codebook, questionnaire
from tests.factories.ratings import PointFactory
from tests.factories.texts import contribute, reform_text, second_version, text_space
from trainings.attestations.codes import new_code
from trainings.attestations.models import AttestationBatch
from trainings.coverage.models import CoverageTarget
from trainings.evidence import preparing
from trainings.learning.services import enrol
from trainings.obligations.services.deciding import note_absence
from trainings.obligations.services.evaluating import evaluate
from trainings.obligations.services.preparing import end as end_obligation
from trainings.sessions.cards import token_of
from trainings.sessions.services import book

WHOSE = ("own", "other", "hidden")
# A key nothing has: what an address without an object of the world is asked for, whatever the database counted before.
NOBODY_S = "4040404"
# Addresses of a panel whose members work.
AT_WORK = (
    "/membres/", "/avis/", "/regle/", "/votes/", "panels/reponses/", "/reponses/<", "/audiences/", "/notes-sur-papier/",
    "/avant-apres/", "/saisines/", ">/saisir/", "/seances/", "/documents/", "/auditions/", "/indemnites/", "/courriers-aux-membres/",
)  # fmt: skip
# Who works for the panel where people register.
OF_THE_TEAM = {
    "moderation": TeamRole.ORGANISER,
    "facilitation2": TeamRole.FACILITATOR,
    "correspondant": TeamRole.GUARANTOR,
    "rh": TeamRole.PROFILE_KEEPER,
}


def own_keys() -> dict[str, str]:
    """Real keys for the administration's own addresses, by the prefix of the route."""
    role = RoleGrant.objects.order_by("pk").first()
    return {
        "gestion/parcours/": str(Process.objects.get(slug="permanent-box", status="active").pk),
        "gestion/annuaire/unites/": str(Unit.objects.get(acronym="PRO").pk),
        "gestion/annuaire/personnes/": str(User.objects.get(username="agent").pk),
        "gestion/annuaire/roles/": str(role.pk),
        "gestion/espaces/boites/": str(Space.objects.get(slug="plus-simple").pk),
    }


@dataclass
class World:
    """Signed-in clients by role, and the values that fill an address."""

    ideas: dict[str, object]
    # Of the partner's place today, of another place, of a place that was theirs until yesterday.
    batches: dict[str, object]
    pages: dict[str, str]
    keys: dict[str, str]
    # Born of one's own idea and not published, of another direction and public, of an idea nobody here sees.
    measures: dict[str, object] = field(default_factory=dict)
    # Followed by one's own direction and not published, by another and public, by another and not published.
    plans: dict[str, object] = field(default_factory=dict)
    # Open to every agent, closed with its results, of a space nobody here sees.
    questionnaires: dict[str, object] = field(default_factory=dict)
    # For every agent, for everybody, of a space nobody here sees.
    dossiers: dict[str, object] = field(default_factory=dict)
    # Of the closed questionnaire, of everybody's agents, of the members of another unit; a finding of the first.
    barometers: dict[str, str] = field(default_factory=dict)
    # For every agent, for everybody with a second version, of a space nobody here sees.
    texts: dict[str, object] = field(default_factory=dict)
    # A theme, an answer, a chapter and a paragraph of the closed one's published synthesis.
    reading: dict[str, str] = field(default_factory=dict)
    # The meetings of one's own unit, of another direction, of another unit's members.
    groups: dict[str, object] = field(default_factory=dict)
    # Rating points of one's own direction, of another, of a third; what waits at each.
    points: dict[str, object] = field(default_factory=dict)
    # Secret and open to every agent, counted before everybody, in preparation in a space nobody here sees.
    ballots: dict[str, object] = field(default_factory=dict)
    # Begun by the agent, published and begun by nobody, not published.
    trainings: dict[str, str] = field(default_factory=dict)
    # Confirmed, where the agent has a seat; open, where somebody else has one; in preparation.
    sessions: dict[str, dict[str, str]] = field(default_factory=dict)
    # Asked of the agent, in preparation, ended.
    obligations: dict[str, dict[str, str]] = field(default_factory=dict)
    # Attestations of the agent, of another, of nobody; evidence of human resources, of another, of nobody.
    proofs: dict[str, dict[str, str]] = field(default_factory=dict)
    followed: dict[str, dict[str, str]] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    @cached_property
    def panels(self) -> dict[str, dict[str, str]]:
        """Where people register, with personas in its team; drawn; in preparation, of another team.

        The first address of a panel has them built: draws take as long as the rest of the world.
        """
        return without_effects(drawn_panels)

    @cached_property
    def at_work(self) -> dict[str, dict[str, str]]:
        """Of the panel whose members work; "other" is at work too, and nobody here is of it."""
        return without_effects(panels_at_work)

    def with_panels(self) -> "World":
        """The same with its panels built at once: what people do there opens addresses elsewhere to them."""
        assert self.panels and self.at_work
        return self

    def client(self, role: str) -> Client:
        if role not in self.clients:
            client = Client(raise_request_exception=False)
            if role != "anonymous":
                client.force_login(
                    User.objects.get(username={"external": "panel", "facilitation": "facilitation2"}.get(role, role)),
                    backend="src.directory.backends.DirectoryBackend",
                )
            self.clients[role] = client
        return self.clients[role]

    def values(self, route: str, whose: str) -> dict[str, str]:
        """What fills the parameters of a route: the idea of the unit asked for, the home page, our own objects."""
        values = dict(self.pages)
        if route.startswith("formations/obligations/rh/fichiers/"):
            values["key"] = UNKNOWN_FILE
        values["pk"] = next((key for prefix, key in self.keys.items() if route.startswith(prefix)), NOBODY_S)
        if whose in self.ideas:
            of = self.measures if route.startswith(("engagements/", "api/v1/measures/")) else self.ideas
            of = self.plans if route.startswith(("engagements/plans/", "api/v1/plans/")) else of
            if route.startswith(("questionnaires/", "api/v1/questionnaires/")):
                of = self.questionnaires
                values = {**values, "key": "q1", "kind": "single", **self.reading}
            values |= {"barometer": self.barometers[whose], "finding": self.barometers["finding"], "number": "1"}
            if route.startswith("reunions/"):
                of = self.groups
                values = {**values, **gathered_in(of[whose])}
            if route.startswith(("consultations/", "api/v1/consultations/")):
                values["slug"] = self.dossiers[whose].slug
            if route.startswith(("textes/", "api/v1/texts/")):
                of = self.texts
                unit = of[whose].current.units.order_by("position").first()
                said = unit.contributions.first()
                values = {**values, "key": unit.key, "contribution": said.reference, "version": "2"}
            if route.startswith(("noter/", "n/", "qualite/", "api/v1/quality/")):
                values = {**values, **rated_at(self.points[whose])}
            if route.startswith("scrutins/"):
                of = self.ballots
            values["reference"] = of[whose].reference
            values["batch"] = self.batches[whose].reference
            if route.startswith("scrutins/"):
                batch = of[whose].paper_batches.first()
                values |= {"name": "resultats.json", "batch": str(batch.pk) if batch else NOBODY_S}
            if route.startswith("panels/"):
                values |= self.panels[whose]
                if any(part in route for part in AT_WORK):
                    values |= self.at_work[whose]
                if "/saisines/" in route or ">/saisir/" in route:
                    values |= {"reference": values["referral"], "kind": "question"}
                if "/avant-apres/" in route:
                    values["reference"] = values["pairing"]
            if route.startswith("formations/"):
                values |= {"slug": self.trainings[whose], "position": "1"}
                values |= self.sessions[whose] | self.proofs[whose]
            if route.startswith("formations/obligations/"):
                values |= self.obligations[whose]
            if route.startswith(("formations/suivi/", "formations/rappels/")):
                values |= self.followed[whose]
            if route.startswith("consultations/chiffres/"):
                values["reference"] = self.reading["theme"]
            if route.startswith("questionnaires/"):
                values["number"] = "1"
                values["batch"] = getattr(of[whose].imports.first(), "reference", "4040404")
        return values

    def ask(self, role: str, method: str, url: str) -> str:
        """The status of one request, whose effects are undone; a redirect to the door is told as "login"."""
        client = self.client(role)
        cookies = copy.deepcopy(client.cookies)
        with transaction.atomic():
            response = getattr(client, method.lower())(url)
            transaction.set_rollback(True)
        client.cookies = cookies
        if response.status_code in (301, 302, 303):
            return "login" if response["Location"].startswith("/connexion/?") else str(response.status_code)
        return str(response.status_code)


def draw_sheet(code: str) -> str:
    """Draw the sheets of the week anew; the reference of a unit's."""
    Sheet.objects.all().delete()
    draw_week()
    return Sheet.objects.get(unit__code=code).reference


def build_world() -> World:
    """Load the demo city's directory and put three ideas before it.

    ``own``: by the persona ``agent``, oriented to their direction (the staff personas' own), being studied.
    ``other``: somebody else's, in another direction, seen by every agent. ``hidden``: in a space of another
    unit's members, so that nobody here may know it exists.
    """
    directory_demo.load_directory()
    by_code = {unit.acronym: unit for unit in Unit.objects.filter(kind="direction")}
    pro, res = by_code["PRO"], by_code["RES"]
    agent, elsewhere = User.objects.get(username="agent"), User.objects.get(username="agent2")
    box = BoxFactory(slug="plus-simple", name="Plus simple", steering_unit=pro)
    closed = BoxFactory(
        slug="reserve",
        name="Réservé",
        circle=Circle.MEMBERS,
        member_unit=Unit.objects.get(code="PEN"),
        steering_unit=res,
    )
    ideas = {
        "own": IdeaFactory(space=box, author=agent, direction=pro, stage="qualified"),
        "other": IdeaFactory(space=box, author=elsewhere, direction=res, stage="qualified"),
        "hidden": IdeaFactory(space=closed, author=elsewhere, direction=res, stage="qualified"),
    }
    home = str(HomePage.objects.get(slug="accueil").pk)
    pages = {"transition": "start_study", "name": "to_study", "provider_id": "oidc"}
    pages |= dict.fromkeys(("page_id", "parent_page_id", "page_to_move_id", "page_pk"), home)
    pages |= {"sheet": draw_sheet("PRO"), "code": "PRO"}
    pages |= {"year": str(clock.today().year)}
    pages |= {"token": "00000000-0000-4000-8000-000000000000"}
    pages |= {"media": "000000", "progress": NOBODY_S, "place": "1"}
    measured = {"measures": measures(ideas, pro, res), "plans": plans(pro, res)}
    book = codebook([f"Réponse {n}" for n in range(24)], "Horaires")
    questionnaires = asked(book)
    world = World(
        ideas,
        batches(),
        pages,
        own_keys(),
        **measured,
        questionnaires=questionnaires,
        barometers=followed(questionnaires),
        reading=read_and_told(book),
        dossiers=consulted(),
        texts=commented(),
        groups=gathered(),
        points=rated(),
        ballots=voted(),
        trainings=followed_trainings(),
        sessions=booked_sessions(),
        obligations=asked_trainings(),
        proofs=proved(),
        followed=followed_obligations(),
    )
    forget_effects()
    return world


def without_effects(build):
    """What ``build`` answers; what it leaves due is thrown away, what was due before stays."""
    before = set(OutboxEvent.objects.values_list("pk", flat=True))
    built = build()
    OutboxEvent.objects.exclude(pk__in=before).delete()
    return built


def followed_trainings() -> dict[str, str]:
    """Addresses of three trainings: one that the agent follows, one open to all, one being written."""
    own, other = trainings.whole(), trainings.published()
    enrol(actor=User.objects.get(username="agent"), track=own.track)
    return {"own": own.track.slug, "other": other.track.slug, "hidden": trainings.written().slug}


def booked_sessions() -> dict[str, dict[str, str]]:
    """What addresses of three sessions need: the agent's, somebody else's, one that nobody knows of."""
    unit, lead = Unit.objects.get(code="RES-PER"), User.objects.get(username="formation")
    found = {
        "own": training_sessions.confirmed(User.objects.get(username="agent"), unit=unit, lead=lead),
        "other": training_sessions.session(unit=unit, lead=lead),
        "hidden": training_sessions.session(unit=unit, lead=lead, opened=False),
    }
    book(actor=User.objects.get(username="agent2"), session=found["other"])
    told = {}
    for whose, one in found.items():
        booking = one.bookings.first()
        told[whose] = {
            "session": one.reference,
            "slot": "1",
            "booking": str(booking.pk) if booking else NOBODY_S,
            "token": token_of(booking) if booking else "1.faux",
            "unit": "PRO-TAN",
            "which": "feuille",
            "form": "csv",
        }
    return told


def asked_trainings() -> dict[str, dict[str, str]]:
    """What fills the addresses of three mandatory trainings: one that the agent owes, one in preparation, one ended."""
    agent, hr = User.objects.get(username="agent"), User.objects.get(username="rh")
    track = trainings.published().track
    own, draft, over = (training_obligations.obligation(active=active, track=track) for active in (True, False, True))
    evaluate()
    end_obligation(obligation=over, actor=hr)
    away = note_absence(agent=agent, starts_on=clock.today(), ends_on=None, actor=hr)
    nobody = {"person": NOBODY_S, "absence": NOBODY_S, "completion": NOBODY_S}
    return {
        "own": nobody | {"reference": own.reference, "person": str(agent.pk), "absence": str(away.pk)},
        "other": nobody | {"reference": draft.reference},
        "hidden": nobody | {"reference": over.reference, "person": str(agent.pk)},
    }


UNKNOWN_FILE = "00000000-0000-4000-8000-000000000000"


def proved() -> dict[str, dict[str, str]]:
    """What fills addresses of proofs: the agent's and their site's, another's, nobody's."""
    found = {}
    for whose, holder, keeper in (("own", "agent", "rh"), ("other", "agent2", "admin")):
        printed = training_attestations.printed(
            training_attestations.finished(User.objects.get(username=holder), f"Attestée {whose}")
        )
        completion = printed.row.attestation.completion
        batch = AttestationBatch.objects.create(
            site=completion.agent.current_affectation.unit,
            completions=[completion.pk],
            total=1,
            created_at=clock.now(),
        )
        run = JobRun.objects.create(
            name=preparing.JOB,
            owner=User.objects.get(username=keeper),
            result={"obligation": "7KQ4M2", "title": completion.track.title, "day": "2026-11-01"},
            created_at=clock.now(),
            touched_at=clock.now(),
        )
        found[whose] = {
            "completion": str(completion.pk),
            "code": printed.row.attestation.code,
            "batch": batch.reference,
            "run": str(run.pk),
        }
    nowhere = {"completion": NOBODY_S, "code": new_code(), "batch": "404040", "run": str(uuid.UUID(int=4))}
    return found | {"hidden": nowhere}


def followed_obligations() -> dict[str, dict[str, str]]:
    """Two obligations in force with a target each, and one that is a draft: nobody follows it yet."""
    found = {}
    for whose in WHOSE:
        obligation = training_obligations.obligation(active=whose != "hidden", track=trainings.published().track)
        target = CoverageTarget.objects.create(
            obligation=obligation, percent=80, by_on=clock.today() + timedelta(days=90), set_at=clock.now()
        )
        found[whose] = {"reference": obligation.reference, "pk": str(target.pk)}
    return found


def voted() -> dict[str, object]:
    """Three ballots: a secret one that every agent may vote in, with papers typed once; one counted; one prepared."""
    members = ballots.ballot_space(circle=Circle.MEMBERS, member_unit=Unit.objects.get(code="PEN"))
    with time_machine.travel(clock.now() - timedelta(days=1), tick=False):
        own = ballots.opened(secrecy="secret", people=0)
    # A place of the partner, today.
    place, person = Unit.objects.get(code="SOL-NOR"), User.objects.get(username="agent2")
    typist = AgentFactory(roles=[(Role.FACILITATOR, place)])
    own.ballot.roll.create(person=person, channel="paper", place=place)
    type_papers(actor=typist, ballot=own.ballot, place=place, votes=[[0]])
    with time_machine.travel(clock.now() - timedelta(days=20), tick=False):
        other = ballots.opened(space=ballots.ballot_space(circle=Circle.EVERYONE), people=12)
    other.cast_all([[0]] * 12)
    return {"own": own.again(), "other": other.close(), "hidden": ballots.prepared(space=members).ballot}


def drawn_panels() -> dict[str, dict[str, str]]:
    """What fills the addresses of three panels: one where people register, one drawn, one in preparation."""
    made = panels.recruiting(slug="accueil-ouvert")
    first, *_others = made.registered(2, eligible=False)
    asked = ask_relaxation(
        actor=made.organiser, quota=Quota.objects.get(is_protected=True), minimum=1, maximum=10, reason="Trop rares."
    )
    paper = type_paper(
        actor=made.facilitator,
        panel=made.panel,
        origin=Origin(code=made.print_letters(1)[0]),
        registration=panels.answers(),
    )
    call = ask_call(candidate=first, reason=CallReason.CHECK)
    for persona, role in OF_THE_TEAM.items():
        shown = {"shown_name": "Une garante", "capacity": "Juriste"} if role == TeamRole.GUARANTOR else {}
        person = User.objects.get(username=persona)
        name_to_team(actor=made.administrator, panel=made.panel, person=person, role=role, **shown)
    own = {
        "slug": made.panel.slug,
        "ticket": first.ticket,
        "batch": made.batch.pk,
        "quota": asked.quota_id,
        "relaxation": asked.pk,
        "member": made.panel.team.first().pk,
        "paper": paper.reference,
        "call": call.pk,
    }
    drawn, _draw = panels.certified(slug="accueil-tire")
    seat = drawn.panel.seat_rows.first()
    other = {"slug": drawn.panel.slug, "ticket": seat.holder.ticket, "batch": drawn.batch.pk, "seat": seat.pk}
    hidden = {"slug": panels.prepared(slug="accueil-prepare").panel.slug}
    nobodys = dict.fromkeys(("batch", "quota", "relaxation", "crossed", "member", "call", "seat", "pk"), NOBODY_S)
    nobodys |= {"number": "1", "part": "1", "name": "manifeste.json", "ticket": "P-00000", "paper": "4040404"}
    return {whose: nobodys | found for whose, found in (("own", own), ("other", other), ("hidden", hidden))}


def panels_at_work() -> dict[str, dict[str, str]]:
    """What fills the addresses of two panels at work and one in preparation; the outsider sits on the first."""
    own, other = panels.working(slug="accueil-au-travail", kind="standing"), panels.working(slug="accueil-ailleurs")
    for persona, role in OF_THE_TEAM.items():
        shown = {"shown_name": "Une garante", "capacity": "Juriste"} if role == TeamRole.GUARANTOR else {}
        person = User.objects.get(username=persona)
        name_to_team(actor=own.administrator, panel=own.panel, person=person, role=role, **shown)
    seat = own.members()[0]
    Candidate.objects.filter(pk=seat.candidate_id).update(account=None)
    link_account(candidate=Candidate.objects.get(pk=seat.candidate_id), account=User.objects.get(username="panel"))
    hidden = {"slug": panels.prepared(slug="accueil-a-venir").panel.slug}
    owed = drafted_and_answered(own)
    found = {"own": {"slug": own.panel.slug}, "other": {"slug": other.panel.slug}, "hidden": hidden}
    found["own"] |= {"referral": consulted_between_sittings(own), "pairing": asked_twice(own)} | answered_there(own)
    for whose, made in (("own", own), ("other", other)):
        found[whose] |= panel_sessions.everything(made)
    nobodys = dict.fromkeys(("session", "document", "hearing", "asked", "key", "rule", "pin"), NOBODY_S)
    nobodys |= {"number": "1", "half": "1", "position": "1", "kind": "agenda", "amendment": "1"}
    nobodys |= {"reference": owed, "referral": "000000", "round": "000000", "statement": "000000"}
    nobodys |= {"pairing": "000000"}
    return {whose: nobodys | one for whose, one in found.items()}


def asked_twice(made) -> str:
    """A questionnaire of the panel at work, asked before and after, that nobody has answered."""
    first = create_questionnaire(space=made.panel.space, title="Avant et après", answer_mode="secret")
    save_question(questionnaire=first, kind="scale", text="Bien reçu ?", settings={"least": 1, "most": 5})
    return link_questionnaire(actor=made.organiser, panel=made.panel, before=first).reference


def consulted_between_sittings(made) -> str:
    """A referral that the direction of the personas asked, and that the panel accepted."""
    asked = ask_panel(
        actor=User.objects.get(username="decideur"), panel=made.panel, unit=Unit.objects.get(code="PRO"),
        kind="question", title="Les horaires", question="Lesquels ?",
    )  # fmt: skip
    accept_referral(actor=made.organiser, referral=asked, reply_on=clock.today() + timedelta(days=20))
    return asked.reference


def drafted_and_answered(own) -> str:
    """A draft with an amendment on the panel at work; elsewhere an opinion handed over: the reference of its reply."""
    drafted = panel_opinions.Made(own, own.administrator, own.members())
    drafted.rule()
    draft = drafted.draft()
    propose(actor=drafted.account(1), recommendation=draft, text="Autre.", why="Autre.")
    write_minority(actor=drafted.account(1), panel=drafted.panel, text="Nous demandons des postes.")
    answered = panel_opinions.handed_over(slug="accueil-remis")
    answered.answered(1)
    return answered.reply(2).reference


def answered_there(made) -> dict[str, str]:
    """A round of statements open on a panel at work, with one that is shown."""
    today = clock.today()
    asked = open_round(
        actor=made.organiser, panel=made.panel, title="L’accueil", question="Que faut-il ?", opens_on=today,
        closes_on=today + timedelta(days=9),
    )  # fmt: skip
    shown, _other = add_statements(actor=made.organiser, round_=asked, texts=["Ouvrir le samedi.", "Fermer à midi."])
    return {"round": asked.reference, "statement": Statement.objects.get(text=shown.text).reference}


def gathered() -> dict[str, object]:
    """Three groups that meet, each with minutes published, a meeting announced and a topic waiting."""
    units = {"own": "PRO-TAN", "other": "RES", "hidden": "PEN"}
    made = {whose: meetings.group(unit=Unit.objects.get(code=code)) for whose, code in units.items()}
    for series in made.values():
        author = (
            User.objects.filter(current_affectation__unit__path__startswith=series.unit.path).order_by("pk").first()
        )
        raise_topic(series=series, author=author, title="Un point à voir ensemble")
        held = meetings.meeting(series, days=-20, state="held")
        promise(meeting=held, text="Faire ce qui a été dit", owner_label="L’équipe", due_on=clock.today())
        write_minutes(meeting=held, summary="Nous avons parlé de ce qui vient.")
        publish_minutes(meeting=held, actor=author)
        meetings.meeting(series, days=20)
    return made


def gathered_in(series) -> dict[str, str]:
    """What fills the addresses of a group."""
    return {
        "meeting": series.meetings.get(state="called").reference,
        "topic": series.topics.get().reference,
        "action": series.actions.get().reference,
        "secret": "0" * 32,
    }


def rated() -> dict[str, object]:
    """Three points, each with a report, a suggestion and an unusual series."""
    units = {"own": "PRO-TAN", "other": "RES", "hidden": "PEN"}
    made = {whose: PointFactory(unit=Unit.objects.get(code=code)) for whose, code in units.items()}
    for point in made.values():
        report_problem(point=point, text="La borne est en panne depuis mardi.")
        suggest(point=point, text="Un banc devant la porte")
        point.flags.create(pattern=1, day=clock.today(), ratings=20, found_on=clock.today())
    return made


def rated_at(point) -> dict[str, str]:
    """What fills the addresses of a point."""
    return {
        "point": point.reference,
        "report": point.reports.get().reference,
        "suggestion": point.suggestions.get().reference,
        "flag": str(point.flags.get().pk),
    }


def asked(book) -> dict[str, object]:
    """Three questionnaires: one that every agent may answer, one closed, one of another unit's members."""
    members = asked_space(circle=Circle.MEMBERS, member_unit=Unit.objects.get(code="PEN"))
    made = {"own": questionnaire(), "other": book.questionnaire, "hidden": questionnaire(space=members)}
    for whose in ("own", "hidden"):
        open_import(actor=None, questionnaire=made[whose], source="Ailleurs", data=b"a;b\noui;non")
    return made


def followed(questionnaires) -> dict[str, str]:
    """A barometer of each questionnaire; that of one's own has an edition typed, and a finding."""
    made = {
        whose: barometers.begin_barometer(questionnaire=again(one), title="Nos bancs", number=2)
        for whose, one in questionnaires.items()
    }
    tracked = followed_questions.follow(made["own"])
    finding = followed_questions.finding(followed_questions.typed(made["own"], 1, {"q1": ("41", 400, "")}), tracked)
    return {whose: one.reference for whose, one in made.items()} | {"finding": finding.reference}


def read_and_told(book) -> dict[str, str]:
    """The answers of a codebook are read, some quoted, their synthesis published, one reported; what fills its addresses."""
    reader, theme, texts = User.objects.get(username="admin"), book.themes.get(), list(book.texts.all())
    coding.code_several(actor=reader, codebook=book, texts=texts)
    coding.code_several(actor=reader, codebook=book, texts=texts[:12], add=theme)
    synthesis.choose_shown(questionnaire=book.questionnaire, choices={text: (True, []) for text in texts[:12]})
    held = synthesis.begin_synthesis(questionnaire=book.questionnaire, title="Synthèse")
    chapter = synthesis.save_chapter(synthesis=held, title="Chapitre")
    paragraph = synthesis.save_paragraph(chapter=chapter, text="Paragraphe.", themes=[theme])
    synthesis.publish_synthesis(questionnaire=book.questionnaire)
    quotes.report(
        actor=User.objects.get(username="agent2"),
        quote=CodedText.objects.get(pk=texts[0].pk),
        reason_code="personnes",
        words="Reconnaissable.",
    )
    return {
        "theme": theme.reference,
        "quote": texts[0].reference,
        "text": texts[0].reference,
        "chapter": str(chapter.pk),
        "paragraph": str(paragraph.pk),
    }


def measures(ideas, pro, res) -> dict[str, object]:
    """Three measures under way; only the second is everybody's."""
    made = {
        "own": MeasureFactory(unit=pro, published_on=None),
        "other": MeasureFactory(unit=res),
        "hidden": MeasureFactory(unit=res, published_on=None),
    }
    for whose, measure in made.items():
        measure.origins.create(subject_kind="idea", subject_reference=ideas[whose].reference)
    return made


def plans(pro, res) -> dict[str, object]:
    """Three plans of a measure each; only the second is everybody's, with a report that isn't frozen."""
    made = {
        "own": PlanFactory(unit=pro, published_on=None, measures=1),
        "other": PlanFactory(unit=res, measures=1),
        "hidden": PlanFactory(unit=res, published_on=None, measures=1),
    }
    year = clock.today().year
    for whose in ("own", "other"):
        PlanReport.objects.create(
            plan=made[whose], year=year, figures_on=clock.today(), introduction="Une année.", created_on=clock.today()
        )
    return made


def consulted() -> dict[str, object]:
    """Three dossiers: one for every agent, one for everybody, one of another unit's members."""
    members = asked_space(circle=Circle.MEMBERS, member_unit=Unit.objects.get(code="PEN"))
    return {
        "own": dossier(slug="pour-les-agents"),
        "other": dossier(slug="pour-tous", space=asked_space(circle=Circle.EVERYONE)),
        "hidden": dossier(slug="entre-nous", space=members),
    }


def commented() -> dict[str, object]:
    """Three texts with a contribution each, a second version being written: for agents, for everybody, for members."""
    members = text_space(circle=Circle.MEMBERS, member_unit=Unit.objects.get(code="PEN"))
    made = {
        "own": reform_text(),
        "other": reform_text(space=text_space(circle=Circle.EVERYONE)),
        "hidden": reform_text(space=members),
    }
    for whose, text in made.items():
        member = AgentFactory(unit=Unit.objects.get(code="PEN")) if whose == "hidden" else None
        contribute(text, actor=member or User.objects.get(username="agent"))
        second_version(text)
    return made


def batches() -> dict[str, object]:
    """A batch being typed in each of three places; the partner's role in the last one ended yesterday."""
    malika, partner = User.objects.get(username="facilitation"), User.objects.get(username="facilitation2")
    yesterday = clock.today() - timedelta(days=1)
    RoleGrant.objects.create(
        user=partner,
        role=Role.FACILITATOR,
        unit=Unit.objects.get(code="ACC-QUA"),
        starts_on=LONG_AGO,
        ends_on=yesterday,
    )
    return {
        whose: open_batch(actor=malika, unit=Unit.objects.get(code=code), held_on=clock.today(), announced=1)
        for whose, code in (("own", "SOL-NOR"), ("other", "PRO-TAN"), ("hidden", "ACC-QUA"))
    }
