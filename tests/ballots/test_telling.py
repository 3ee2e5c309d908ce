"""Who is told what of a ballot: once each, those on the list, those who haven't voted, those who hold a key."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from src.directory.models import User
from src.foundations import clock
from src.foundations.models import OutboxEvent
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.participation.ballots import services
from src.participation.ballots.enums import Secrecy
from src.participation.ballots.services import telling
from tests.factories import ballots as make

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def told(topic: str) -> set[int]:
    return set(InboxItem.objects.filter(code=topic).values_list("user_id", flat=True))


def tell(times: int = 2) -> None:
    for _time in range(times):
        telling.tell_due(clock.now())
        drain_outbox()


def test_those_on_the_list_are_told_once_when_it_opens():
    made = make.opened(people=5)
    with made.at(made.ballot.opens_at - datetime.timedelta(minutes=1)):
        tell()
    assert told(telling.OPENED) == set()
    with made.while_open():
        tell()
        assert told(telling.OPENED) == {person.pk for person in (*made.people, made.organiser)}
    assert InboxItem.objects.filter(code=telling.OPENED).count() == 6


def test_two_days_before_the_end_those_who_have_not_voted_and_nobody_else():
    made = make.opened(people=5)
    made.cast_all([[0], [1]])
    User.objects.filter(pk=made.people[4].pk).update(is_active=False)
    with made.at(made.ballot.closes_at - 2 * DAY - datetime.timedelta(minutes=1)):
        tell()
        assert told(telling.REMINDED) == set()
    with made.at(made.ballot.closes_at - 2 * DAY):
        tell()
    assert told(telling.REMINDED) == {person.pk for person in (made.people[2], made.people[3], made.organiser)}
    payloads = OutboxEvent.objects.filter(topic=telling.REMINDED).values_list("payload", flat=True)
    assert list(payloads) == [{"reference": made.ballot.reference}], "the effect holds no list"


def test_a_late_relay_reminds_nobody_of_what_is_over():
    made = make.opened(people=5)
    with made.at(made.ballot.closes_at - DAY):
        telling.tell_due(clock.now())
    with made.once_over():
        drain_outbox()
    assert told(telling.REMINDED) == told(telling.OPENED) == set()


@pytest.mark.parametrize("secrecy", Secrecy)
def test_the_figures_are_told_once(secrecy):
    made = make.counted([[0]] * 12, secrecy=secrecy)
    listed = {person.pk for person in (*made.people, made.organiser, *made.holders)}
    assert told(telling.COUNTED) == listed
    if secrecy == Secrecy.SECRET:
        assert told(telling.URN_WAITS) == told(telling.KEY_ASKED) == {person.pk for person in made.holders}


def test_one_no_longer_asked_is_not_told():
    made = make.prepared()
    services.change_ballot(actor=made.organiser, ballot=made.ballot, secrecy=Secrecy.SECRET)
    first, second = ([make.AgentFactory(unit=make.DirectionFactory()) for _one in range(3)] for _time in range(2))
    for people in (first, second):
        services.set_key_holders(actor=made.organiser, ballot=made.ballot, people=people)
    drain_outbox()
    assert told(telling.KEY_ASKED) == {person.pk for person in second}


def test_those_told_that_it_is_open_are_told_that_it_is_called_off():
    early, late = make.opened(people=2), make.opened(people=1)
    with late.while_open():
        services.cancel_ballot(actor=early.organiser, ballot=early.ballot, because="Un coût était faux.")
        tell()
        services.cancel_ballot(actor=late.organiser, ballot=late.ballot, because="Un coût était faux.")
        drain_outbox()
    assert InboxItem.objects.filter(code=telling.CANCELLED).count() == late.ballot.electors.count()
    with pytest.raises(ValidationError):
        services.cancel_ballot(actor=late.organiser, ballot=late.ballot, because="Encore.")


def test_a_message_never_says_a_choice():
    made = make.counted([[0]] * 12)
    with made.while_open():
        pass
    words = " ".join(str(item.context) for item in InboxItem.objects.all())
    assert made.ballot.ordered[0].label not in words
