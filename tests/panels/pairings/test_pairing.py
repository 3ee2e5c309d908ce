"""From two questionnaires to what changed: sealed until both are closed, paired by a mark that leads to nobody."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from panels.pairings import marks, selectors, services
from panels.pairings.models import Pairing
from panels.services.preparing import WrongState, stop_panel
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.questionnaires import services as asking
from src.questionnaires.enums import State
from src.questionnaires.models import Answer, AnswerRoll, AnswerSet, Questionnaire, SealedAnswers, SealingKey
from src.questionnaires.rules import state_of
from tests.factories import pairings
from tests.factories import panel_opinions as panels
from tests.factories.questionnaires import again

pytestmark = pytest.mark.django_db

# Twenty-four members: before, twelve low and twelve high; after, each low one goes up by one.
BEFORE = [(2, "c1")] * 12 + [(4, "c2")] * 12
AFTER = [(4, "c1")] * 12 + [(2, "c2")] * 12


def refused_by_the_database(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_what_changed_is_told_once_both_are_closed():
    found = pairings.linked()
    found.answer(found.first, BEFORE)
    found.close(found.first)
    assert state_of(again(found.first)) == State.COUNTING and SealedAnswers.objects.count() == 24
    second = found.open_after()
    assert second.is_secret and [one.text for one in second.revision.ordered] == [
        one.text for one in found.first.revision.ordered
    ]
    found.answer(second, AFTER)
    assert not found.again().is_over

    found.close(second)

    pairing = found.again()
    scale, choice = pairing.figures
    assert pairing.is_told and pairing.locked is None and scale["people"] == choice["people"] == 24
    assert [(bar["label"], bar["before"], bar["after"]) for bar in scale["bars"]] == [
        (["1", "2"], 12, 12), (["3", "5"], 12, 12),
    ]  # fmt: skip
    assert (scale["means"], scale["moves"], scale["verdict"]) == (["3.0", "3.0"], [], "none")
    assert [(bar["label"], bar["before"], bar["after"]) for bar in choice["bars"]] == [
        (["Tout le monde"], 12, 12), (["Personne"], 12, 12),
    ]  # fmt: skip
    assert state_of(again(second)) == State.CLOSED


def test_nothing_of_anybody_is_left_in_the_database():
    found = pairings.linked()
    found.told(BEFORE, AFTER)

    assert not SealedAnswers.objects.exists() and not AnswerSet.objects.exists() and not Answer.objects.exists()
    assert set(SealingKey.objects.values_list("locked", flat=True)) == {None}
    assert "mark" not in json.dumps(found.pairing.figures)


def test_a_mark_is_nowhere_but_in_the_boxes_and_needs_the_key():
    found = pairings.linked()
    locked = bytes(found.pairing.locked)
    member = found.made.people[0]
    mark = marks.mark_of(locked, found.pairing.reference, member.pk)
    assert mark != marks.mark_of(marks.new_key(), found.pairing.reference, member.pk)
    assert len({marks.mark_of(locked, found.pairing.reference, one.pk) for one in found.made.people}) == 24
    found.answer(found.first, BEFORE)

    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            assert mark not in str(cursor.fetchall()), table
    assert len({len(one) for one in SealedAnswers.objects.values_list("ciphertext", flat=True)}) == 1


def test_only_who_answered_both_is_counted():
    found = pairings.linked()
    before = BEFORE[:23] + [None]
    after = [None] + AFTER[1:]

    found.told(before, after)

    assert [one["people"] for one in found.pairing.figures] == [22, 22] or [
        one["people"] for one in found.pairing.figures
    ] == [None, None]
    assert AnswerRoll.objects.count() == 46


def test_ten_pairs_tell_nothing_even_when_twelve_answered_each():
    found = pairings.linked()
    found.told([(2, "c1"), (4, "c2")] * 6 + [None] * 12, [None] * 2 + [(4, "c1"), (2, "c2")] * 6)

    assert found.pairing.is_told and [one["people"] for one in found.pairing.figures] == [None, None]
    assert all(one["bars"] == [] and one["means"] == [] for one in found.pairing.figures)


def test_fewer_than_eleven_before_end_it_unread():
    found = pairings.linked()
    found.answer(found.first, BEFORE[:10])

    found.close(found.first)

    assert (found.pairing.ending, found.pairing.figures, found.pairing.locked) == ("few", [], None)
    assert not SealedAnswers.objects.exists() and again(found.first).release.content["questions"] == []
    with pytest.raises(WrongState):
        found.open_after()


def test_fewer_than_eleven_after_end_it_unread():
    found = pairings.linked()
    found.told(BEFORE, AFTER[:10])

    assert (found.pairing.ending, found.pairing.figures) == ("few", []) and not SealedAnswers.objects.exists()


def test_it_is_told_after_the_roll_of_the_first_is_forgotten():
    found = pairings.linked()
    found.answer(found.first, BEFORE)
    found.close(found.first)
    AnswerRoll.objects.filter(questionnaire=found.first).delete()
    second = found.open_after()
    found.answer(second, AFTER)

    found.close(second)

    assert found.pairing.is_told and found.pairing.figures[0]["people"] == 24


def test_somebody_of_the_team_is_paired_with_nobody():
    found = pairings.linked()
    assert found.pairing and services.settle(found.pairing) is False
    from src.questionnaires.holders import holder_of

    holder = holder_of(found.first)
    assert holder.mark(found.made.facilitator) == "" != holder.mark(found.made.account(0))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"mode": "identity"}, "secrètes"),
        ({"questions": [{"kind": "short_text", "text": "Pourquoi ?", "settings": {}}]}, "échelles"),
        ({"questions": [pairings.CHOICE, {**pairings.SCALE, "condition": {"question": "q1", "values": ["c1"]}}]}, "dépend"),
        ({"questions": []}, "rien"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_before_and_after_is_refused_in_words(fields, said):
    found = pairings.asked(20, 4, **fields)
    with pytest.raises(ValidationError, match=said):
        found.link()


def test_once_somebody_has_answered_it_is_too_late_to_pair_and_to_unpair():
    found = pairings.asked(20, 4)
    asking.publish(questionnaire=found.first)
    other = pairings.Paired(found.made, again(found.first))
    other.answer(other.first, BEFORE[:1])
    with pytest.raises(ValidationError, match="déjà"):
        other.link()
    refused_by_the_database(
        lambda: Pairing.objects.create(
            panel=found.panel, before=found.first, locked=marks.new_key(), linked_at=clock.now()
        )
    )


def test_unlinked_while_nobody_has_answered_it_is_one_like_the_others():
    found = pairings.linked(count=40, seats=12)
    services.unlink(actor=found.made.facilitator, pairing=found.pairing)
    found.link()
    found.answer(found.first, BEFORE[:1])
    with pytest.raises(WrongState):
        services.unlink(actor=found.made.facilitator, pairing=found.pairing)
    refused_by_the_database(lambda: Pairing.objects.all()._raw_delete("default"))


def test_the_second_comes_once_the_first_is_closed():
    found = pairings.linked(count=40, seats=12)
    found.answer(found.first, BEFORE[:12])
    with pytest.raises(WrongState):
        found.open_after()
    with pytest.raises(WrongState):
        services.give_up(actor=found.made.organiser, pairing=found.pairing)
    other = asking.duplicate(source=found.first, space=found.panel.space, title="Autre")
    refused_by_the_database(lambda: Pairing.objects.update(after=other))
    found.close(found.first)
    refused_by_the_database(lambda: Pairing.objects.update(after=other))  # not secret
    with pytest.raises(ValidationError):
        found.open_after(" ")
    found.open_after()
    with pytest.raises(WrongState):
        found.open_after()
    with pytest.raises(WrongState):
        services.give_up(actor=found.made.organiser, pairing=found.pairing)
    refused_by_the_database(lambda: Pairing.objects.update(ending="told", ended_at=clock.now(), locked=None))


def test_given_up_what_was_said_is_destroyed_unread():
    found = pairings.linked(count=40, seats=12)
    found.answer(found.first, BEFORE[:12])
    found.close(found.first)
    with pytest.raises(PermissionDenied):
        services.give_up(actor=found.made.facilitator, pairing=found.pairing)

    services.give_up(actor=found.made.organiser, pairing=found.pairing)

    found.again()
    assert (found.pairing.ending, found.pairing.figures) == ("given_up", []) and not SealedAnswers.objects.exists()
    refused_by_the_database(lambda: Pairing.objects.update(figures=[{}]))


def test_a_panel_that_is_over_keeps_nothing_sealed():
    found = pairings.linked(count=40, seats=12)
    found.answer(found.first, BEFORE[:12])
    found.close(found.first)
    assert services.end_of_panels() == 0
    stop_panel(actor=found.made.organiser, panel=found.panel, because="Fini.")
    drain_outbox()

    assert services.end_of_panels() == 1 and services.end_of_panels() == 0
    assert found.again().ending == "given_up" and not SealedAnswers.objects.exists()


def test_nobody_else_pairs():
    found = pairings.asked(20, 4)
    other = panels.at_work(slug="ailleurs")
    for who in (found.made.account(), found.made.decider, found.made.base.administrator, other.organiser):
        with pytest.raises(PermissionDenied):
            services.link(actor=who, panel=found.panel, before=found.first)
    with pytest.raises(ValidationError, match="espace du panel"):
        services.link(actor=other.organiser, panel=other.panel, before=found.first)
    found.link()
    with pytest.raises(ValidationError, match="déjà"):
        found.link()


def test_the_mark_and_the_key_never_change():
    found = pairings.linked(count=20, seats=4)
    refused_by_the_database(lambda: Pairing.objects.update(locked=marks.new_key()))
    refused_by_the_database(lambda: Pairing.objects.update(before=Questionnaire.objects.create(
        space=found.panel.space, title="Autre", answer_mode="secret",
    )))  # fmt: skip


def test_where_it_stands_is_told_by_tens_and_never_who():
    found = pairings.linked()
    said = []
    for before in (BEFORE[:10], BEFORE):
        done = AnswerRoll.objects.count()
        found.answer(found.first, [None] * done + list(before[done:]))
        said.append(selectors.standing(found.again(), found.panel).sentence)
    found.close(found.first)
    second = found.open_after()
    found.answer(second, AFTER[:22])
    said.append(selectors.standing(found.again(), found.panel).sentence)

    assert [one.replace("\xa0", " ").replace("\u202f", " ") for one in said] == [
        "Moins de 11 membres ont répondu jusqu’ici.",
        "20 membres au moins ont répondu jusqu’ici.",
        "20 membres au moins ont répondu aux deux jusqu’ici.",
    ]
