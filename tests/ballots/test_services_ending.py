"""Closing, opening by two of three, counting, calling off, destroying: once each, in their order, by the clock."""

import datetime

import nacl.public
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from src.foundations import clock, envelopes, personal_data, ticking
from src.foundations.models import AuditEntry
from src.foundations.testing import drain_outbox
from src.participation.ballots import boxes, rules, services
from src.participation.ballots.enums import Secrecy, State
from src.participation.ballots.models import (
    Ballot,
    CountedBox,
    HalfOpened,
    PairBox,
    RollEntry,
    SealedBox,
    SimpleVote,
)
from src.participation.ballots.services import closing, counting, opening
from tests.factories import ballots as make
from tests.factories.directory import AgentFactory

pytestmark = pytest.mark.django_db
SECRET = Secrecy.SECRET
PUBLIC = nacl.public.PrivateKey.generate().public_key


def voted(number: int = 14, **fields) -> make.Made:
    """A secret ballot closed with so many votes of one proposal."""
    made = make.opened(secrecy=SECRET, people=25, **fields)
    made.cast_all([[0], [1]] * (number // 2))
    made.close()
    return made


def test_the_closing_sorts_the_boxes_empties_the_urn_and_says_how_many():
    made = make.opened(secrecy=SECRET)
    made.cast_all([[0], [1], []] * 4)
    sealed = set(SealedBox.objects.values_list("digest", flat=True))

    made.close()

    assert not SealedBox.objects.exists()
    assert set(CountedBox.objects.values_list("digest", flat=True)) == sealed
    payload = AuditEntry.objects.get(verb="ballots.closed").payload
    assert payload == {"voted": 12, "voted_on_paper": 0, "boxes": 12, "boxes_equal_roll": True}
    with made.once_over():
        closing.close_due(clock.now())
    assert AuditEntry.objects.filter(verb="ballots.closed").count() == 1


def test_a_box_that_nobody_voted_is_told(caplog):
    made = make.opened(secrecy=SECRET)
    made.cast_all([[0]] * 11)
    stuffed = made.box([1])
    SealedBox.objects.create(digest="f" * 64, ballot=made.ballot, ciphertext=stuffed)

    made.close()

    assert AuditEntry.objects.get(verb="ballots.closed").payload["boxes_equal_roll"] is False
    assert "ballots.roll_differs" in {one.message for one in caplog.records}


def test_nothing_is_closed_before_its_hour_and_a_late_tick_counts_no_late_vote():
    made = make.opened()
    made.cast_all([[0]] * 11)
    with made.while_open():
        services.close_due(clock.now())
        assert made.again().closed_at is None
        assert services.close_ballot(ballot=made.ballot).closed_at is None
    with made.once_over(datetime.timedelta(hours=5)):
        assert rules.state_of(made.ballot) == State.CLOSED
        with pytest.raises(services.Closed):
            made.cast(made.people[12], [0])
    made.close()
    assert made.ballot.result["total"]["ballots"] == 11


def test_one_that_fails_keeps_no_other_waiting(monkeypatch, caplog):
    first, second = make.opened(), make.opened()
    held = closing.close_ballot

    def close(*, ballot, at):
        if ballot.pk == first.ballot.pk:
            raise RuntimeError
        return held(ballot=ballot, at=at)

    monkeypatch.setattr(closing, "close_ballot", close)
    with first.at(max(first.ballot.closes_at, second.ballot.closes_at) + datetime.timedelta(minutes=1)):
        assert services.close_due(clock.now()) == 1
        drain_outbox()
    assert (first.again().closed_at, second.again().counted_at is not None) == (None, True)
    assert "ballots.not_ended" in {one.message for one in caplog.records}


@pytest.mark.parametrize(("one", "two"), [(a, b) for a in range(3) for b in range(3) if a != b])
def test_any_two_in_any_order_open_it(one, two):
    made = voted()
    made.count(one, two)
    assert made.ballot.result["total"]["counts"][:2] == [7, 7]


def test_none_and_one_open_nothing():
    made = voted()
    closed = {bytes(pair.box) for pair in PairBox.objects.all()}
    assert len({len(box) for box in closed}) == 1
    for person in made.holders:
        mine = nacl.public.SealedBox(made.keys[person.pk])
        for box in closed:
            try:
                inside = mine.decrypt(box)
            except nacl.exceptions.CryptoError:
                continue
            assert len(inside) == 80, "one opening leaves it closed"
            with pytest.raises(nacl.exceptions.CryptoError):
                mine.decrypt(inside)
    with made.once_over():
        for key in (b"", b"\1" * 32, bytes(made.keys[made.holders[0].pk])):
            with pytest.raises(services.WrongKey):
                services.count_secret(actor=made.holders[0], ballot=made.ballot, secret_key=key)
    assert made.again().counted_at is None


def test_a_lost_device_and_a_holder_who_left():
    made = voted()
    made.keys.pop(made.holders[0].pk)
    personal_data.erase(made.holders[0])
    made.count(1, 2)
    assert made.ballot.result["total"]["ballots"] == 14


def test_the_urn_opens_after_the_closing_by_its_holders_alone():
    made = make.opened(secrecy=SECRET)
    made.cast_all([[0]] * 12)
    for moment in (made.ballot.opens_at, made.ballot.closes_at + datetime.timedelta(seconds=5)):
        with made.at(moment), pytest.raises(ValidationError, match="une fois le vote clos"):
            made.half_open(0)
    made.close()
    with made.once_over():
        with pytest.raises(PermissionDenied):
            services.half_open(actor=made.organiser, ballot=made.ballot, boxes={1: b"x" * 80, 2: b"x" * 80})
        for halves in ({}, {2: b"x" * 80}, {2: b"x" * 80, 3: b"x" * 79}, {1: b"x" * 80, 2: b"x" * 80}):
            with pytest.raises(ValidationError):
                services.half_open(actor=made.holders[0], ballot=made.ballot, boxes=halves)
        made.half_open(0)
        before = list(HalfOpened.objects.order_by("pk").values_list("pk", "box"))
        services.half_open(actor=made.holders[0], ballot=made.ballot, boxes={2: b"y" * 80, 3: b"y" * 80})
        assert [(pk, bytes(box)) for pk, box in before] == [
            (one.pk, bytes(one.box)) for one in HalfOpened.objects.order_by("pk")
        ], "twice changes nothing"
        with pytest.raises(PermissionDenied):
            services.count_secret(actor=made.organiser, ballot=made.ballot, secret_key=made.urn_key(1))


def test_one_who_half_opens_wrongly_blocks_nobody():
    made = voted()
    with made.once_over():
        services.half_open(actor=made.holders[0], ballot=made.ballot, boxes={2: b"y" * 80, 3: b"y" * 80})
    made.count(1, 2)
    assert made.ballot.result["total"]["ballots"] == 14


def test_counted_once_and_the_same_again():
    made = voted()
    made.count()
    result = made.ballot.result
    with made.once_over(datetime.timedelta(days=1)):
        again = services.count_secret(actor=made.holders[1], ballot=made.ballot, secret_key=made.urn_key(1))
    assert again.result == result
    assert AuditEntry.objects.filter(verb="ballots.counted").count() == 1


def test_what_no_page_of_ours_closed_is_void():
    made = make.opened(secrecy=SECRET)
    made.cast_all([[0], [1]] * 6)
    wrong = nacl.public.PrivateKey.generate().public_key
    odd = [
        b"",
        b"null",
        b'{"v":1,"c":"ab"}',
        b'{"v":2,"c":[0]}',
        b'{"v":1,"c":[true]}',
        b'{"v":1,"c":[9]}',
        b"[" * 250,
    ]
    with made.while_open():
        sent = [envelopes.close(bytes(made.ballot.public_key), content, boxes.SIZE) for content in odd]
        sent.append(boxes.seal(bytes(wrong), [0]))
        for person, box in zip(made.people[12:], sent, strict=False):
            services.cast_secret(actor=person, ballot=made.ballot, box=box)
    made.close()
    made.count()
    total = made.ballot.result["total"]
    assert (total["ballots"], total["void"], total["counts"][:2]) == (20, 8, [6, 6])


@pytest.mark.parametrize("secrecy", Secrecy)
@pytest.mark.parametrize("when", ["ready", "open", "closed"])
def test_called_off_with_its_reason_and_destroyed(secrecy, when):
    if secrecy == Secrecy.SIMPLE and when == "closed":
        return
    made = make.opened(secrecy=secrecy)
    if when != "ready":
        made.cast_all([[0]] * 12)
    if when == "closed":
        made.close()
    with pytest.raises(ValidationError, match="pourquoi"):
        services.cancel_ballot(actor=made.organiser, ballot=made.ballot, because="  ")
    services.cancel_ballot(actor=made.organiser, ballot=made.ballot, because="Deux coûts étaient faux.")

    assert rules.state_of(made.again()) == State.CANCELLED
    with made.once_over():
        with pytest.raises(ValidationError):
            services.cancel_ballot(actor=made.organiser, ballot=made.ballot, because="Encore.")
        services.close_due(clock.now())
        services.destroy_due(clock.now())
        drain_outbox()
    assert made.again().keys_destroyed_at is not None and made.ballot.counted_at is None
    assert not any(model.objects.exists() for model in (PairBox, HalfOpened, SealedBox, CountedBox, SimpleVote))
    assert RollEntry.objects.count() == (0 if when == "ready" else 12), "who voted goes three months later"


@pytest.mark.parametrize("secrecy", Secrecy)
def test_destroyed_after_the_dispute_period_not_before(secrecy):
    made = make.counted([[0]] * 12, secrecy=secrecy)
    result, until = made.ballot.result, made.ballot.disputed_until
    assert (until - make.timezone.localdate(made.ballot.counted_at)).days == 30
    kept = CountedBox if made.ballot.is_secret else SimpleVote

    with made.at(datetime.datetime.combine(until, datetime.time(22, 30), make.timezone.get_default_timezone())):
        assert services.destroy_due(clock.now()) == 0
    assert kept.objects.count() == 12
    with made.at(datetime.datetime.combine(until, datetime.time(23, 59), datetime.UTC)):
        assert services.destroy_due(clock.now()) == 1
        assert services.destroy_due(clock.now()) == 0
    assert not kept.objects.exists() and not PairBox.objects.exists() and not HalfOpened.objects.exists()
    assert made.again().result == result


def test_a_ballot_nobody_voted_in_ends_too():
    made = make.opened(secrecy=SECRET)
    made.close()
    made.count()
    assert made.ballot.result["voted"] == 0
    assert "hidden" in made.ballot.result
    simple = make.opened()
    simple.close()
    assert rules.state_of(simple.ballot) == State.COUNTED


def test_the_ticker_does_it_all():
    made = make.opened()
    made.cast_all([[0]] * 11)
    with made.once_over():
        told = ticking.tick(clock.now())
        drain_outbox()
    assert {name: told[name] for name in told if name.startswith("ballots.")} == {
        f"ballots.{name}": "ok" for name in ("close", "destroy", "tell", "wipe")
    }
    assert rules.state_of(made.again()) == State.COUNTED


def test_a_count_that_fails_on_its_way_leaves_it_to_be_done(monkeypatch):
    made = voted()
    with monkeypatch.context() as patch:
        patch.setattr(counting, "_write", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            made.count()
    assert made.again().counted_at is None and CountedBox.objects.count() == 14
    made.count()
    assert made.ballot.result["total"]["ballots"] == 14


def test_chunks_change_nothing(monkeypatch):
    for module in (opening, closing, counting):
        monkeypatch.setattr(module, "CHUNK", 5)
    made = voted(12)
    made.count()
    assert made.ballot.result["total"]["ballots"] == 12


VERBS = {
    "open": lambda made: made.open(),
    "change": lambda made: services.change_ballot(actor=made.organiser, ballot=made.ballot, title="Autre"),
    "delete": lambda made: services.delete_ballot(actor=made.organiser, ballot=made.ballot),
    "cast": lambda made: services.cast_secret(
        actor=made.people[20], ballot=made.ballot, box=boxes.seal(bytes(made.ballot.public_key or PUBLIC), [0])
    ),
    "cancel": lambda made: services.cancel_ballot(actor=made.organiser, ballot=made.ballot, because="Parce que."),
    "half": lambda made: made.half_open(2),
    "count": lambda made: services.count_secret(actor=made.holders[1], ballot=made.ballot, secret_key=b"\1" * 32),
}
MATRIX = {
    State.PREPARED: {"open", "change", "delete"},
    State.READY: {"cancel"},
    State.OPEN: {"cast", "cancel"},
    State.CLOSED: {"cancel", "half"},
    State.COUNTED: {"count"},
    State.CANCELLED: set(),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_in_each_state(state, verb):
    made = make.prepared(secrecy=SECRET, people=25)
    if state != State.PREPARED:
        made.open()
    if state in (State.CLOSED, State.COUNTED):
        made.cast_all([[0]] * 12)
        made.close()
    if state == State.COUNTED:
        made.count()
    if state == State.CANCELLED:
        services.cancel_ballot(actor=made.organiser, ballot=made.ballot, because="Parce que.")
    made.again()
    moment = {
        State.PREPARED: made.ballot.opens_at - datetime.timedelta(minutes=10),
        State.READY: made.ballot.opens_at - datetime.timedelta(minutes=10),
        State.OPEN: made.ballot.opens_at + datetime.timedelta(minutes=10),
    }.get(state, made.ballot.closes_at + datetime.timedelta(hours=2))
    with made.at(moment):
        assert rules.state_of(made.ballot) == state
        try:
            VERBS[verb](made)
            done = True
        except (ValidationError, services.Closed, PermissionDenied):
            done = False
        drain_outbox()
    assert done == (verb in MATRIX[state])
    if state == State.COUNTED:
        assert Ballot.objects.get().result == made.ballot.result


def test_nobody_else_holds_a_key_for_somebody_absent():
    made = voted()
    deputy = AgentFactory()
    assert rules.key_holder_of(deputy, made.ballot) is None
    assert rules.key_holder_of(made.holders[0], made.ballot) is not None
