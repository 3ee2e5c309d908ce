"""Questions of several readings travel in one statement, and come back as Django would have answered each alone."""

import datetime
import uuid

import pytest
from django.db import connection
from django.db.models import Q, Value
from django.test.utils import CaptureQueriesContext

from src.directory.models import Affectation, Unit, User
from src.foundations import together
from src.participation.models import AuthorKeyring, Phase, Space
from tests.factories.directory import AgentFactory, UnitFactory
from tests.factories.participation import PhaseFactory, SpaceFactory

pytestmark = pytest.mark.django_db


def asked(queryset):
    return (yield queryset)


def test_whole_models_values_and_counts_come_back_as_alone():
    agent = AgentFactory(unit=UnitFactory(name="Dépôt « d’ici » ; \\ 100 %"), first_name="Zoé")
    PhaseFactory(space=SpaceFactory())
    questions = [
        User.objects.select_related("current_affectation__unit").order_by("pk"),
        Affectation.objects.order_by("pk"),
        Unit.objects.order_by("-pk").values_list("pk", "name", Value("x"))[:2],
        Unit.objects.order_by("pk").values("name"),
        Unit.objects.order_by("pk").values_list("name", flat=True),
        Phase.objects.order_by("pk"),
        Space.objects.order_by("pk"),
        AuthorKeyring.objects.order_by("pk"),
        User.objects.none(),
    ]

    with CaptureQueriesContext(connection) as captured:
        found = together.answers([*questions, together.counted(User.objects.all())])

    assert len(captured) == 1
    assert found[-1] == User.objects.count()
    for rows, question in zip(found, questions, strict=False):
        assert rows == list(question)
        assert [getattr(row, "__dict__", {}).keys() for row in rows] == [
            getattr(row, "__dict__", {}).keys() for row in question
        ]
    for rows in (found[0], found[1], found[5], found[6], found[7]):
        for row in rows:
            again = type(row).objects.get(pk=row.pk)
            for column in row._meta.concrete_fields:
                kept, read = getattr(again, column.attname), getattr(row, column.attname)
                kept, read = (bytes(kept), bytes(read)) if isinstance(kept, bytes | memoryview) else (kept, read)
                assert (read, type(read)) == (kept, type(kept)), column
    assert found[0][-1].current_affectation.unit == agent.current_affectation.unit


def test_readings_go_on_round_by_round_in_one_statement_each():
    unit = UnitFactory()
    AgentFactory(unit=unit)

    def two_steps():
        (first,) = yield Unit.objects.filter(pk=unit.pk)
        people, more = yield User.objects.filter(current_affectation__unit=first), together.counted(Unit.objects.all())
        return [first, *people], more

    def nothing_asked():
        return "ready"
        yield

    readings = [two_steps(), asked(Unit.objects.order_by("pk")), nothing_asked(), two_steps()]
    with CaptureQueriesContext(connection) as captured:
        first, units, ready, last = together.run(together.all_of(readings))

    assert len(captured) == 2
    assert first == last and len(first[0]) == 2 and first[1] == Unit.objects.count()
    assert units == list(Unit.objects.order_by("pk")) and ready == "ready"


def test_conditions_are_tallied_with_their_first_day():
    posts = [AgentFactory(unit=UnitFactory()).current_affectation for _number in range(3)]
    days = [datetime.date(2026, 1, 5), datetime.date(2026, 1, 3), datetime.date(2026, 1, 1)]
    for post, day in zip(posts, days, strict=True):
        Affectation.objects.filter(pk=post.pk).update(starts_on=day)
    two = Q(pk__in=[posts[0].pk, posts[1].pk])

    (found,) = together.answers([together.tallied(Affectation.objects.all(), "starts_on", two=two, none=Q(pk__in=[]))])
    (empty,) = together.answers([together.tallied(Affectation.objects.none(), "starts_on", two=two)])

    assert found == {"two": (2, days[1]), "none": (0, None)}
    assert empty == {"two": (0, None)}


def test_what_cant_travel_is_refused():
    people = User.objects.all()

    for refused in (people.union(people), people.prefetch_related("affectations")):
        with pytest.raises(TypeError):
            together.answers([refused, people])


def test_children_are_given_to_their_parents():
    spaces = [SpaceFactory(), SpaceFactory()]
    phase = PhaseFactory(space=spaces[0])

    together.attach(spaces, "phases", [phase], "space_id")

    with CaptureQueriesContext(connection) as captured:
        assert [list(space.phases.all()) for space in spaces] == [[phase], []]
    assert len(captured) == 0


def test_a_plain_function_is_asked_on_its_side():
    token = uuid.uuid4()

    assert together.run(together.asking(lambda value: value, token)) == token
