"""A sample of the generated campaign on each database; the whole of it is `make hostile` (tests/hostile.py)."""

import pytest

from src.config.api import api
from src.directory.models import Unit
from src.foundations.testing import forget_effects
from tests.access.addresses import ROLES
from tests.access.world import build_world

from .generated import Generator, armed, attack

pytestmark = pytest.mark.shows_syntax("hostile strings are template syntax too, sent on purpose")
SAMPLE, SEED = 800, 20261125


@pytest.fixture
def world(db):
    return build_world()


def test_generated_requests_find_no_error_and_nothing_alive(world):
    values = {
        "transition": ["start_study", "remove_open", "answer_study"],
        "code": list(Unit.objects.values_list("code", flat=True)[:20]),
        "box": ["plus-simple"],
        "name": ["to_study", "overdue", "delays"],
        "_fields": [("body", "title", "identity", "text", "token", "action", "boite", "parent", "kind", "tags")],
    }
    drawn = ("transition", "code", "name")

    def filled(route, draw):
        real = world.values(route, draw.choice(("own", "own", "other", "hidden")))
        # The code of an attestation is its own; elsewhere it names a unit, drawn among twenty.
        known = ("code",) if route.startswith("formations/") else ()
        return {name: value for name, value in real.items() if name in known or name not in drawn}

    clients = {role: armed(world.client(role)) for role in ROLES}
    generator = Generator(SEED, clients, values, api.get_openapi_schema(), filled)

    counted, wrong = attack(generator, clients, SAMPLE)

    assert wrong == []
    # Addresses are drawn evenly, and more and more of them are gestures of a few: 79 of 800 are answered by a page.
    assert counted["status 200"] > SAMPLE / 11 and counted["status 404"] > SAMPLE / 20
    assert {name for name in counted if name.startswith("shape")} == {
        "shape plain", "shape api", "shape typed", "shape json", "shape multipart", "shape odd type",
    }  # fmt: skip
    forget_effects()
