"""What the database itself refuses, whoever writes to it."""

import datetime

import pytest
from django.db import connection

from src.participation.ballots import boxes, services
from src.participation.ballots.enums import Secrecy
from src.participation.ballots.models import (
    Ballot,
    BallotOption,
    CountedBox,
    Elector,
    HalfOpened,
    KeyHolder,
    PairBox,
    PaperBatch,
    PaperBox,
    RollEntry,
    SealedBox,
    SimpleVote,
)
from src.participation.enums import Channel
from tests.factories import ballots as make
from tests.factories.directory import AgentFactory, UnitFactory
from tests.questionnaires.test_answering import refused

pytestmark = pytest.mark.django_db
SECRET, SIMPLE = Secrecy.SECRET, Secrecy.SIMPLE
DAY = datetime.timedelta(days=1)


def changed(made, **fields):
    """Whether a raw update of the ballot is refused."""
    return refused(lambda: Ballot.objects.filter(pk=made.ballot.pk).update(**fields))


def test_rules_never_change_once_opened():
    made = make.prepared(secrecy=SECRET, people=25)
    assert not changed(made, title="Autre titre")
    assert changed(made, closes_at=made.ballot.opens_at + 2 * DAY), "72 hours"
    assert changed(made, closed_at=made.ballot.closes_at), "never opened"
    assert changed(made, cancelled_at=made.ballot.closes_at)
    assert changed(made, frozen_at=made.ballot.opens_at), "a secret vote has a key"
    made.again()
    made.open()
    for fields in (
        {"title": "x"}, {"question": "x"}, {"seats": 3}, {"most_choices": 3}, {"quorum_percent": 5},
        {"majority": "half"}, {"secrecy": SIMPLE}, {"method": "grades"}, {"public_key": b"\1" * 32},
        {"frozen_at": None}, {"closes_at": made.ballot.closes_at + DAY}, {"opens_at": made.ballot.opens_at - DAY},
        {"closed_at": made.ballot.closes_at - DAY}, {"keys_destroyed_at": made.ballot.closes_at},
        {"counted_at": made.ballot.closes_at, "result": {}},
    ):  # fmt: skip
        assert changed(made, **fields), fields
    assert refused(lambda: Ballot.objects.filter(pk=made.ballot.pk).delete())
    option, holder = BallotOption.objects.first(), KeyHolder.objects.first()
    assert refused(lambda: BallotOption.objects.filter(pk=option.pk).update(label="x"))
    assert refused(lambda: BallotOption.objects.filter(pk=option.pk).delete())
    assert refused(lambda: BallotOption.objects.create(ballot=made.ballot, position=9, label="x"))
    assert refused(lambda: KeyHolder.objects.filter(pk=holder.pk).update(public_key=b"\1" * 32))
    assert refused(lambda: KeyHolder.objects.filter(pk=holder.pk).update(person=AgentFactory()))
    assert refused(lambda: KeyHolder.objects.filter(pk=holder.pk).delete())
    assert not refused(lambda: KeyHolder.objects.filter(pk=holder.pk).update(person=None))
    pair = PairBox.objects.first()
    assert refused(lambda: PairBox.objects.filter(pk=pair.pk).update(box=b"x"))
    assert refused(lambda: PairBox.objects.filter(pk=pair.pk).delete())
    assert refused(lambda: PairBox.objects.create(ballot=made.ballot, outer=pair.outer, inner=pair.outer, box=b"x"))
    assert refused(
        lambda: HalfOpened.objects.create(ballot=made.ballot, outer=pair.outer, inner=pair.inner, box=b"x")
    ), "not before the closing"


def test_a_ballot_begins_in_preparation():
    made = make.prepared()
    fields = {name: getattr(made.ballot, name) for name in ("space", "title", "question", "opens_at", "closes_at")}
    assert refused(lambda: Ballot.objects.create(**fields, frozen_at=made.ballot.opens_at))
    assert refused(lambda: Ballot.objects.create(**fields | {"closes_at": made.ballot.opens_at + 2 * DAY}))
    assert not refused(lambda: Ballot.objects.create(**fields))


def test_the_list_is_that_of_the_opening():
    made = make.opened(people=3)
    one = Elector.objects.first()
    assert refused(lambda: Elector.objects.create(ballot=made.ballot, person=AgentFactory()))
    assert refused(lambda: Elector.objects.filter(pk=one.pk).update(person=AgentFactory()))
    assert refused(lambda: Elector.objects.filter(pk=one.pk).delete())
    assert not refused(lambda: Elector.objects.filter(pk=one.pk).update(person=None))


@pytest.mark.parametrize("secrecy", Secrecy)
def test_the_roll_holds_electors_once_while_it_is_open(secrecy):
    made = make.opened(secrecy=secrecy)
    person, other, stranger = made.people[0], made.people[1], AgentFactory()
    RollEntry.objects.create(ballot=made.ballot, person=person)
    row = RollEntry.objects.filter(ballot=made.ballot)

    def enter(**fields):
        return refused(lambda: RollEntry.objects.create(**{"ballot": made.ballot, "person": other} | fields))

    assert enter(person=person) and enter(person=stranger) and enter(person=None)
    assert enter(channel=Channel.PAPER), "on paper, somewhere"
    assert enter(place=UnitFactory()), "on the web, nowhere"
    assert enter(channel="phone")
    assert refused(lambda: row.update(person=other)) and refused(row.delete)
    assert refused(lambda: row.update(channel=Channel.KIOSK))
    made.close()
    assert enter() and (refused(row.delete) if secrecy == SECRET else True)


def test_a_secret_vote_is_never_beside_a_person_nor_a_simple_one_without():
    secret, simple = make.opened(secrecy=SECRET), make.opened()
    person = secret.people[0]
    for made in (secret, simple):
        RollEntry.objects.create(ballot=made.ballot, person=person)
    choice, box = boxes.encrypt([0]), secret.box([0])
    assert refused(lambda: SimpleVote.objects.create(ballot=secret.ballot, person=person, choice=choice))
    assert refused(lambda: SealedBox.objects.create(ballot=simple.ballot, digest="a" * 64, ciphertext=box))
    assert not refused(lambda: SimpleVote.objects.create(ballot=simple.ballot, person=person, choice=choice))
    assert not refused(lambda: SealedBox.objects.create(ballot=secret.ballot, digest="a" * 64, ciphertext=box))


def test_boxes_have_one_length_never_change_and_stay():
    made = make.opened(secrecy=SECRET)
    made.cast_all([[0]] * 3)
    one = SealedBox.objects.first()
    box = made.box([1])
    for wrong in (box[:-1], box + b"x", b""):
        assert refused(
            lambda content=wrong: SealedBox.objects.create(ballot=made.ballot, digest="b" * 64, ciphertext=content)
        )
    assert refused(lambda: SealedBox.objects.filter(pk=one.pk).update(ciphertext=box))
    assert refused(lambda: SealedBox.objects.filter(pk=one.pk).delete())
    assert refused(lambda: CountedBox.objects.create(ballot=made.ballot, digest="c" * 64, ciphertext=box))
    made.close()
    assert refused(lambda: SealedBox.objects.create(ballot=made.ballot, digest="d" * 64, ciphertext=box))
    assert refused(lambda: CountedBox.objects.first().delete())
    assert refused(lambda: CountedBox.objects.update(ciphertext=box))
    assert changed(made, closed_at=None) and changed(made, closed_at=made.ballot.closes_at + DAY)
    made.count()
    assert refused(lambda: CountedBox.objects.create(ballot=made.ballot, digest="e" * 64, ciphertext=box))
    assert refused(lambda: CountedBox.objects.first().delete())
    assert refused(lambda: PairBox.objects.first().delete()) and refused(lambda: HalfOpened.objects.first().delete())
    for fields in ({"result": {"total": {}}}, {"counted_at": None, "result": None}, {"cancelled_at": made.ballot.closes_at},
                   {"disputed_until": None}):  # fmt: skip
        assert changed(made, **fields), fields


def test_a_simple_vote_changes_while_it_is_open_alone_and_stays():
    made = make.opened()
    made.cast_all([[0]] * 12)
    row = SimpleVote.objects.first()
    mine = SimpleVote.objects.filter(pk=row.pk)
    assert refused(mine.delete) and refused(lambda: mine.update(choice=b"short"))
    assert refused(lambda: mine.update(person=made.people[20]))
    assert refused(
        lambda: SimpleVote.objects.create(ballot=made.ballot, person=made.people[20], choice=boxes.encrypt([0]))
    ), "not on the roll"
    assert not refused(lambda: mine.update(choice=boxes.encrypt([1])))
    made.close()
    assert refused(lambda: mine.update(choice=boxes.encrypt([2]))) and refused(mine.delete)


def test_papers_are_never_more_than_people_marked_nor_read_by_one_person():
    made, place, other = make.opened(), UnitFactory(), UnitFactory()
    one, two = AgentFactory(), AgentFactory()
    for person in made.people[:2]:
        RollEntry.objects.create(ballot=made.ballot, person=person, channel=Channel.PAPER, place=place)
    fields = {
        "ballot": made.ballot,
        "place": place,
        "typed_by": one,
        "typed_at": made.ballot.opens_at,
        "content": b"x",
    }
    box = boxes.encrypt([0])

    assert refused(lambda: PaperBatch.objects.create(**fields, papers=3))
    assert refused(lambda: PaperBatch.objects.create(**fields | {"place": other}, papers=1))
    batch = PaperBatch.objects.create(**fields, papers=2)
    mine = PaperBatch.objects.filter(pk=batch.pk)
    assert refused(lambda: PaperBatch.objects.create(**fields, papers=1))
    assert refused(lambda: PaperBox.objects.create(ballot=made.ballot, digest="a" * 64, ciphertext=box)), "unread"
    assert refused(lambda: mine.update(papers=1)) and refused(lambda: mine.update(content=b"y"))
    read = {"checked_at": made.ballot.opens_at, "content": None}
    assert refused(lambda: mine.update(checked_by=one, **read))
    assert refused(lambda: mine.update(checked_by=two, checked_at=made.ballot.opens_at)), "emptied"
    assert not refused(lambda: mine.update(checked_by=two, **read))
    assert refused(lambda: mine.update(checked_at=None)) and refused(mine.delete)
    for digest in ("a", "b"):
        PaperBox.objects.create(ballot=made.ballot, digest=digest * 64, ciphertext=box)
    assert refused(lambda: PaperBox.objects.create(ballot=made.ballot, digest="c" * 64, ciphertext=box))
    assert refused(lambda: PaperBox.objects.first().delete())
    services.cancel_ballot(actor=made.organiser, ballot=made.ballot, because="Erreur de lieu.")
    assert refused(lambda: PaperBatch.objects.create(**fields, papers=1))


def test_a_truncated_database_still_installs_them():
    from src.foundations import guards

    assert not {one for one in guards.declared(connection.vendor) if "ballots_" in one} - guards.installed()
