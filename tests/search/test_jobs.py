"""The index is written by the relay and by the command alone."""

import json

from django.core.management import call_command

from src.directory.models import Unit
from src.foundations import outbox
from src.foundations.testing import drain_outbox
from src.search import selectors, services
from src.search.models import SearchDocument
from tests.factories.directory import DirectionFactory


def test_an_outbox_row_indexes_one_object(shelf):
    unit = DirectionFactory(name="Une armoire pour les tenues")
    outbox.emit("search.index", {"kind": "unit", "pk": unit.pk})

    drain_outbox()

    assert list(selectors.matching("unit", "armoires").values_list("object_id", flat=True)) == [unit.pk]


def test_index_many_costs_the_same_for_one_and_three(shelf, django_assert_num_queries):
    units = [DirectionFactory() for _ in range(3)]
    services.index_many("unit", units)
    counts = []
    for some in (units[:1], units):
        with django_assert_num_queries(_statements()):
            counts.append(services.index_many("unit", some))

    assert counts == [1, 3]


def _statements():
    from django.db import connection

    return 5 if connection.vendor == "postgresql" else 7


def test_search_rebuild_tells_what_it_did(shelf, capsys):
    shelf("A", "Une armoire")
    SearchDocument.objects.all().delete()

    call_command("search_rebuild")

    assert json.loads(capsys.readouterr().out) == {"indexed": {"unit": Unit.objects.count()}}
    assert SearchDocument.objects.count() == Unit.objects.count()
