"""Seats, the waiting list, convocations: never one too many, always in order, one event a person."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from src.foundations import clock
from src.foundations.testing import drain_outbox, forget_effects
from src.notices import registry
from src.notices.models import InboxItem, MailMessage
from tests.factories import training_sessions as made
from tests.factories import trainings
from tests.factories.directory import AgentFactory, UnitFactory
from trainings.learning.models import Enrolment
from trainings.sessions import services
from trainings.sessions.calendar import event_of_booking
from trainings.sessions.enums import BookingState, SessionState
from trainings.sessions.models import Booking, Convocation, Session, SessionSlot
from trainings.sessions.services.holding import MovedOn

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


def states(session) -> dict:
    return {one.agent_id: (one.state, one.seat) for one in Booking.objects.filter(session=session)}


def told(code: str) -> list[int]:
    drain_outbox()
    return list(
        InboxItem.objects.filter(code=f"trainings_sessions.{code}").order_by("pk").values_list("user", flat=True)
    )


def test_the_last_seat_then_the_list_and_a_freed_seat_goes_to_the_first(unit):
    first, second, third, fourth = made.agents(unit, 4)
    session = made.session(unit=unit, capacity=2)
    for one in (first, second, third, fourth):
        services.book(actor=one, session=session)
    services.book(actor=first, session=session)

    assert states(session) == {
        first.pk: ("confirmed", 1), second.pk: ("confirmed", 2), third.pk: ("waitlisted", None),
        fourth.pk: ("waitlisted", None),
    }  # fmt: skip
    assert told("booked") == [first.pk, second.pk] and told("waiting") == [third.pk, fourth.pk]
    assert Enrolment.objects.filter(track=session.track, state="in_progress").count() == 4

    services.give_up(actor=first, booking=Booking.objects.get(agent=first))
    services.give_up(actor=first, booking=Booking.objects.get(agent=first))

    assert states(session)[first.pk] == ("cancelled", None) and states(session)[third.pk] == ("confirmed", 1)
    assert told("promoted") == [third.pk]
    services.book(actor=first, session=session)
    ranks = Booking.objects.filter(session=session).waiting().values_list("agent", flat=True)
    assert list(ranks) == [fourth.pk, first.pk]
    drain_outbox()


def test_the_database_itself_refuses_one_seat_too_many(unit):
    session = made.session(unit=unit, capacity=1)
    one, other = made.agents(unit, 2)
    services.book(actor=one, session=session)

    for seat in (1, 2):
        with pytest.raises(IntegrityError), transaction.atomic():
            Booking.objects.create(
                session=session,
                agent=other,
                state="confirmed",
                seat=seat,
                booked_at=clock.now(),
                changed_at=clock.now(),
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(capacity=0)
    services.change(actor=session.trainer, session=session, **as_is(session, capacity=3))
    services.book(actor=other, session=session)
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(capacity=1)
    with pytest.raises(ValidationError, match="keep as many|une place"):
        services.change(actor=session.trainer, session=session, **as_is(session, capacity=1))
    drain_outbox()


def as_is(session, **more) -> dict:
    slots = list(session.slots.values_list("starts_at", "ends_at"))
    told = {"title": session.title, "place": session.place, "trainer": session.trainer, "capacity": session.capacity}
    return {**told, "slots": slots, **more}


def test_more_seats_go_to_those_who_wait_and_fewer_renumber(unit):
    people = made.agents(unit, 4)
    session = made.session(unit=unit, capacity=3)
    for one in people:
        services.book(actor=one, session=session)
    services.change(actor=session.trainer, session=session, **as_is(session, capacity=4))
    assert states(session)[people[3].pk] == ("confirmed", 4)

    services.give_up(actor=people[0], booking=Booking.objects.get(agent=people[0]))
    services.change(actor=session.trainer, session=session, **as_is(session, capacity=3))
    assert sorted(seat for state, seat in states(session).values() if state == "confirmed") == [1, 2, 3]
    drain_outbox()


def test_one_event_a_person_whatever_happens_to_the_session(unit):
    mailed, unmailed = AgentFactory(unit=unit), AgentFactory(unit=unit, email="")
    session = made.confirmed(mailed, unmailed, unit=unit)
    drain_outbox()
    mine = Booking.objects.get(agent=mailed)
    assert mine.sequence == 0
    rows = Convocation.objects.select_related("booking")
    assert {(one.booking.agent_id, one.channel, bool(one.sent_at)) for one in rows} == {
        (mailed.pk, "mail", True), (mailed.pk, "inbox", True), (unmailed.pk, "inbox", True),
        (unmailed.pk, "paper", False),
    }  # fmt: skip

    services.change(actor=session.trainer, session=session, **as_is(session, place="Salle du Halage"))
    services.change(actor=session.trainer, session=session, **as_is(Session.objects.get(pk=session.pk)))
    services.give_up(actor=mailed, booking=mine)
    services.book(actor=mailed, session=session)
    services.cancel(actor=session.trainer, session=session, because="La salle est inondée.")
    drain_outbox()

    rows = Convocation.objects.filter(booking=mine, channel="mail").order_by("sequence")
    assert [(one.sequence, one.method) for one in rows] == [
        (0, "REQUEST"), (1, "REQUEST"), (2, "CANCEL"), (3, "REQUEST"), (4, "CANCEL"),
    ]  # fmt: skip
    assert {one.ical_uid for one in rows} == {rows[0].ical_uid}
    event = event_of_booking(Booking.objects.get(pk=mine.pk))
    assert event.uid == rows[0].ical_uid and event.sequence == 4 and event.is_cancelled
    assert states(session) == {mailed.pk: ("cancelled", None), unmailed.pk: ("cancelled", None)}


def test_the_mail_carries_the_invitation_then_takes_it_away(unit, mailoutbox):
    agent = AgentFactory(unit=unit)
    session = made.confirmed(agent, unit=unit)
    drain_outbox()
    services.cancel(actor=session.trainer, session=session, because="Grève des transports.")
    drain_outbox()

    rows = MailMessage.objects.filter(code__startswith="trainings_sessions").order_by("pk")
    found = list(rows.values_list("code", "context"))
    assert [kind for kind, _content in found] == [
        "trainings_sessions.convoked", "trainings_sessions.cancelled",
    ]  # fmt: skip
    texts = [
        registry.get(kind).calendar(content, agent.email) for kind, content in found if content["sequence"] is not None
    ]
    assert [method for method, _text in texts] == ["REQUEST", "CANCEL"]
    uids = {line for _method, text in texts for line in text.splitlines() if line.startswith("UID:")}
    assert len(uids) == 1 and "SEQUENCE:1" in texts[1][1] and "STATUS:CANCELLED" in texts[1][1]
    assert len(mailoutbox) == 2
    assert registry.get("trainings_sessions.booked").calendar({**found[0][1], "sequence": None}, agent.email) is None


def test_one_place_a_module_and_a_change_keeps_the_seat_when_the_other_room_is_full(unit):
    version = trainings.published([made.module()], title="À deux dates")
    agent, other, third = made.agents(unit, 3)
    monday = made.session(unit=unit, version=version, capacity=1)
    tuesday = made.session(unit=unit, version=version, capacity=1, days=8, lead=monday.trainer)
    services.book(actor=agent, session=monday)
    services.book(actor=third, session=monday)
    services.book(actor=other, session=tuesday)

    with pytest.raises(MovedOn):
        services.book(actor=agent, session=tuesday)
    assert states(monday)[agent.pk] == ("confirmed", 1)

    services.give_up(actor=other, booking=Booking.objects.get(agent=other))
    services.book(actor=agent, session=tuesday)
    assert states(tuesday)[agent.pk] == ("confirmed", 1) and states(monday)[agent.pk] == ("cancelled", None)
    assert states(monday)[third.pk] == ("confirmed", 1) and told("promoted") == [third.pk]


def test_an_invitation_keeps_a_seat_and_is_declined_without_a_reason(unit):
    invited, waiting = made.agents(unit, 2)
    session = made.session(unit=unit, capacity=1)
    elsewhere = AgentFactory(unit=UnitFactory())

    with pytest.raises(ValidationError, match=elsewhere.username):
        services.invite(actor=session.trainer, session=session, names=[invited.username, elsewhere.username])
    assert not Booking.objects.exists()
    assert services.invite(actor=session.trainer, session=session, names=[invited.username, waiting.username]) == (
        1,
        1,
    )
    assert services.invite(actor=session.trainer, session=session, names=[invited.username]) == (0, 0)
    assert told("invited") == [invited.pk] and states(session)[invited.pk] == ("invited", 1)
    services.give_up(actor=invited, booking=Booking.objects.get(agent=invited))
    assert states(session) == {invited.pk: ("declined", None), waiting.pk: ("confirmed", 1)}
    drain_outbox()


def test_who_may_do_what(unit):
    session = made.session(unit=unit, opened=False)
    agent, stranger = AgentFactory(unit=unit), made.trainer(UnitFactory())

    for actor in (agent, stranger):
        with pytest.raises(PermissionDenied):
            services.open_bookings(actor=actor, session=session)
    with pytest.raises(MovedOn):
        services.book(actor=agent, session=session)
    services.open_bookings(actor=session.trainer, session=session)
    booking = services.book(actor=agent, session=session)
    with pytest.raises(PermissionDenied):
        services.give_up(actor=stranger, booking=booking)
    with pytest.raises(MovedOn):
        services.open_bookings(actor=session.trainer, session=session)
    with pytest.raises(ValidationError):
        services.cancel(actor=session.trainer, session=session, because="  ")
    with clock.told_as(session.starts_at + timedelta(minutes=1)), pytest.raises(MovedOn):
        services.give_up(actor=agent, booking=booking)
    drain_outbox()


def test_nobody_attends_the_session_they_lead(unit):
    other = made.trainer(unit)
    session = made.session(unit=unit)
    with pytest.raises(MovedOn):
        services.book(actor=session.trainer, session=session)
    with pytest.raises(ValidationError):
        services.invite(actor=other, session=session, names=[session.trainer.username])
    services.book(actor=other, session=session)
    with pytest.raises(ValidationError):
        services.change(actor=session.trainer, session=session, **as_is(session, trainer=other))
    drain_outbox()


def test_states_move_by_the_table_alone(unit):
    session = made.session(unit=unit)
    booking = services.book(actor=AgentFactory(unit=unit), session=session)

    for state in ("draft", "held", "closed"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Session.objects.filter(pk=session.pk).update(state=state)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=booking.pk).update(state="waitlisted", seat=None, rank=1)
    Booking.objects.filter(pk=booking.pk).update(sequence=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=booking.pk).update(sequence=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).delete()
    drain_outbox()


@pytest.mark.parametrize(
    "slots",
    [
        [],
        [(timedelta(days=-1), timedelta(days=-1, hours=3))],
        [(timedelta(days=1, hours=3), timedelta(days=1))],
        [(timedelta(days=1), timedelta(days=1, hours=3)), (timedelta(days=2), timedelta(days=2, hours=3))],
    ],
)
def test_days_that_can_not_be_are_refused(unit, slots):
    version = trainings.published([made.module()])
    lead = made.trainer(unit)
    now = clock.now()

    with pytest.raises(ValidationError):
        services.create(
            actor=lead, track=version.track, module=version.modules.get(), unit=unit,
            slots=[(now + begins, now + ends) for begins, ends in slots],
            title="T", place="P", trainer=lead, capacity=3,
        )  # fmt: skip
    assert not Session.objects.exists() and not SessionSlot.objects.exists()


STEP = st.tuples(
    st.sampled_from(["book", "give_up", "invite", "grow", "shrink", "move", "confirm"]), st.integers(0, 5)
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=5, max_size=25))
def test_whatever_is_done_seats_hold_the_order_holds_and_sequences_grow(unit, steps):
    with transaction.atomic():
        people = made.agents(unit, 6)
        session = made.session(unit=unit, capacity=2)
        seen: dict[int, int] = {}
        for one in people[:4]:
            services.book(actor=one, session=session)
        for what, number in steps:
            before = in_line(session)
            _step(session, people, what, number)
            _holds(session, before, people[number].pk, seen)
        transaction.set_rollback(True)


def in_line(session) -> list[int]:
    """Who waits, in the order of the ranks, whatever the code under test reads."""
    rows = Booking.objects.filter(session=session, state=BookingState.WAITLISTED)
    return list(rows.order_by("rank").values_list("agent", flat=True))


def _step(session, people, what, number) -> None:
    session = Session.objects.select_related("trainer").get(pk=session.pk)
    one, actor = people[number], session.trainer
    mine = Booking.objects.filter(session=session, agent=one).first()
    try:
        with transaction.atomic():
            if what == "book":
                services.book(actor=one, session=session)
            elif what == "give_up" and mine is not None:
                services.give_up(actor=one, booking=mine)
            elif what == "invite":
                services.invite(actor=actor, session=session, names=[one.username])
            elif what in ("grow", "shrink"):
                capacity = session.capacity + (1 if what == "grow" else -1)
                services.change(actor=actor, session=session, **as_is(session, capacity=capacity))
            elif what == "move":
                services.change(actor=actor, session=session, **as_is(session, place=f"Salle {number}"))
            elif what == "confirm":
                services.confirm(actor=actor, session=session)
    except ValidationError:
        pass


def _holds(session, before, actor: int, seen: dict) -> None:
    session = Session.objects.get(pk=session.pk)
    rows = list(Booking.objects.filter(session=session))
    seats = [one.seat for one in rows if one.seat is not None]
    waiting = in_line(session)
    assert len(seats) == len(set(seats)) <= session.capacity and all(seat <= session.capacity for seat in seats)
    assert not waiting or len(seats) == session.capacity
    # Nobody overtakes: what is left of the list before is in its order, those new are at its end.
    kept = [one for one in waiting if one in before]
    assert kept == [one for one in before if one in kept] and waiting[: len(kept)] == kept
    gone = [one for one in before if one not in waiting and one != actor]
    assert gone == [one for one in before if one != actor][: len(gone)]
    for one in rows:
        if one.sequence is not None:
            assert one.sequence >= seen.get(one.pk, 0)
            seen[one.pk] = one.sequence
        sent = list(Convocation.objects.filter(booking=one, channel="inbox").values_list("sequence", "ical_uid"))
        assert [number for number, _uid in sent] == list(range(len(sent)))
        assert len({uid for _number, uid in sent}) <= 1
        if session.state == SessionState.CONFIRMED and one.state in (BookingState.CONFIRMED, BookingState.INVITED):
            assert one.sequence is not None


def in_threads(acts) -> list:
    """Each with a connection of its own, as many together as a server takes; what each answered or raised."""
    together = min(len(acts), MOST_TOGETHER)
    gate = threading.Barrier(together)

    def run(number, act):
        try:
            if number < together:
                gate.wait(60)
            return act()
        except Exception as error:  # noqa: BLE001 - told to the test
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(together) as pool:
        return list(pool.map(run, range(len(acts)), acts))


# One hundred people for twenty seats, fifty times (TERRAIN_WHOLE=1); fewer in the suite.
MOST_TOGETHER = 50
PEOPLE, SEATS, ROUNDS = (100, 20, 50) if os.environ.get("TERRAIN_WHOLE") else (24, 5, 2)


@pytest.mark.django_db(transaction=True)
def test_more_people_than_seats_at_once_fill_the_room_and_no_more(unit):
    people = made.agents(unit, PEOPLE)
    for _turn in range(ROUNDS):
        session = made.session(unit=unit, capacity=SEATS)
        found = in_threads([lambda one=one, s=session: services.book(actor=one, session=s) for one in people])

        assert [one for one in found if isinstance(one, Exception)] == []
        rows = Booking.objects.filter(session=session)
        assert sorted(rows.seated().values_list("seat", flat=True)) == list(range(1, SEATS + 1))
        assert list(rows.waiting().values_list("rank", flat=True)) == list(range(1, PEOPLE - SEATS + 1))
    forget_effects()


@pytest.mark.django_db(transaction=True)
def test_the_same_person_at_two_sessions_at_once_has_one_place(unit):
    version = trainings.published([made.module()], title="Deux onglets")
    agent = AgentFactory(unit=unit)
    monday = made.session(unit=unit, version=version)
    tuesday = made.session(unit=unit, version=version, days=8, lead=monday.trainer)

    found = in_threads([lambda one=one: services.book(actor=agent, session=one) for one in (monday, tuesday)])

    assert [one for one in found if isinstance(one, Exception)] == []
    assert Booking.objects.active().filter(agent=agent).count() == 1
    drain_outbox()
