"""Papers: marked on the one roll, typed by one person, typed again by another, counted apart and in the total."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from src.directory.enums import Role
from src.directory.models import User
from src.foundations import clock
from src.foundations.models import AuditEntry
from src.foundations.testing import drain_outbox
from src.participation.ballots import rules, services
from src.participation.ballots.enums import Method, Secrecy, State
from src.participation.ballots.forms.paper import PileForm, vote_of
from src.participation.ballots.models import Ballot, CountedBox, PaperBatch, PaperBox, RollEntry
from tests.factories import ballots as make
from tests.factories.directory import AgentFactory, UnitFactory

pytestmark = pytest.mark.django_db


class Desk:
    """A place with two facilitators, and somebody who has no role there."""

    def __init__(self, made):
        self.made, self.place = made, UnitFactory()
        self.one, self.two = (AgentFactory(roles=[(Role.FACILITATOR, self.place)]) for _one in range(2))
        self.elsewhere = AgentFactory(roles=[(Role.FACILITATOR, UnitFactory())])
        for number, person in enumerate(made.people):
            person.personnel_number, person.last_name = f"P-{number}", f"Nom-é{number}"
        User.objects.bulk_update(made.people, ["personnel_number", "last_name"])

    def mark(self, number, *, actor=None, name=None, **fields):
        return services.mark_on_paper(
            actor=actor or self.one,
            ballot=self.made.ballot,
            place=self.place,
            number=f"p-{number}",
            last_name=name or f"NOM E{number}",
            **fields,
        )

    def type(self, votes, *, actor=None):
        return services.type_papers(actor=actor or self.one, ballot=self.made.ballot, place=self.place, votes=votes)

    def check(self, batch, votes, *, actor=None):
        return services.check_papers(actor=actor or self.two, batch=batch, votes=votes)


@pytest.mark.parametrize("secrecy", Secrecy)
def test_from_the_roll_to_the_total(secrecy):
    made = make.opened(secrecy=secrecy, people=30)
    desk, votes = Desk(made), [[0], [0, 1], [], None, [2]]
    made.cast_all([[0], [1]] * 6)
    with made.while_open():
        for number in range(20, 25):
            desk.mark(number)
        batch = desk.type(votes)
        assert not PaperBox.objects.exists() and b"[0]," not in bytes(batch.content)
        assert desk.check(batch, [votes[4], *votes[:4]]) == [], "in whatever order"
    assert {len(bytes(box)) for box in PaperBox.objects.values_list("ciphertext", flat=True)} == {
        304 if secrecy == Secrecy.SECRET else 305
    }
    made.close()
    if secrecy == Secrecy.SECRET:
        assert not CountedBox.objects.filter(is_paper=True).exists()
        made.count()
        assert CountedBox.objects.filter(is_paper=True).count() == 5
    result = made.ballot.result
    assert (result["voted"], result["voted_on_paper"]) == (17, None), "too few on paper to be told apart"
    assert AuditEntry.objects.get(verb="ballots.counted").payload["voted_on_paper"] == 5
    total = result["total"]
    assert (total["ballots"], total["blank"], total["void"], total["counts"][:3]) == (17, 1, 1, [8, 7, 1])
    verbs = AuditEntry.objects.filter(verb__startswith="ballots.papers").values_list("verb", "payload")
    assert {payload["papers"] for _verb, payload in verbs} == {5} and len(verbs) == 2


def test_who_votes_on_paper_is_marked_once_and_then_votes_nowhere_else():
    made = make.opened(people=5)
    desk = Desk(made)
    with pytest.raises(services.Closed):
        desk.mark(0)
    with made.while_open():
        assert desk.mark(0) == made.people[0]
        for gesture in (lambda: desk.mark(0), lambda: made.cast(made.people[0], [0])):
            with pytest.raises(services.AlreadyVoted):
                gesture()
        made.cast(made.people[1], [0])
        with pytest.raises(services.AlreadyVoted, match="bulletin"):
            desk.mark(1)
        for wrong in ({"number": 2, "name": "Autre"}, {"number": 99}):
            with pytest.raises(ValidationError, match="ne vont pas ensemble"):
                desk.mark(**wrong)
        User.objects.filter(pk=desk.two.pk).update(personnel_number="p-77", last_name="Nom E77")
        listed = Ballot.objects.get().electors.filter(person=desk.two).exists()
        assert not listed
        with pytest.raises(ValidationError, match="liste"):
            desk.mark(77)
        with pytest.raises(PermissionDenied):
            desk.mark(3, actor=desk.elsewhere)
        with pytest.raises(PermissionDenied):
            desk.mark(3, actor=made.organiser)
    with made.once_over(), pytest.raises(services.Closed):
        desk.mark(3)
    assert RollEntry.objects.filter(place=desk.place).count() == 1


def test_two_people_and_never_more_papers_than_marks():
    made = make.opened(people=8)
    desk = Desk(made)
    with made.while_open():
        for number in range(3):
            desk.mark(number)
        with pytest.raises(ValidationError, match="3 sont attendus"):
            desk.type([[0]] * 4)
        with pytest.raises(ValidationError):
            desk.type([])
        with pytest.raises(ValidationError):
            desk.type([[9]])
        with pytest.raises(PermissionDenied):
            desk.type([[0]], actor=desk.elsewhere)
        batch = desk.type([[0], [1], None])
        with pytest.raises(ValidationError, match="0 sont attendus"):
            desk.type([[0]])
        with pytest.raises(PermissionDenied, match="quelqu"):
            desk.check(batch, [[0], [1], None], actor=desk.one)
        with pytest.raises(PermissionDenied):
            desk.check(batch, [[0], [1], None], actor=desk.elsewhere)
        assert desk.check(batch, [[0], [2], None]) == [2]
        assert desk.check(batch, [[0], [1]]) == [3]
        assert desk.check(batch, [[0], [1], []]) == [3]
        assert not PaperBox.objects.exists() and PaperBatch.objects.get().checked_at is None
        services.discard_papers(actor=desk.two, batch=batch)
        with pytest.raises(ValidationError):
            desk.check(batch, [[0], [1], None])
        batch = desk.type([[0], [2], None], actor=desk.two)
        assert desk.check(batch, [[0], [2], None], actor=desk.one) == []
        for gesture in (
            lambda: desk.check(batch, [[0], [2], None], actor=desk.one),
            lambda: services.discard_papers(actor=desk.one, batch=batch),
        ):
            with pytest.raises(ValidationError):
                gesture()
    assert PaperBox.objects.count() == 3


@pytest.mark.parametrize("secrecy", Secrecy)
def test_papers_are_waited_for_after_the_closing_and_not_for_ever(secrecy):
    made = make.opened(secrecy=secrecy, people=30)
    desk = Desk(made)
    made.cast_all([[0]] * 12)
    with made.while_open():
        for number in range(20, 23):
            desk.mark(number)
    made.close()
    assert rules.state_of(made.ballot) == State.CLOSED
    if secrecy == Secrecy.SECRET:
        with pytest.raises(ValidationError, match="3 votes sur papier"):
            made.count()
    with made.once_over(datetime.timedelta(hours=3)):
        batch = desk.type([[0], [1], [1]])
        services.close_due(clock.now())
        assert made.again().counted_at is None
        desk.check(batch, [[0], [1], [1]])
        services.close_due(clock.now())
        drain_outbox()
    if secrecy == Secrecy.SECRET:
        made.count()
    assert made.again().result["total"]["counts"][:2] == [13, 2]


def test_papers_nobody_typed_are_left_after_three_days_and_it_is_told():
    made = make.opened(people=30)
    desk = Desk(made)
    made.cast_all([[0]] * 12)
    with made.while_open():
        for number in range(20, 23):
            desk.mark(number)
        desk.type([[1]])
    made.close()
    with made.once_over(datetime.timedelta(days=2, hours=23)):
        services.close_due(clock.now())
        assert made.again().counted_at is None
    with made.once_over(datetime.timedelta(days=3)):
        services.close_due(clock.now())
        drain_outbox()
    assert made.again().result["total"]["ballots"] == 12
    payload = AuditEntry.objects.get(verb="ballots.counted").payload
    assert (payload["voted_on_paper"], payload["papers_read"]) == (3, 0)
    with made.once_over(datetime.timedelta(days=3)), pytest.raises(ValidationError, match="pas de bulletin"):
        desk.type([[1]])


@pytest.mark.parametrize(
    ("method", "line", "vote"),
    [
        (Method.APPROVAL, "1 3", [0, 2]),
        (Method.APPROVAL, " 3;1 ", [0, 2]),
        (Method.APPROVAL, "Blanc", []),
        (Method.APPROVAL, "NUL", None),
        (Method.YES_NO, "oui", [1]),
        (Method.YES_NO, "non", [0]),
        (Method.YES_NO, "n", None),
        (Method.GRADES, "1 7 - 3", [0, 6, -1, 2]),
        (Method.EQUAL_SHARES, "1,2,3,4", [0, 1, 2, 3]),
    ],
)
def test_a_line_of_a_pile(method, line, vote):
    made = make.prepared(method=method)
    assert vote_of(made.ballot, line) == vote


@pytest.mark.parametrize(
    ("method", "line"),
    [
        (Method.APPROVAL, "1 2 3"), (Method.APPROVAL, "0"), (Method.APPROVAL, "5"), (Method.APPROVAL, "1 1"),
        (Method.APPROVAL, "un"), (Method.APPROVAL, "-"), (Method.YES_NO, "1"), (Method.GRADES, "1 2"),
        (Method.GRADES, "1 2 3 8"), (Method.GRADES, "1 2 3 x"), (Method.APPROVAL, "٣"), (Method.APPROVAL, "9999"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read(method, line):
    made = make.prepared(method=method)
    form = PileForm(made.ballot, {"votes": f"blanc\n\n{line}\n"})
    assert not form.is_valid() and "Bulletin 2" in str(form.errors)
    assert line in str(form)


def test_which_ballots_are_at_the_desk():
    made = make.opened(people=3)
    desk = Desk(made)
    assert not Ballot.objects.at_desk(desk.one).exists(), "nobody of the place votes"
    make.electors(1, unit=desk.place, prefix="posted")
    other = make.opened()
    assert list(Ballot.objects.at_desk(User.objects.get(pk=desk.one.pk))) == [other.ballot]
    assert not Ballot.objects.at_desk(desk.elsewhere).exists()
    assert not Ballot.objects.at_desk(made.people[0]).exists()
