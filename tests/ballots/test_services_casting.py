"""Casting: one vote an elector, once for good when secret, changed until the end when simple; nothing else written."""

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError

from src.directory.models import User
from src.participation.ballots import boxes, services
from src.participation.ballots.enums import Method, Secrecy
from src.participation.ballots.models import Ballot, RollEntry, SealedBox, SimpleVote
from src.participation.enums import Channel
from tests.factories import ballots as make
from tests.factories.directory import AgentFactory

pytestmark = pytest.mark.django_db


def rows_by_table() -> dict[str, int]:
    """How many rows each table holds."""
    models = [model for model in apps.get_models() if model._meta.managed]
    return {model._meta.db_table: model._default_manager.count() for model in models}


@pytest.mark.parametrize("secrecy", Secrecy)
def test_two_rows_and_nothing_else(secrecy):
    made = make.opened(secrecy=secrecy)
    before = rows_by_table()
    with made.while_open():
        made.cast(made.people[0], [0])

    added = {table: number - before[table] for table, number in rows_by_table().items() if number != before[table]}
    box = SealedBox if secrecy == Secrecy.SECRET else SimpleVote
    assert added == {RollEntry._meta.db_table: 1, box._meta.db_table: 1}
    dated = [
        field
        for model in (RollEntry, SealedBox, SimpleVote)
        for field in model._meta.concrete_fields
        if "Date" in type(field).__name__ or "Time" in type(field).__name__
    ]
    assert dated == []


def test_a_secret_box_leads_to_nobody():
    fields = {field.name: field for field in SealedBox._meta.concrete_fields}
    assert set(fields) == {"digest", "ballot", "ciphertext"}
    assert {name for name, field in fields.items() if field.is_relation} == {"ballot"}


def test_a_secret_vote_is_for_good():
    made = make.opened(secrecy=Secrecy.SECRET)
    person, box = made.people[0], None
    with made.while_open():
        box = made.box([0, 1])
        receipt = services.cast_secret(actor=person, ballot=made.ballot, box=box)
        assert receipt == boxes.receipt_of(boxes.digest_of(box)) and len(receipt) == 14
        assert services.cast_secret(actor=person, ballot=made.ballot, box=box) == receipt, "the same sending"
        with pytest.raises(services.AlreadyVoted):
            made.cast(person, [1])
        with pytest.raises(ValidationError, match="pris"):
            services.cast_secret(actor=made.people[1], ballot=made.ballot, box=box)
        with pytest.raises(ValidationError, match="coupé"):
            services.cast_secret(actor=made.people[1], ballot=made.ballot, box=box[:-1])
    assert made.counts() == (1, 1, 0, 0)
    with made.once_over():
        assert services.cast_secret(actor=person, ballot=made.ballot, box=box) == receipt, "asked again, over"
    made.close()
    with made.once_over():
        assert services.cast_secret(actor=person, ballot=made.ballot, box=box) == receipt, "asked again, closed"
        with pytest.raises(services.Closed):
            made.cast(person, [1])


def test_a_simple_vote_changes_until_the_end():
    made = make.opened()
    person = made.people[0]
    with made.while_open():
        assert made.cast(person, [0]) is True
        assert made.cast(person, [1, 2]) is False
        assert made.cast(person, []) is False
        assert made.cast(person, [2]) is False
    assert made.counts() == (1, 0, 1, 0)
    made.cast_all([[2]] * 12)
    made.close()
    assert made.ballot.result["total"]["ballots"] == 12
    assert made.ballot.result["voted"] == 12


@pytest.mark.parametrize("secrecy", Secrecy)
@pytest.mark.parametrize("when", ["prepared", "ready", "open", "last", "over", "closed", "cancelled"])
def test_votes_come_in_while_it_is_open_alone(secrecy, when):
    made = make.prepared(secrecy=secrecy, people=25)
    if when != "prepared":
        made.open()
    public = made.ballot.public_key or bytes(make.nacl.public.PrivateKey.generate().public_key)
    box = boxes.seal(bytes(public), [0])
    if when == "cancelled":
        services.cancel_ballot(actor=made.organiser, ballot=made.ballot, because="Deux coûts étaient faux.")
    if when == "closed":
        made.close()
    second = make.datetime.timedelta(seconds=1)
    moment = {
        "ready": made.ballot.opens_at - second,
        "last": made.ballot.closes_at - second,
        "over": made.ballot.closes_at,
        "closed": made.ballot.closes_at + 100 * second,
    }.get(when, made.ballot.opens_at + second)
    outcome = "in"
    with made.at(moment):
        try:
            if secrecy == Secrecy.SECRET:
                services.cast_secret(actor=made.people[0], ballot=made.ballot, box=box)
            else:
                services.cast_simple(actor=made.people[0], ballot=made.ballot, choice=[0])
        except services.Closed:
            outcome = "closed"
        except PermissionDenied:
            outcome = "not listed"
    assert outcome == {"prepared": "not listed", "open": "in", "last": "in"}.get(when, "closed")
    assert sum(made.counts()) == (2 if outcome == "in" else 0)


@pytest.mark.parametrize("secrecy", Secrecy)
def test_those_on_the_list_alone(secrecy):
    made = make.opened(secrecy=secrecy)
    newcomer, gone = AgentFactory(), made.people[0]
    User.objects.filter(pk=gone.pk).update(is_active=False)
    with made.while_open():
        for person in (newcomer, User.objects.get(pk=gone.pk), None):
            with pytest.raises(PermissionDenied):
                made.cast(person, [0])
    assert sum(made.counts()) == 0


@pytest.mark.parametrize(
    ("method", "choices"),
    [
        (Method.APPROVAL, [[4], [-1], [0, 1, 2], ["x"], [None]]),
        (Method.YES_NO, [[2], [0, 1]]),
        (Method.GRADES, [[0], [7, 0, 0, 0], [0, 0, 0, 0, 0]]),
        (Method.EQUAL_SHARES, [[9]]),
    ],
)
def test_a_choice_the_ballot_does_not_take(method, choices):
    made = make.opened(method=method)
    with made.while_open():
        for choice in choices:
            with pytest.raises(ValidationError):
                made.cast(made.people[0], choice)
    assert sum(made.counts()) == 0


def test_one_length_whatever_is_chosen():
    made = make.opened(people=40, labels=[f"Proposition {one}" for one in range(60)], most_choices=60)
    with made.while_open():
        for number, person in enumerate(made.people):
            made.cast(person, list(range(number)))
    assert {len(bytes(one)) for one in SimpleVote.objects.values_list("choice", flat=True)} == {boxes.VOTE_BYTES}
    assert len(boxes.written(list(range(60)))) <= boxes.SIZE
    assert len(boxes.written([-1] * 60)) <= boxes.SIZE


def test_somebody_who_leaves_is_counted_and_forgotten():
    from src.foundations import personal_data

    made = make.opened(secrecy=Secrecy.SECRET)
    simple = make.opened()
    made.cast_all([[0]] * 12)
    with simple.while_open():
        simple.cast(made.people[0], [0])
    gone = made.people[0]
    pk = gone.pk
    personal_data.erase(gone)

    assert not RollEntry.objects.filter(person=pk).exists() and not SimpleVote.objects.filter(person=pk).exists()
    assert RollEntry.objects.filter(ballot=made.ballot).count() == 12
    assert (SimpleVote.objects.count(), RollEntry.objects.filter(ballot=simple.ballot).count()) == (1, 1)
    made.close()
    made.count()
    assert made.ballot.result["total"]["ballots"] == 12
    assert made.ballot.result["electors"] == 25 + 1 + 3


def test_a_kiosk_and_the_web_are_one_vote():
    made = make.opened()
    with made.while_open():
        made.cast(made.people[0], [0], channel=Channel.KIOSK)
        assert made.cast(made.people[0], [1]) is False
    assert RollEntry.objects.get().channel == Channel.KIOSK
    assert Ballot.objects.get(pk=made.ballot.pk).result is None
