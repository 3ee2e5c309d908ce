"""What moderation hides: outside its author and the moderators, no page, file, answer or message holds a word of it."""

import pytest

from ideas import services
from ideas.models import Idea, IdeaCase
from src.foundations.testing import drain_outbox
from tests.access.addresses import ROLES
from tests.access.world import build_world
from tests.factories.directory import AgentFactory, UnitFactory
from tests.factories.ideas import IdeaFactory

TITLE, BODY, SAID = (
    "Zibeline masquée au vestiaire",
    "Chrysocale partout, et personne ne dit rien.",
    "Palissandre, dit-il.",
)
WORDS = ("zibeline", "chrysocale", "palissandre")
WHY = "Ce texte désigne une personne, décrivez la situation."
# Who still reads it: the moderators. Its author isn't among the roles.
READERS = {"moderation"}
OUTSIDE = tuple(role for role in ROLES if role not in READERS)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = build_world()
    box = world.ideas["own"].space
    author = AgentFactory(unit=UnitFactory())
    hidden = IdeaFactory(space=box, author=author, title=TITLE, body=BODY, direction=world.ideas["own"].direction)
    talked = IdeaFactory(space=box, author=author, direction=hidden.direction)
    said = services.comment(idea=fresh(talked), actor=author, body=SAID)
    for person in ("agent", "agent2"):
        reader = world.client(person)
        reader.post(f"/idees/{hidden.reference}/suivre/", {"suivi": "1"})
        reader.post(f"/idees/{hidden.reference}/soutenir/", {"soutien": "1"})
    services.comment(idea=fresh(hidden), actor=author, body="Un mot de plus sur la zibeline.")
    drain_outbox()
    world.hidden, world.talked, world.said = hidden, talked, said
    return world


def fresh(idea):
    return Idea.objects.select_related("space", "unit", "transfer_to", "owed", "counts").get(pk=idea.pk)


def addresses(world):
    here, there = f"/idees/{world.hidden.reference}/", f"/idees/{world.talked.reference}/"
    return [
        "/", "/idees/", "/idees/?tri=soutenues", "/idees/?q=zibeline", "/idees/export.csv", "/idees/miennes/",
        "/idees/atelier/", "/idees/atelier/to_orient/", "/idees/atelier/overdue/", "/idees/atelier/moderation/",
        "/idees/moderation/", "/recherche/?q=zibeline", "/recherche/?q=palissandre", "/api/v1/search/?q=chrysocale",
        f"/recherche/?q={world.hidden.reference}", "/api/v1/ideas/", f"/api/v1{here}", "/moi/messages/", "/moi/donnees/",
        here, f"{here}photo/", f"{here}signaler/", f"{here}contester/", f"{here}moderer/", f"{here}etape/orient/",
        there, f"{there}?commentaire={world.said.reference}", f"{there}?fil={world.said.reference}",
        f"{there}?repondre={world.said.reference}", f"{there}signaler/?commentaire={world.said.reference}",
        f"{there}contester/?commentaire={world.said.reference}", f"{there}moderer/?commentaire={world.said.reference}",
        "/gestion/", "/gestion/rapports-idees/overdue/",
    ]  # fmt: skip


def read(world, roles) -> set:
    """(role, address, word) for each word found; what was asked for doesn't count in its own answer."""
    found = set()
    for role in roles:
        for address in addresses(world):
            answer = world.client(role).get(address)
            body = b"".join(answer) if answer.streaming else answer.content
            body = body.decode("utf-8", "replace").lower()
            for word in WORDS:
                if word in body.replace(f"q={word}", "").replace(f'value="{word}"', "") and word not in address:
                    found.add((role, address, word))
    return found


@pytest.mark.parametrize("how", ["withheld", "removed"])
def test_nobody_outside_reads_a_word_of_what_is_hidden(world, how):
    before = read(world, OUTSIDE)
    assert {word for _role, _address, word in before} == set(WORDS), "something could leak"
    if how == "withheld":
        for _ in range(3):
            person = AgentFactory(unit=UnitFactory())
            services.report(idea=fresh(world.hidden), actor=person, reason_code="injure")
            services.report(idea=fresh(world.talked), comment=world.said, actor=person, reason_code="injure")
    else:
        moderator = world.client("moderation")
        for idea, comment in ((world.hidden, ""), (world.talked, world.said.reference)):
            answer = moderator.post(
                f"/idees/{idea.reference}/moderer/",
                {"commentaire": comment, "decision": "retirer", "reason_code": "personnes", "text": WHY},
            )
            assert answer.status_code == 303
    drain_outbox()
    assert IdeaCase.objects.count() == 2

    assert read(world, OUTSIDE) == set()
    assert {word for _role, _address, word in read(world, READERS)} == set(WORDS)
