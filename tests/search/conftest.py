"""A kind of objects to search: units whose text is given by the test."""

import pytest

from src.directory.models import Unit
from src.search import registry, services
from tests.factories.directory import DirectionFactory


@pytest.fixture
def shelf(db, monkeypatch):
    """``shelf("key", "title", "body")`` indexes one object and returns it; ``shelf.kind`` is its kind."""
    monkeypatch.setattr(registry, "_kinds", {})
    bodies = {}

    def document(unit):
        return registry.Document(title=unit.name, body=bodies.get(unit.pk, ""), extra=unit.acronym)

    registry.register("unit", Unit, document, lambda: Unit.objects.filter(valid_until__isnull=True))

    def put(code, title, body=""):
        unit = DirectionFactory(code=code, name=title)
        bodies[unit.pk] = body
        services.index("unit", unit.pk)
        return unit

    put.kind = "unit"
    put.bodies = bodies
    return put
