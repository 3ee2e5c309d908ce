"""What the organiser's and the public pages cost to read: one row or three, the same statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from panels.enums import ListKind, TeamRole
from panels.models import CriterionValue, CrossQuota
from panels.services import preparing
from tests.factories import panels as make
from tests.factories.directory import AgentFactory

pytestmark = pytest.mark.django_db

DESK = "/panels/atelier/accueil/"
# Statements of each page, session and person included where somebody is signed in.
BUDGET = {
    DESK: 18,
    "/panels/atelier/": 5,
    f"{DESK}equipe/": 7,
    f"{DESK}listes/": 6,
    f"{DESK}quotas/": 26,
    "/panels/": 1,
    "/panels/accueil/": 14,
}


def cost(client, path) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as done:
        assert client.get(path).status_code == 200
    return len(done)


def more(made, n) -> None:
    """One more of everything these pages list."""
    guarantor = AgentFactory()
    preparing.name_to_team(
        actor=made.administrator, panel=made.panel, person=guarantor, role=TeamRole.GUARANTOR, shown_name=f"Garant {n}",
        capacity="Garant",
    )  # fmt: skip
    preparing.add_source_list(
        actor=made.organiser, panel=made.panel, slug=f"liste-{n}", label=f"Liste {n}", kind=ListKind.PARTNERS
    )
    values = CriterionValue.objects.filter(criterion__panel=made.panel)
    one, other = values.filter(criterion__key="genre")[n % 2], values.filter(criterion__key="logement")[n // 2]
    CrossQuota.objects.create(panel=made.panel, first=one, second=other, minimum=0, maximum=4)
    other_panel = make.recruiting(seats=4, slug=f"panel-{n}")
    preparing.name_to_team(
        actor=other_panel.administrator, panel=other_panel.panel, person=made.organiser, role=TeamRole.ORGANISER
    )


def test_pages_cost_the_same_for_one_row_and_for_three(as_):
    made = make.recruiting(seats=4)
    made.registered(3)
    more(made, 0)
    found = {path: [] for path in BUDGET}
    for others in ((1, 2), ()):
        for path in BUDGET:
            who = made.as_now(made.organiser) if "atelier" in path else None
            found[path].append(cost(as_(who), path))
        for n in others:
            more(made, n)

    assert found == {path: [count, count] for path, count in BUDGET.items()}
