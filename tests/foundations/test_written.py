"""A statement written once gives what the queryset gives, whoever asks, with other values each time."""

import threading
from datetime import date

import pytest
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler

from src.directory.models import Unit, User
from src.foundations import clock
from src.foundations.written import Written
from tests.factories.directory import AgentFactory, UnitFactory

pytestmark = pytest.mark.django_db
BOTH = Written(
    2, lambda one, other: User.objects.filter(pk__in=[one, other]).select_related("current_affectation__unit").order_by("pk")
)  # fmt: skip


def test_the_rows_and_their_relations_are_those_of_the_queryset(django_assert_num_queries):
    people = [AgentFactory(unit=UnitFactory()) for _n in range(3)]
    for one, other in ((people[0], people[1]), (people[1], people[2]), (people[0], people[0])):
        with django_assert_num_queries(1):
            found = BOTH.rows(one.pk, other.pk)
            units = [user.current_affectation.unit for user in found]

        assert found == sorted({one, other}, key=lambda user: user.pk)
        assert units == [user.current_affectation.unit for user in found]


def test_the_text_is_made_once_and_only_the_values_change(monkeypatch):
    people, said = [AgentFactory() for _n in range(3)], []
    BOTH.rows(people[0].pk, people[1].pk)

    def noted(execute, sql, params, many, context):
        said.append((sql, tuple(params)))
        return execute(sql, params, many, context)

    with monkeypatch.context() as patch, connection.execute_wrapper(noted):
        patch.setattr(SQLCompiler, "as_sql", lambda *_arguments: pytest.fail("the text was made again"))
        for user in people:
            BOTH.rows(user.pk, people[0].pk)

    assert len({sql for sql, _params in said}) == 1
    assert [params for _sql, params in said] == [(user.pk, people[0].pk) for user in people]


@pytest.mark.parametrize("values", [(), (1,), (1, None), (1, "2"), (1, True), (1, 2, 3)])
def test_other_values_than_integers_are_refused(values):
    with pytest.raises(ValueError, match="Asked for int, int"):
        BOTH.rows(*values)


def test_what_is_no_whole_model_is_refused():
    values = Written(1, lambda pk: Unit.objects.filter(pk=pk).values("pk"))
    fetched_apart = Written(1, lambda pk: User.objects.filter(pk=pk).prefetch_related("groups"))

    for written in (values, fetched_apart):
        with pytest.raises(TypeError):
            written.rows(1)


@pytest.mark.django_db(transaction=True)
def test_threads_that_ask_at_once_each_read_their_own():
    people, found = [AgentFactory() for _n in range(6)], {}

    def ask(user):
        found[user.pk] = [one.pk for _turn in range(20) for one in BOTH.rows(user.pk, user.pk)]
        connection.close()

    threads = [threading.Thread(target=ask, args=(user,)) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {user.pk: [user.pk] * 20 for user in people}


def test_days_texts_identifiers_and_what_stands_inside_a_pattern():
    unit, person = UnitFactory(), AgentFactory()
    asked = Written(
        (str, int, date),
        lambda name, pk, day: Unit.objects.filter(name=name, path__contains=f"/{pk}/", valid_from__lte=day).order_by(
            "pk"
        ),
    )
    today = clock.today()

    for name, pk, day in ((unit.name, unit.pk, today), ("%", unit.pk, today), (unit.name, person.pk + 10**6, today)):
        plainly = Unit.objects.filter(name=name, path__contains=f"/{pk}/", valid_from__lte=day).order_by("pk")
        assert asked.rows(name, pk, day) == list(plainly)
    assert asked.rows(unit.name, unit.pk, today) == [unit]


def test_a_value_that_is_not_found_in_the_text_is_refused():
    with pytest.raises(TypeError, match="not found"):
        Written(1, lambda pk: Unit.objects.filter(pk=pk % 7)).rows(1)
