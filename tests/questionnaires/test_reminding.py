"""One reminder, to everybody concerned: it tells neither who answered nor who began."""

import pytest
from django.core.exceptions import ValidationError

from src.directory.enums import Role
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem, MassSending
from src.participation.audience import people_of
from src.participation.enums import Circle
from src.participation.limits import inside_limits
from src.participation.models import Space
from src.participation.rules import takes_part
from src.participation.services.spaces import limit_space
from src.questionnaires import runs, services, todo
from src.questionnaires.models import Questionnaire
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory, ExternalFactory, UnitFactory
from tests.factories.participation import grant_in_space, invite

from .test_screens import at

pytestmark = pytest.mark.django_db


def as_viewer_of(user):
    from src.directory.viewer import as_viewer

    return as_viewer(type(user).objects.get(pk=user.pk))


def test_everybody_is_told_once_whether_they_answered_or_not():
    made, people = make.questionnaire(answer_mode="secret"), [AgentFactory() for _person in range(4)]
    make.send_secret(made, {"q1": "c1"}, actor=people[0])
    runs.begin(people[1], made)

    services.remind(actor=people[2], questionnaire=made)
    drain_outbox()

    told = InboxItem.objects.filter(code="questionnaires.reminder")
    assert {one.user_id for one in told} >= {person.pk for person in people}
    assert len({str(one.context) for one in told}) == 1, "one message, the same for all"
    with pytest.raises(ValidationError, match="un par questionnaire|one a questionnaire"):
        services.remind(actor=people[2], questionnaire=made)


def test_nobody_is_told_of_what_closed_and_very_many_wait_for_somebody(settings):
    made, closing = make.questionnaire(), make.questionnaire(title="Fermé entre-temps")
    people = [AgentFactory() for _person in range(4)]
    services.remind(actor=people[0], questionnaire=closing)
    services.close_questionnaire(questionnaire=closing)
    settings.TERRAIN_MASS_SENDING = 2
    services.remind(actor=people[0], questionnaire=made)
    drain_outbox()

    assert not InboxItem.objects.filter(code="questionnaires.reminder").exists()
    assert MassSending.objects.get().key == f"questionnaire:{made.reference}:reminder"
    for refused in (closing, make.questionnaire(published=False)):
        with pytest.raises(ValidationError):
            services.remind(actor=people[0], questionnaire=Questionnaire.objects.get(pk=refused.pk))


def test_organisers_remind_and_see_no_list(as_):
    made, organiser = make.questionnaire(), AgentFactory()
    grant_in_space(organiser, Role.FACILITATOR, made.space)
    client = as_(organiser)

    assert "vous compris" in client.get(at(made, "remind")).content.decode()
    assert client.post(at(made, "remind")).url == at(made, "build")
    page = client.get(at(made, "build")).content.decode()
    assert "Rappel demandé le" in page and at(made, "remind") not in page
    assert client.post(at(made, "remind")).status_code == 422
    assert client.get(at(made, "remind")).status_code == 303
    assert as_(AgentFactory()).get(at(made, "remind")).status_code == 404
    drain_outbox()


def test_what_one_began_is_said_to_oneself_alone():
    made, agent = make.questionnaire(), AgentFactory()
    assert [one.detail for one in todo.to_answer(as_viewer_of(agent))] == ["réponse volontaire"]
    runs.begin(agent, made)
    drain_outbox()

    assert [one.detail for one in todo.to_answer(as_viewer_of(agent))] == ["commencé, pas envoyé"]
    assert [one.detail for one in todo.to_answer(as_viewer_of(AgentFactory()))] == ["réponse volontaire"]


def test_the_people_of_a_space_are_those_the_rules_let_in():
    inside, outside = UnitFactory(), UnitFactory()
    people = [
        AgentFactory(unit=inside), AgentFactory(unit=outside), AgentFactory(), ExternalFactory(),
        AgentFactory(unit=inside, is_active=False),
    ]  # fmt: skip
    spaces = [make.asked_space(circle=circle) for circle in Circle]
    spaces.append(make.asked_space(circle=Circle.MEMBERS, member_unit=inside))
    limited = make.asked_space()
    limit_space(space=limited, units=[inside])
    spaces.append(limited)
    invite(people[1], spaces[2])

    for space in (Space.objects.get(pk=one.pk) for one in spaces):
        allowed = {one.pk for one in people if takes_part(one, space) and inside_limits(as_viewer_of(one), space)}
        assert set(people_of(space).filter(pk__in=[one.pk for one in people]).values_list("pk", flat=True)) == allowed
    assert {one.pk for one in people_of(Space.objects.get(pk=limited.pk))} == {people[0].pk}
