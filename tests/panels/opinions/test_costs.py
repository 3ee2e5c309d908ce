"""Lists cost the same number of statements for one row and for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import panel_opinions as make
from tests.panels.screens import as_

pytestmark = pytest.mark.django_db


def cost(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def at(made, name):
    return reverse(f"panel_opinions:{name}", kwargs={"slug": made.panel.slug})


def test_the_list_of_drafts():
    made = make.at_work()
    made.draft()
    client = as_(made.account())
    one = cost(client, at(made, "recommendations"))
    made.draft(1)
    made.draft(2)
    assert cost(client, at(made, "recommendations")) == one <= 16


@pytest.mark.parametrize("name", ["replies", "opinion", "owed"])
def test_what_was_adopted_and_its_replies(name):
    costs = set()
    for number in (1, 3):
        made = make.handed_over(adopted=number, refused=0, slug=f"panel-{number}")
        if name != "owed":
            made.answered(1)
        client = as_(made.decider if name == "owed" else None)
        costs.add(cost(client, reverse("panel_opinions:owed") if name == "owed" else at(made, name)))
    assert len(costs) == 1 and costs.pop() <= 22
