"""An action given to somebody of the group: found by a name without a script, told once, and to nobody else."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from src.directory.viewer import Viewer
from src.foundations import clock
from src.foundations.testing import drain_outbox, forget_effects
from src.meetings import owners, services
from src.meetings.models import Action
from src.meetings.todo import promised
from src.notices.models import InboxItem
from tests.factories import meetings as make
from tests.factories.directory import AgentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    nadia = AgentFactory(first_name="Nadia", last_name="Benali")
    series = make.group(facilitator=nadia)
    return nadia, series, make.meeting(series, state="held", days=-1, actor=nadia)


def sent(client, meeting, **words):
    due = (clock.today() + datetime.timedelta(days=30)).isoformat()
    data = {"text": "Poser un second cadenas", "owner_label": "Chef du dépôt", "due_on": due, **words}
    return client.post(f"{meeting.get_absolute_url()}tenir/actions/", data)


@pytest.mark.parametrize("typed", ["hélène morvan", "MORVAN helene", "morv", "204118", "helene@marvenne.example"])
def test_a_name_an_address_or_a_number_finds_one_person(as_, held, typed):
    nadia, series, meeting = held
    helene = make.member(
        series, first_name="Hélène", last_name="Morvan", personnel_number="204118", email="helene@marvenne.example"
    )

    assert sent(as_(nadia), meeting, owner=typed).status_code == 303

    assert Action.objects.get().owner == helene
    assert "Confiée à Hélène Morvan" in as_(nadia).get(f"{meeting.get_absolute_url()}tenir/").content.decode()
    forget_effects()


def test_two_of_a_name_are_offered_and_one_is_chosen(as_, held):
    nadia, series, meeting = held
    paul, pauline = (make.member(series, first_name=name, last_name="Roux") for name in ("Paul", "Pauline"))
    client = as_(nadia)

    asked = sent(client, meeting, owner="paul")
    page = asked.content.decode()
    assert (asked.status_code, Action.objects.count()) == (422, 0)
    assert "Plusieurs personnes" in page and "Paul Roux" in page and "Pauline Roux" in page
    assert 'value="Poser un second cadenas"' in page and 'value="paul"' in page
    assert f'value="{pauline.pk}"' not in page
    wrong = sent(client, meeting, owner="paul", owner_choice=owners.mark(series, nadia))
    assert wrong.status_code == 422
    assert sent(client, meeting, owner="paul", owner_choice=owners.mark(series, pauline)).status_code == 303

    assert Action.objects.get().owner == pauline
    assert paul.pk != pauline.pk
    forget_effects()


@pytest.mark.parametrize("typed", ["Inconnue", "%", "' OR 1=1 --", "\x00", "zoe@ailleurs.example"])
def test_nobody_of_another_group_is_found(as_, held, typed):
    nadia, _series, meeting = held
    AgentFactory(first_name="Zoé", last_name="Ailleurs", email="zoe@ailleurs.example")

    answer = sent(as_(nadia), meeting, owner=typed)

    found = Action.objects.filter(owner__isnull=False).exists()
    assert not found
    if typed != "\x00":
        assert answer.status_code == 422 and "Personne de ce groupe" in answer.content.decode()
    forget_effects()


def test_the_service_refuses_a_stranger_whoever_asks(held):
    _nadia, _series, meeting = held
    with pytest.raises(ValidationError) as refusal:
        services.promise(
            meeting=meeting, text="Poser un cadenas", owner_label="Nous", due_on=clock.today(), owner=AgentFactory()
        )
    assert "owner" in refusal.value.message_dict
    forget_effects()


def test_the_owner_is_told_once_with_the_minutes_and_members_read_the_function(as_, held):
    nadia, series, meeting = held
    helene = make.member(series, first_name="Hélène", last_name="Morvan")
    sent(as_(nadia), meeting, owner="Morvan")
    assert promised(Viewer(helene)) == []
    drain_outbox()
    assert not InboxItem.objects.filter(code="meetings.action_given").exists()

    services.write_minutes(meeting=meeting, summary="Nous avons parlé du portail et des clefs.")
    services.publish_minutes(meeting=meeting, actor=nadia)
    drain_outbox()

    (told,) = InboxItem.objects.filter(code="meetings.action_given")
    (item,) = promised(Viewer(helene))
    page = as_(make.member(series)).get(meeting.get_absolute_url()).content.decode()
    assert (told.user, item.title) == (helene, "Poser un second cadenas")
    assert "Chef du dépôt" in page and "Morvan" not in page
