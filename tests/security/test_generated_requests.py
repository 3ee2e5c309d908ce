"""A sample of the generated campaign on each database; the whole of it is `make hostile` (tests/hostile.py)."""

import pytest

from ideas.models import Idea
from src.config.api import api
from src.directory.models import Unit
from src.foundations.testing import forget_effects
from src.questionnaires.models import AnswerImport, Questionnaire
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
        "reference": [
            *Idea.objects.values_list("reference", flat=True),
            *Questionnaire.objects.values_list("reference", flat=True),
        ],
        "batch": list(AnswerImport.objects.values_list("reference", flat=True)),
        "key": ["q1"],
        "transition": ["start_study", "remove_open", "answer_study"],
        "code": list(Unit.objects.values_list("code", flat=True)[:20]),
        "box": ["plus-simple"],
        "name": ["to_study", "overdue", "delays"],
        **{name: [value] for name, value in world.pages.items() if name != "transition"},
        "pk": [*world.keys.values()],
        "_fields": [("body", "title", "identity", "text", "token", "action", "boite", "parent", "kind", "tags")],
    }
    clients = {role: armed(world.client(role)) for role in ROLES}
    generator = Generator(SEED, clients, values, api.get_openapi_schema())

    counted, wrong = attack(generator, clients, SAMPLE)

    assert wrong == []
    assert counted["status 200"] > SAMPLE / 10 and counted["status 404"] > SAMPLE / 20
    assert {name for name in counted if name.startswith("shape")} == {
        "shape plain", "shape api", "shape typed", "shape json", "shape multipart", "shape odd type",
    }  # fmt: skip
    forget_effects()
