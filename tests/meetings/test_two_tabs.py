"""Two tabs, or two people, on the same minutes: neither erases the other without having read them."""

import re

import pytest

from src.foundations.testing import forget_effects
from src.meetings import services
from src.meetings.models import Meeting
from tests.factories import meetings as make
from tests.factories.directory import AgentFactory

pytestmark = pytest.mark.django_db
FIRST, SECOND = "Nous avons parlé du portail et des clefs.", "Nous avons parlé des gants, et de rien d’autre."


def seen(html: str) -> str:
    return re.search(r'name="seen" value="(\w+)"', html)[1]


@pytest.mark.parametrize("where", ["tenir/", "corriger/"])
def test_the_second_tab_reads_what_the_first_saved_then_decides(as_, where):
    nadia = AgentFactory()
    series = make.group(facilitator=nadia)
    meeting = make.meeting(series, state="held" if where == "tenir/" else "published", days=-1, actor=nadia)
    client, address = as_(nadia), f"{meeting.get_absolute_url()}{where}"
    drawn = seen(client.get(address).content.decode())
    data = {"decisions": "", "correction": "Le portail manquait.", "seen": drawn}

    first = client.post(address, {**data, "summary": FIRST})
    second = client.post(address, {**data, "summary": SECOND})

    page = second.content.decode()
    assert (first.status_code, second.status_code) == (303, 422)
    assert FIRST in page and SECOND in page and "entre-temps" in page
    third = client.post(address, {**data, "summary": SECOND, "seen": seen(page)})
    assert third.status_code == 303
    meeting = Meeting.objects.get(pk=meeting.pk)
    last = meeting.revisions.last()
    assert (last.summary if last else meeting.draft_summary) == SECOND
    assert meeting.revisions.count() == (0 if where == "tenir/" else 3)
    forget_effects()


def test_publishing_twice_publishes_once(as_):
    nadia = AgentFactory()
    series = make.group(facilitator=nadia)
    meeting = make.meeting(series, state="held", days=-1, actor=nadia)
    services.write_minutes(meeting=meeting, summary=FIRST)
    client, address = as_(nadia), f"{meeting.get_absolute_url()}publier/"

    assert [client.post(address).status_code for _twice in range(2)] == [303, 409]

    assert meeting.revisions.count() == 1
    forget_effects()
