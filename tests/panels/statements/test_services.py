"""What statements do and refuse, below the screens."""

import datetime
import random

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from panels.models import Membership
from panels.services.preparing import WrongState
from panels.statements import services
from panels.statements.enums import Choice, StatementState
from panels.statements.models import MapSnapshot, Round, Statement, StatementVote
from panels.statements.services import erasing, mapping, telling
from src.directory.models import User
from src.directory.viewer import Viewer
from src.foundations import clock
from src.foundations.models import AuditEntry
from src.foundations.personal_data import erase, export_of
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from tests.factories import statements as make
from tests.factories.directory import AgentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.opened()


def later(**fields):
    return time_machine.travel(clock.now() + datetime.timedelta(**fields), tick=False)


def refused_by_the_database(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def choices_of(place, world):
    found = StatementVote.objects.filter(membership=world.sitting[place])
    return dict(found.values_list("statement__number", "choice"))


def test_an_answer_is_one_a_member_changed_and_taken_back(world):
    member = world.account()
    for choice in (Choice.AGREE, Choice.AGREE, Choice.DISAGREE):
        services.answer(actor=member, statement=world.shown(), choice=choice)
    assert choices_of(0, world) == {1: -1}
    with pytest.raises(ValidationError, match="trois réponses"):
        services.answer(actor=member, statement=world.shown(), choice=2)
    assert services.take_back(actor=member, statement=world.shown())
    assert not services.take_back(actor=member, statement=world.shown())
    assert choices_of(0, world) == {}


def test_the_database_keeps_one_vote_of_a_member_of_the_panel_in_time(world):
    elsewhere = make.opened(slug="ailleurs")
    vote = {"statement": world.shown(), "membership": world.sitting[0], "choice": 1}
    made = StatementVote.objects.create(**vote)
    refused_by_the_database(lambda: StatementVote.objects.create(**vote))
    refused_by_the_database(lambda: StatementVote.objects.filter(pk=made.pk).update(choice=5))
    refused_by_the_database(lambda: StatementVote.objects.filter(pk=made.pk).update(membership=world.sitting[1]))
    refused_by_the_database(lambda: StatementVote.objects.create(**{**vote, "membership": elsewhere.sitting[0]}))
    services.set_aside(actor=world.made.organiser, statement=world.shown(2), because="Deux idées.")
    refused_by_the_database(lambda: StatementVote.objects.create(**{**vote, "statement": world.shown(2)}))
    Membership.objects.filter(pk=world.sitting[1].pk).update(left_on=clock.today())
    refused_by_the_database(lambda: StatementVote.objects.create(**{**vote, "membership": world.sitting[1]}))
    Round.objects.filter(pk=world.round.pk).update(closed_at=clock.now())
    refused_by_the_database(lambda: StatementVote.objects.filter(pk=made.pk).update(choice=0))
    refused_by_the_database(lambda: Round.objects.filter(pk=world.round.pk).update(closed_at=None))


def test_nobody_else_answers_or_proposes(world):
    elsewhere = make.opened(slug="ailleurs")
    strangers = (
        world.made.organiser, world.made.facilitator, world.made.guarantor, world.made.administrator,
        elsewhere.account(), elsewhere.made.organiser, AgentFactory(),
    )  # fmt: skip
    for person in strangers:
        with pytest.raises(PermissionDenied):
            services.answer(actor=person, statement=world.shown(), choice=1)
        with pytest.raises(PermissionDenied):
            services.propose(actor=person, round_=world.round, text="Autre chose.")
    Membership.objects.filter(pk=world.sitting[1].pk).update(left_on=clock.today())
    with pytest.raises(PermissionDenied):
        services.answer(actor=world.account(1), statement=world.shown(), choice=1)
    assert not StatementVote.objects.exists()


def test_the_team_alone_prepares_reads_and_types(world):
    proposed = services.propose(actor=world.account(), round_=world.round, text="Un café.")
    for person in (world.account(), world.made.guarantor, world.made.administrator, AgentFactory()):
        with pytest.raises(PermissionDenied):
            services.show(actor=person, statement=proposed)
        with pytest.raises(PermissionDenied):
            services.add_statements(actor=person, round_=world.round, texts=["Un thé."])
        with pytest.raises(PermissionDenied):
            services.type_sheet(actor=person, round_=world.round, member=1, choices={1: 1})
        with pytest.raises(PermissionDenied):
            services.close_round(actor=person, round_=world.round)
    with pytest.raises(PermissionDenied):
        services.close_round(actor=world.made.facilitator, round_=world.round)


def test_answers_are_given_from_the_first_to_the_last_day(world):
    coming = services.open_round(
        actor=world.made.organiser, panel=world.panel, title="Ensuite", question="Et après ?",
        opens_on=clock.today() + datetime.timedelta(days=2), closes_on=clock.today() + datetime.timedelta(days=3),
    )  # fmt: skip
    services.add_statements(actor=world.made.organiser, round_=coming, texts=["Trop tôt."])
    early = Statement.objects.get(round=coming)
    assert not Round.objects.visible_to(world.account()).filter(pk=coming.pk).exists()
    with pytest.raises(WrongState, match="pas encore ouverte"):
        services.answer(actor=world.account(), statement=early, choice=1)
    with pytest.raises(WrongState, match="pas encore ouverte"):
        services.close_round(actor=world.made.organiser, round_=coming)
    with later(days=10):
        services.answer(actor=world.account(), statement=world.shown(), choice=1)
    with later(days=11):
        with pytest.raises(WrongState, match="dernier jour"):
            services.answer(actor=world.account(), statement=world.shown(), choice=-1)
        services.type_sheet(actor=world.made.facilitator, round_=world.round, member=2, choices={1: 1})
    world.close()
    with pytest.raises(WrongState, match="close"):
        services.answer(actor=world.account(), statement=world.shown(), choice=-1)
    with pytest.raises(WrongState, match="close"):
        services.type_sheet(actor=world.made.facilitator, round_=world.round, member=3, choices={1: 1})


def test_what_is_proposed_is_read_before_it_is_answered(world):
    author, other = world.account(), world.account(1)
    one = services.propose(actor=author, round_=world.round, text="  Un   café\npour attendre. ")
    assert one.text == "Un café pour attendre." and one.number is None
    assert services.propose(actor=author, round_=world.round, text="Un café pour attendre.").pk == one.pk
    assert not Statement.objects.visible_to(Viewer(other)).filter(pk=one.pk).exists()
    with pytest.raises(WrongState, match="plus à cet énoncé"):
        services.answer(actor=other, statement=one, choice=1)
    with pytest.raises(ValidationError, match="140"):
        services.propose(actor=author, round_=world.round, text="x" * 141)
    services.show(actor=world.made.facilitator, statement=one)
    services.show(actor=world.made.facilitator, statement=one)
    one.refresh_from_db()
    assert one.number == 5
    services.answer(actor=other, statement=one, choice=1)
    with pytest.raises(WrongState, match="il reste"):
        services.withdraw(actor=author, statement=one)
    with pytest.raises(ValidationError):
        services.set_aside(actor=world.made.facilitator, statement=one, because=" ")
    services.set_aside(actor=world.made.facilitator, statement=one, because="Hors sujet.")
    with pytest.raises(WrongState):
        services.merge(actor=world.made.facilitator, statement=one, same_as=world.shown())
    assert Statement.objects.visible_to(Viewer(author)).get(pk=one.pk).because == "Hors sujet."


def test_one_member_leaves_room_for_others_and_takes_back_what_nobody_read(world):
    made = [services.propose(actor=world.account(), round_=world.round, text=f"Idée {n}.") for n in range(10)]
    with pytest.raises(ValidationError, match="laissez de la place"):
        services.propose(actor=world.account(), round_=world.round, text="Encore une.")
    with pytest.raises(PermissionDenied):
        services.withdraw(actor=world.account(1), statement=made[0])
    services.withdraw(actor=world.account(), statement=made[0])
    with pytest.raises(WrongState, match="retiré"):
        services.show(actor=world.made.organiser, statement=made[0])


def test_a_duplicate_says_which_one_is_kept(world):
    other = make.opened(slug="ailleurs")
    proposed = services.propose(actor=world.account(), round_=world.round, text="Le samedi aussi.")
    for wrong in (proposed, other.shown()):
        with pytest.raises(ValidationError, match="énoncé montré"):
            services.merge(actor=world.made.organiser, statement=proposed, same_as=wrong)
    services.merge(actor=world.made.organiser, statement=proposed, same_as=world.shown(1))
    proposed.refresh_from_db()
    assert proposed.is_duplicate and proposed.same_as == world.shown(1)
    refused_by_the_database(lambda: Statement.objects.filter(pk=proposed.pk).update(text="Autre."))
    refused_by_the_database(lambda: Statement.objects.filter(pk=proposed.pk).update(state="aside", because="x"))


def test_a_sheet_fills_what_the_member_has_not_answered(world):
    services.answer(actor=world.account(), statement=world.shown(1), choice=1)
    for _turn in range(2):
        services.type_sheet(
            actor=world.made.facilitator, round_=world.round, member=world.sitting[0].number, choices={1: -1, 2: 0}
        )
    assert choices_of(0, world) == {1: 1, 2: 0}
    for wrong in ({9: 1}, {1: 7}):
        with pytest.raises(WrongState):
            services.type_sheet(actor=world.made.facilitator, round_=world.round, member=1, choices=wrong)
    with pytest.raises(ValidationError, match="siège"):
        services.type_sheet(actor=world.made.facilitator, round_=world.round, member=999, choices={1: 1})
    with pytest.raises(ValidationError, match="au moins une"):
        services.type_sheet(actor=world.made.facilitator, round_=world.round, member=1, choices={})


def test_closing_makes_the_map_and_erases_every_answer(world):
    for place in range(4):
        services.answer(actor=world.account(place), statement=world.shown(), choice=1)
    with pytest.raises(WrongState, match="n’est pas close"):
        mapping.freeze_map(round_=world.round)
    world.close()
    assert world.round.snapshot.voters == 4 and world.round.snapshot.figures["statements"] == []
    assert not StatementVote.objects.exists()
    assert mapping.freeze_map(round_=world.round) == world.round.snapshot
    with pytest.raises(WrongState):
        services.close_round(actor=world.made.organiser, round_=world.round)
    refused_by_the_database(lambda: MapSnapshot.objects.update(voters=3))
    refused_by_the_database(lambda: MapSnapshot.objects.all().delete())


def test_a_map_that_fails_erases_nothing_and_is_asked_for_again(world, monkeypatch):
    services.answer(actor=world.account(), statement=world.shown(), choice=1)
    monkeypatch.setattr(mapping.StatementVote.objects, "filter", lambda **_asked: 1 / 0)
    services.close_round(actor=world.made.organiser, round_=world.round)
    with pytest.raises(ZeroDivisionError):
        drain_outbox()
    monkeypatch.undo()
    assert StatementVote.objects.count() == 1 and not MapSnapshot.objects.exists()
    mapping.runs.fail(Round.objects.get(pk=world.round.pk).run_id, ValueError("x"))
    mapping.close_due(clock.now())
    drain_outbox()
    assert MapSnapshot.objects.count() == 1 and not StatementVote.objects.exists()


def test_time_closes_a_round_a_week_later_where_members_are_posted_to(world):
    by_post = make.opened(slug="ailleurs")
    Membership.objects.filter(pk=by_post.sitting[0].pk).update(by_post=True)
    assert mapping.close_due(clock.now()) == 0
    with later(days=11):
        assert mapping.close_due(clock.now()) == 1
        assert mapping.close_due(clock.now()) == 0
        drain_outbox()
    assert world.again().is_closed and not by_post.again().is_closed
    with later(days=18):
        assert mapping.close_due(clock.now()) == 1
        drain_outbox()
    assert MapSnapshot.objects.count() == 2


def test_answers_to_what_is_set_aside_and_of_who_left_do_not_count(world):
    for place in range(3):
        services.answer(actor=world.account(place), statement=world.shown(1), choice=1)
    services.answer(actor=world.account(3), statement=world.shown(2), choice=1)
    services.set_aside(actor=world.made.organiser, statement=world.shown(2), because="Un nom.")
    Membership.objects.filter(pk=world.sitting[0].pk).update(left_on=clock.today())
    world.close()
    assert world.round.snapshot.voters == 2 and world.round.snapshot.figures["hidden"] == [1, 3, 4]


def test_no_answer_reaches_the_journal_nor_anybody_but_its_owner(world):
    before = AuditEntry.objects.count()
    services.answer(actor=world.account(), statement=world.shown(), choice=1)
    services.take_back(actor=world.account(), statement=world.shown())
    services.answer(actor=world.account(), statement=world.shown(), choice=-1)
    assert AuditEntry.objects.count() == before
    services.type_sheet(actor=world.made.facilitator, round_=world.round, member=2, choices={1: 1})
    line = AuditEntry.objects.order_by("-pk").first()
    assert line.verb == "panels.statements_sheet_typed" and not line.payload
    rows = export_of(world.account())["panel_statements.StatementVote"]
    assert [one["answer"] for one in rows] == ["Pas d’accord"]
    for person in (world.made.organiser, world.made.facilitator, world.account(2)):
        assert "panel_statements.StatementVote" not in export_of(person)
        assert not StatementVote.objects.visible_to(Viewer(person)).exists()
    assert str(StatementVote.objects.first()).startswith("statement_vote:")


def test_erasing_somebody_takes_their_answers_and_their_name(world):
    account = world.account()
    services.answer(actor=account, statement=world.shown(), choice=1)
    unread = services.propose(actor=account, round_=world.round, text="À lire.")
    kept = services.propose(actor=account, round_=world.round, text="À garder.")
    services.show(actor=world.made.organiser, statement=kept)
    erase(account)
    assert not StatementVote.objects.exists() and not Statement.objects.filter(pk=unread.pk).exists()
    assert Statement.objects.get(pk=kept.pk).author_id is None


def test_authors_are_forgotten_three_months_after(world):
    one = services.propose(actor=world.account(), round_=world.round, text="Un café.")
    services.set_aside(actor=world.made.organiser, statement=one, because="Hors sujet.")
    services.propose(actor=world.account(), round_=world.round, text="Jamais lu.")
    world.close()
    assert erasing.forget_authors(clock.now() + datetime.timedelta(days=91), apply=True) == 0
    assert erasing.forget_authors(clock.now() + datetime.timedelta(days=93), apply=False) == 2
    assert erasing.forget_authors(clock.now() + datetime.timedelta(days=93), apply=True) == 2
    assert not Statement.objects.filter(author__isnull=False).exists()


def test_a_round_that_began_keeps_its_question(world):
    asked = {"title": "Autre titre", "question": world.round.question, "opens_on": world.round.opens_on}
    end = world.round.closes_on + datetime.timedelta(days=5)
    found = services.change_round(actor=world.made.facilitator, round_=world.round, closes_on=end, **asked)
    assert found.closes_on == end
    with pytest.raises(WrongState, match="a commencé"):
        services.change_round(
            actor=world.made.facilitator, round_=world.round, closes_on=end, **{**asked, "question": "Autre ?"}
        )
    today = clock.today()
    for days in ((-1, 3), (3, 1), (0, 200)):
        with pytest.raises(ValidationError):
            services.open_round(
                actor=world.made.organiser, panel=world.panel, title="T", question="Q",
                opens_on=today + datetime.timedelta(days=days[0]), closes_on=today + datetime.timedelta(days=days[1]),
            )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_a_random_walk_keeps_one_answer_each_and_the_last(world, seed):
    """Members answer, change, take back; the team reads, types, sets aside: the rows are those a dictionary keeps."""
    dice = random.Random(seed)
    accounts = [world.account(place) for place in range(4)]
    told: dict[tuple[int, int], int] = {}
    for _step in range(60):
        place, number = dice.randrange(4), dice.randint(1, 4)
        statement, choice = world.shown(number), dice.choice(Choice.values)
        gesture = dice.choice(("answer", "answer", "back", "sheet", "aside", "show"))
        try:
            if gesture == "answer":
                services.answer(actor=accounts[place], statement=statement, choice=choice)
                told[place, number] = choice
            elif gesture == "back":
                services.take_back(actor=accounts[place], statement=statement)
                told.pop((place, number), None)
            elif gesture == "sheet":
                seat = world.sitting[place].number
                services.type_sheet(
                    actor=world.made.facilitator, round_=world.round, member=seat, choices={number: choice}
                )
                told.setdefault((place, number), choice)
            elif gesture == "aside":
                services.set_aside(actor=world.made.facilitator, statement=statement, because="Non.")
            else:
                services.show(actor=world.made.facilitator, statement=statement)
        except WrongState:
            assert not statement.is_shown and gesture in ("answer", "sheet")
    for place in range(4):
        assert choices_of(place, world) == {number: one for (who, number), one in told.items() if who == place}
    shown = set(Statement.objects.filter(state=StatementState.SHOWN).values_list("number", flat=True))
    world.close()
    assert set(world.round.snapshot.figures["hidden"]) == shown
    assert world.round.snapshot.voters == len({who for who, number in told if number in shown})


def test_the_next_statement_is_the_least_answered_in_an_order_of_ones_own(world):
    from panels.statements import selectors

    firsts = {selectors.next_of(Viewer(world.account(place)), world.round).pk for place in range(4)}
    assert len(firsts) > 1
    viewer = Viewer(User.objects.get(pk=world.account().pk))
    assert selectors.next_of(viewer, world.round) == selectors.next_of(viewer, world.round)
    seen = []
    while (one := selectors.next_of(viewer, world.round)) is not None:
        services.answer(actor=world.account(), statement=one, choice=0)
        seen.append(one.number)
    assert sorted(seen) == [1, 2, 3, 4] and selectors.progress_of(viewer, world.round) == (4, 4)


def test_a_round_prepared_by_mistake_is_thrown_away_and_leaves_no_map(world):
    told = world.round
    services.throw_away(actor=world.made.facilitator, round_=told)
    for viewer in (world.account(), world.made.organiser):
        assert not Round.objects.visible_to(viewer).exists()
    assert not Round.objects.open().exists() and not Round.objects.taking_paper().exists()
    with later(days=30):
        assert mapping.close_due(clock.now()) == 0
    with pytest.raises(WrongState):
        services.freeze_map(round_=told)
    with pytest.raises(WrongState):
        services.throw_away(actor=world.made.organiser, round_=told)
    assert not MapSnapshot.objects.exists()
    assert AuditEntry.objects.filter(verb="panels.statements_thrown_away").count() == 1
    refused_by_the_database(lambda: Round.objects.filter(pk=told.pk).update(is_discarded=False))


def test_a_round_somebody_took_up_is_not_thrown_away(world):
    for person in (world.account(), world.made.guarantor, world.made.administrator):
        with pytest.raises(PermissionDenied):
            services.throw_away(actor=person, round_=world.round)
    one = services.propose(actor=world.account(), round_=world.round, text="Un café.")
    with pytest.raises(WrongState, match="vous pouvez clore"):
        services.throw_away(actor=world.made.organiser, round_=world.round)
    services.withdraw(actor=world.account(), statement=one)
    services.answer(actor=world.account(), statement=world.shown(), choice=Choice.AGREE)
    with pytest.raises(WrongState, match="vous pouvez clore"):
        services.throw_away(actor=world.made.organiser, round_=world.round)
    gone = {"closed_at": clock.now(), "is_discarded": True}
    refused_by_the_database(lambda: Round.objects.filter(pk=world.round.pk).update(**gone))
    refused_by_the_database(lambda: Round.objects.filter(pk=world.round.pk).update(is_discarded=True))
    services.take_back(actor=world.account(), statement=world.shown())
    services.throw_away(actor=world.made.organiser, round_=world.round)


def test_members_are_told_once_when_a_round_is_open_and_has_something_to_answer():
    empty = make.opened(texts=())
    assert telling.tell_opened(clock.now()) == 0, "nothing to answer yet"
    services.add_statements(actor=empty.made.organiser, round_=empty.round, texts=["Ouvrir le samedi."])
    with later(days=-1):
        assert telling.tell_opened(clock.now()) == 0, "not open yet"
    assert [telling.tell_opened(clock.now()), telling.tell_opened(clock.now())] == [1, 0]
    drain_outbox()
    told = InboxItem.objects.filter(code=telling.OPENED)
    assert set(told.values_list("user_id", flat=True)) == {one.candidate.account_id for one in empty.sitting}
    telling.send_opened(empty.round.pk)
    assert told.count() == len(empty.sitting)

    gone = make.opened(slug="ailleurs")
    assert telling.tell_opened(clock.now()) == 1
    services.throw_away(actor=gone.made.organiser, round_=gone.round)
    drain_outbox()
    assert told.count() == len(empty.sitting), "nobody is told of a round thrown away meanwhile"
