"""A small world for the access matrix: the demo city's people, and one idea of one's own unit, of another, and hidden."""

import copy
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.test import Client

from src.accountability.models import PlanReport
from src.directory.enums import Role
from src.directory.models import RoleGrant, Unit, User
from src.directory.services import demo as directory_demo
from src.foundations import clock
from src.paper.services import open_batch
from src.participation.enums import Circle
from src.participation.models import Space
from src.publishing.models import HomePage
from src.questionnaires.services import close_questionnaire
from src.wall.models import Sheet
from src.wall.services import draw_week
from src.workflow.models import Process
from tests.factories.directory import LONG_AGO
from tests.factories.ideas import BoxFactory, IdeaFactory
from tests.factories.measures import MeasureFactory
from tests.factories.plans import PlanFactory
from tests.factories.questionnaires import asked_space, questionnaire

WHOSE = ("own", "other", "hidden")
# A key nothing has: what an address without an object of the world is asked for, whatever the database counted before.
NOBODY_S = "4040404"


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
    clients: dict[str, Client] = field(default_factory=dict)

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
        values["pk"] = next((key for prefix, key in self.keys.items() if route.startswith(prefix)), NOBODY_S)
        if whose in self.ideas:
            of = self.measures if route.startswith(("engagements/", "api/v1/measures/")) else self.ideas
            of = self.plans if route.startswith(("engagements/plans/", "api/v1/plans/")) else of
            if route.startswith(("questionnaires/", "api/v1/questionnaires/")):
                of, values = self.questionnaires, {**values, "key": "q1", "kind": "single"}
            values["reference"] = of[whose].reference
            values["batch"] = self.batches[whose].reference
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
    home = str(HomePage.objects.get().pk)
    pages = {"transition": "start_study", "name": "to_study", "provider_id": "oidc"}
    pages |= dict.fromkeys(("page_id", "parent_page_id", "page_to_move_id", "page_pk"), home)
    pages |= {"sheet": draw_sheet("PRO"), "code": "PRO"}
    pages |= {"year": str(clock.today().year)}
    pages |= {"token": "00000000-0000-4000-8000-000000000000"}
    measured = {"measures": measures(ideas, pro, res), "plans": plans(pro, res)}
    return World(ideas, batches(), pages, own_keys(), **measured, questionnaires=asked())


def asked() -> dict[str, object]:
    """Three questionnaires: one that every agent may answer, one closed, one of another unit's members."""
    members = asked_space(circle=Circle.MEMBERS, member_unit=Unit.objects.get(code="PEN"))
    made = {"own": questionnaire(), "other": questionnaire(), "hidden": questionnaire(space=members)}
    close_questionnaire(questionnaire=made["other"])
    return made


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
