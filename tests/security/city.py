"""The demo city with an account planted in it, whose idea walks to its answer by HTTP alone, and a crawler of everything."""

import copy
import io
import json
import re
import uuid
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client

from ideas.models import Idea, IdeaComment
from src.directory.models import Unit, User
from src.directory.services import create_account, grant_role, post_agent
from src.foundations import clock, ratelimit
from src.foundations.testing import drain_outbox
from tests.access.addresses import ROLES, addresses, asked_on_this_database, fill, tells_of_ideas
from tests.access.world import build_world
from tests.factories.directory import LONG_AGO
from tests.factories.ideas import IdeaFactory

PASSWORD = "quatre-mots-au-hasard-77"
BODY = "Le matin, la barrière du dépôt reste baissée. Un badge par équipe éviterait dix minutes d'attente."
COMMENT = "Je précise : la barrière du côté des quais, celle que personne ne surveille."
ANSWER = "Une vingtaine de personnes passent par là entre six et sept heures."
OFFICIAL = (
    "Oui. Un badge par équipe ouvre la barrière dès le mois prochain, et la consigne est affichée au dépôt. "
    "Le service Mécanique les distribue et reprend les anciens."
)
STRANGE = 77_000_007_700  # an account id that nothing else can be


@dataclass(frozen=True)
class Canary:
    """Somebody whose every trait is a string found nowhere else."""

    first_name: str = "Zéphyrine-Canari"
    last_name: str = "Quetzal-Inouï"
    username: str = "canari-inoui-77"
    email: str = "canari.inoui77@marvenne.example"
    number: str = "C4N4R1-0077"
    job: str = "Testeuse d'ombre portée"
    address: str = "203.0.113.77"
    agent: str = "CanariInoui/7.7 (Téléphone de service)"

    @property
    def traces(self) -> list[str]:
        """What would name her: every trait, the address also by its last part of three numbers."""
        return [
            self.first_name,
            self.last_name,
            self.username,
            self.email,
            self.number,
            self.job,
            self.address,
            self.agent,
            str(STRANGE),
        ]


CANARY = Canary()


def found_in(text: str) -> list[str]:
    """The traces in a text, whether written plainly, escaped for HTML or JSON, or without accents."""
    clear = text.replace("&#x27;", "'").replace("&#39;", "'").replace("&amp;", "&").lower()
    seen = [trace for trace in CANARY.traces if trace.lower() in clear]
    escaped = [trace for trace in CANARY.traces if json.dumps(trace)[1:-1].lower() in clear]
    return sorted({*seen, *escaped})


@dataclass
class City:
    """The personas, the planted account, and the idea it sent under a protected name."""

    world: object
    canary: User
    client: Client
    idea: Idea | None = None
    comment: IdeaComment | None = None
    others: list[Idea] = field(default_factory=list)
    # What each of the planted account's requests changed in the database: gesture → {table: rows added or changed}.
    written: dict[str, dict[str, list[dict]]] = field(default_factory=dict)
    # Where the secret of its name was lifted.
    opening: str = ""

    def as_(self, persona: str) -> Client:
        if persona not in self.world.clients:
            client = Client(raise_request_exception=False)
            client.force_login(User.objects.get(username=persona), backend="src.directory.backends.DirectoryBackend")
            self.world.clients[persona] = client
        return self.world.clients[persona]

    def step(self, persona: str, slug: str, **data) -> None:
        """Take one step of the idea's way as a persona, by its page; anything but a success fails."""
        response = self.as_(persona).post(f"/idees/{self.idea.reference}/etape/{slug}/", data)
        assert response.status_code == 303, (persona, slug, response.status_code, errors_of(response))
        drain_outbox()

    def gesture(self, name: str, address: str, data: dict, status: int = 303) -> object:
        """One POST of the planted account, with what it wrote noted row by row before the relay runs."""
        before = dump()
        response = self.client.post(address, data)
        assert response.status_code == status, (name, response.status_code, errors_of(response))
        after = dump()
        self.written[name] = {
            table: [row for row in rows if row not in before.get(table, [])]
            for table, rows in after.items()
            if any(row not in before.get(table, []) for row in rows)
        }
        drain_outbox()
        return response


def errors_of(response) -> str:
    form = (getattr(response, "context", None) or {}).get("form") if response.context else None
    return str(getattr(form, "errors", "")) or response.content.decode()[-1500:]


def build_city() -> City:
    """Load the demo city and post the planted account at its depot."""
    world = build_world()
    canary = create_account(
        id=STRANGE,
        username=CANARY.username,
        password=PASSWORD,
        first_name=CANARY.first_name,
        last_name=CANARY.last_name,
        email=CANARY.email,
        personnel_number=CANARY.number,
    )
    post_agent(canary, Unit.objects.get(code="PRO-TAN"), job_title=CANARY.job, starts_on=LONG_AGO)
    # One person orients in each direction; the box's own cell sends ideas to them.
    grant_role(
        user=User.objects.get(username="correspondant"),
        role="idea_correspondent",
        unit=None,
        starts_on=LONG_AGO,
    )
    drain_outbox()
    client = Client(REMOTE_ADDR=CANARY.address, HTTP_USER_AGENT=CANARY.agent, raise_request_exception=False)
    return City(world=world, canary=canary, client=client)


def plant(city: City) -> Idea:
    """The planted account signs in, drafts, sends, comments, supports others, answers a question, gets its answer."""
    signed = city.client.post("/connexion/", {"identifier": CANARY.number, "secret": PASSWORD})
    assert signed.status_code == 302, errors_of(signed)
    box = {"boite": "plus-simple"}
    team_leader = User.objects.get(username="encadrement")
    for other in (IdeaFactory(space=city.world.ideas["own"].space, author=team_leader), city.world.ideas["other"]):
        city.gesture(f"support {other.reference}", f"/idees/{other.reference}/soutenir/", {"soutien": "1"})
        city.others.append(other)
    city.client.get("/idees/deposer/?boite=plus-simple")
    typed = {**box, "body": BODY[:40], "identity": "protected"}
    draft = city.gesture("draft", "/idees/deposer/brouillon/", typed, status=200).json()["fields"]["draft"]
    city.gesture("look for close ideas", "/idees/proches/", {"body": BODY, "title": ""}, status=200)
    form = {**box, "body": BODY, "title": "Un badge par équipe pour la barrière", "identity": "protected"}
    sent = city.gesture(
        "send", "/idees/deposer/", {**form, "token": str(uuid.uuid4()), "draft": draft, "seen": "", "action": "send"}
    )
    city.idea = Idea.objects.get(title=form["title"])
    assert sent.headers["Location"] == f"/idees/{city.idea.reference}/recue/"
    here = f"/idees/{city.idea.reference}/"
    assert city.client.get(f"{here}recue/").status_code == 200
    city.gesture("details", f"{here}recue/", {"part": "details", "kind": "pain_point", "tags": "barrière, badge"})
    city.gesture("edit", f"{here}modifier/", {"title": form["title"], "body": f"{BODY} Merci."})
    city.step("moderation", "screen")
    city.gesture(
        "comment",
        f"{here}commenter/",
        {"text": COMMENT, "identity": "protected", "parent": "", "token": str(uuid.uuid4())},
    )
    city.comment = IdeaComment.objects.get(idea=city.idea)
    city.as_("agent2").post(f"{here}soutenir/", {"soutien": "1"})
    city.as_("agent2").post(f"{here}suivre/", {"suivi": "1"})
    place = Unit.objects.get(code="PRO").pk
    city.step("correspondant", "orient", place=place, scale="project", text="", owner="")
    assessors = list(User.objects.filter(username__in=["instructeur", "instructeur2"]).values_list("pk", flat=True))
    city.step("correspondant", "start_study", assessors=assessors)
    city.step("instructeur", "ask_study", text="Combien de personnes passent par cette barrière ?")
    city.client.get("/moi/messages/")
    city.client.post("/moi/messages/tout-lu/")
    city.gesture("answer", f"{here}etape/answer_study/", {"text": ANSWER})
    for assessor in ("instructeur", "instructeur2"):
        scores = {name: "3" for name in ("impact_users", "impact_agents", "feasibility", "cost", "delay")}
        response = city.as_(assessor).post(f"{here}evaluer/", {**scores, "note": "Simple et utile."})
        assert response.status_code == 303, errors_of(response)
    city.step("correspondant", "close_study", text="Un badge par équipe existe déjà aux serres.", late_text="")
    city.idea.refresh_from_db()
    return city.idea


def prepare(city: City) -> None:
    """The decider writes the answer; nobody else may notice."""
    city.step("decideur", "decide_accepted", **answer())


def answer() -> dict:
    return {
        "outcome": "accepted",
        "text": OFFICIAL,
        "measure_owner": "Service Mécanique",
        "first_milestone": "Commander les badges",
        "first_milestone_on": (clock.today() + timedelta(days=30)).isoformat(),
        "action": "prepare",
    }


def announce(city: City) -> None:
    """The decider announces what was prepared, from the page where several are announced together."""
    response = city.as_("decideur").post("/idees/atelier/annonces/", {"idea": city.idea.reference, "confirm": "1"})
    assert response.status_code == 303, errors_of(response)
    drain_outbox()


def lift_the_secret(city: City) -> str:
    """Two functions open the name and read it, by their pages; what is kept of it must name nobody either."""
    form = {
        "kind": "idea",
        "reference": city.idea.reference,
        "ground": "danger",
        # Words typed there are read by the three functions: they aren't the author's traits.
        "motive": "La barrière s'est abattue sur quelqu'un, et nous devons savoir qui l'avait signalée.",
    }
    asked = city.as_("juridique").post("/levees-du-secret/demander/", form)
    assert asked.status_code == 303, errors_of(asked)
    drain_outbox()
    here = asked["Location"]
    assert city.as_("mediation").post(f"{here}confirmer/").status_code == 303
    read = city.as_("mediation").post(f"{here}nom/")
    assert CANARY.last_name in read.content.decode()
    drain_outbox()
    return here


# ------------------------------------------------------------------------------------------------ the database
def dump() -> dict[str, list[dict]]:
    """Every row of every table, each cell as text; sessions opened, bytes as Latin-1."""
    tables = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            tables[table] = [
                {name: as_text(table, name, cell) for name, cell in zip(columns, row, strict=True) if cell is not None}
                for row in cursor.fetchall()
            ]
    return tables


def as_text(table: str, column: str, cell) -> str:
    if table == "django_session" and column == "session_data":
        return json.dumps(Session(session_data=cell).get_decoded(), ensure_ascii=False)
    if isinstance(cell, bytes | memoryview):
        return bytes(cell).decode("latin-1")
    return json.dumps(cell, ensure_ascii=False) if isinstance(cell, dict | list) else str(cell)


# -------------------------------------------------------------------------------------------------- the crawler
QUEUES = ("to_screen", "to_orient", "to_answer_now", "to_countersign", "to_study", "to_decide", "overdue")
REPORTS = ("funnel", "delays", "overdue")


def urls(idea: Idea, world) -> list[str]:
    """Every address of the product filled with the idea, and the questions one may ask the lists about it."""
    values = {**world.pages, "reference": idea.reference, "pk": STRANGE, "user_id": STRANGE}
    filled = {fill(address, values) for address in addresses() if asked_on_this_database(address.route)}
    filled |= {f"/idees/atelier/{name}/" for name in QUEUES}
    filled |= {f"/gestion/rapports-idees/{name}/" for name in REPORTS}
    filled |= {f"/idees/{idea.reference}/?commentaires=&repondre={idea.reference}"}
    for words in ("barrière badge", "vingtaine passent", "Zéphyrine-Canari", "canari"):
        filled |= {f"/idees/?q={words}", f"/api/v1/ideas/?q={words}", f"/idees/export.csv?q={words}"}
    for order in ("recentes", "soutenues", "attendues"):
        filled |= {f"/idees/?tri={order}"}
    for order in ("newest", "supported", "due"):
        filled |= {f"/api/v1/ideas/?sort={order}"}
    for state in ("etude", "decidee", "oui"):
        filled |= {f"/idees/?etape={state}", f"/idees/export.csv?etape={state}"}
    return sorted(url for url in filled - LEAVING if not OPENS_A_SESSION.search(url))


# Addresses that end the session of who asks, or fail by design.
LEAVING = {"/gestion/logout/", "/gestion/failwhale/", "/(([w-]+/)*)"}
# Wagtail's page editor opens an editing session at each reading and names its paragraphs anew; the other fails.
OPENS_A_SESSION = re.compile(r"/gestion/pages/\d+/(edit|set_position)/$")
# Drawn anew at each request: the form's token (64 signs), the proposal's, and how late the machine's clock says it is.
_VOLATILE = (
    (re.compile(rb"\b[0-9A-Za-z]{64}\b"), b"token"),
    (re.compile(rb'(name="token" value=")[0-9a-f-]{36}'), rb"\1"),
    (re.compile(rb"\d+ s apart"), b"apart"),
)


@dataclass(frozen=True)
class Answer:
    """What somebody receives: status, headers that matter, bytes without what is drawn at each request."""

    status: int
    headers: tuple
    body: bytes


def read(client: Client, url: str) -> Answer:
    """Ask one address, undo what it did, and keep what was answered."""
    ratelimit.forget_memory()
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        response = client.get(url)
        body = response.getvalue() if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies = cookies
    changing = {"X-Request-ID", "Vary"}
    if body.startswith(b"PK\x03\x04"):
        body = _unpacked(body)
        changing.add("Content-Length")
    for pattern, kept in _VOLATILE:
        body = pattern.sub(kept, body)
    headers = {name: value for name, value in response.items() if name not in changing}
    return Answer(response.status_code, tuple(sorted(headers.items())), body)


def _unpacked(body: bytes) -> bytes:
    """The parts of a workbook as text, without the moment it was made: packed, they would hide what they tell."""
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        return b"\n".join(parts.read(name) for name in parts.namelist() if not name.startswith("docProps/"))


def crawl(city: City, roles=tuple(ROLES), one_in: int = 1, elsewhere: int = 1) -> dict[tuple[str, str], Answer]:
    """Everything every role reads; of the administration, its door alone to those it doesn't let in.

    With ``one_in`` the addresses are dealt out: each is read by one role in so many, always the same ones; with
    ``elsewhere``, those alone that don't tell of ideas.
    """
    seen = {}
    for turn, role in enumerate(roles):
        client = city.world.client(role)
        enters = read(client, "/gestion/").status == 200
        for url in urls(city.idea, city.world):
            share = one_in if tells_of_ideas(url) else max(one_in, elsewhere)
            if (zlib.crc32(url.split(city.idea.reference)[-1].encode()) + turn) % share:
                continue
            if enters or url == "/gestion/" or not url.startswith("/gestion/"):
                seen[role, url] = read(client, url)
    return seen
