"""Replies: signed, published, late in public, under study until a second day; measures; hearings."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from panels.enums import PanelState
from panels.opinions import measures, selectors
from panels.opinions.enums import Outcome
from panels.opinions.models import Answer
from panels.opinions.services import hearing, replying
from panels.services.preparing import WrongState
from src.accountability.models import Measure, ResponseOwed
from src.directory.enums import Role
from src.directory.viewer import Viewer
from src.foundations import clock
from src.foundations.testing import drain_outbox
from tests.factories import panel_opinions as make
from tests.factories.directory import AgentFactory, DirectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make.handed_over()


def open_debts():
    return ResponseOwed.objects.open().filter(subject_kind="recommendation")


@pytest.mark.parametrize(
    ("outcome", "missing"),
    [
        (Outcome.CHANGED, {"change": " "}),
        (Outcome.REFUSED, {"would_change": ""}),
        (Outcome.STUDY, {"study_until": None}),
        (Outcome.ACCEPTED, {"text": ""}),
        (Outcome.ACCEPTED, {"signed_name": ""}),
        ("other", {}),
    ],
)
def test_an_answer_is_whole_or_is_not(made, outcome, missing):
    with pytest.raises((ValidationError, TypeError)) as refusal:
        replying.answer(
            actor=made.decider, reply=made.reply(),
            **{"outcome": outcome, "text": "Oui.", "signed_name": "Hélène", "signed_capacity": "Adjointe", **missing},
        )  # fmt: skip
    assert set(refusal.value.error_dict) == set(missing) or outcome == "other"
    assert not Answer.objects.exists()


def test_who_decides_for_the_direction_answers_and_nobody_else(made):
    for stranger in (made.organiser, made.base.administrator, made.account(), made.facilitator):
        with pytest.raises(PermissionDenied):
            replying.answer(
                actor=stranger, reply=made.reply(), outcome="accepted", text="Oui.", signed_name="Hélène",
                signed_capacity="Adjointe",
            )  # fmt: skip
    made.answered()
    answer = Answer.objects.get()
    for act in (
        lambda: Answer.objects.update(text="Autre."),
        lambda: Answer.objects.update(signed_name="Autre"),
        lambda: Answer.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert answer.signed_name == "Hélène Duroc-Amari"
    with pytest.raises(WrongState):
        made.answered()


def test_the_last_reply_ends_the_wait(made):
    made.answered(1)
    assert made.again().state == PanelState.HANDED_OVER and open_debts().count() == 1
    made.answered(2, Outcome.REFUSED)
    assert made.again().state == PanelState.ANSWERED and not open_debts().exists()


def test_a_missing_reply_is_late_in_public(made):
    opinion = made.panel.opinion
    with make.days_later(made.panel.reply_days + 12):
        rows = selectors.replies_of(opinion)
        assert [one.late for one in rows] == [12, 12]
        assert list(selectors.owed_by(Viewer(made.decider))) == rows
        assert open_debts().late(clock.today()).count() == 2
    assert selectors.owed_by(Viewer(made.account())) == []


def test_under_study_another_answer_is_owed_on_a_second_day(made):
    made.answered(1, Outcome.STUDY)
    until = made.reply().study_until
    assert until == clock.today() + datetime.timedelta(days=60)
    assert open_debts().get(subject_reference=made.reply().reference).promised_on == until
    with make.days_later(63):
        assert made.reply().days_late(clock.today()) == 3
        with pytest.raises(WrongState):
            made.answered(1, after=0)
        made.answered(1, Outcome.CHANGED, after=1)
    found = made.reply()
    assert (found.awaited_on, found.answer.outcome, found.answers.count()) == (None, Outcome.CHANGED, 2)


def test_another_direction_answers_on_the_same_day(made):
    unit = DirectionFactory()
    other = AgentFactory(roles=[(Role.DECISION_MAKER, unit)])
    due = made.reply().due_on
    with pytest.raises(PermissionDenied):
        replying.assign(actor=made.facilitator, reply=made.reply(), unit=unit)
    replying.assign(actor=made.organiser, reply=made.reply(), unit=unit)
    assert (made.reply().due_on, made.reply().unit) == (due, unit)
    assert open_debts().get(subject_reference=made.reply().reference).unit == unit
    with pytest.raises(PermissionDenied):
        made.answered(1)
    made.decider = other
    made.answered(1)


def test_an_accepted_reply_becomes_a_measure_that_tells_where_it_comes_from(made):
    words = {
        "title": "Une personne debout à l’entrée", "changes": "Une personne accueille à l’entrée, sans guichet. " * 3,
        "first_step": "Trois mairies", "first_step_on": clock.today() + datetime.timedelta(days=30),
    }  # fmt: skip
    with pytest.raises(WrongState):
        replying.begin_measure(actor=made.decider, reply=made.reply(), **words)
    made.answered(1)
    begun = replying.begin_measure(actor=made.decider, reply=made.reply(), **words)
    assert replying.begin_measure(actor=made.decider, reply=made.reply(), **words).pk == begun.pk
    drain_outbox()
    rows = selectors.replies_of(made.panel.opinion)
    assert [one.pk for one in rows[0].measures] == [begun.pk]
    said = measures.origin_words(Viewer(None), [made.reply().reference])
    assert "Recommandation 1 du panel" in said[made.reply().reference].label
    made.answered(2)
    replying.link_measure(actor=made.decider, reply=made.reply(2), measure=Measure.objects.get())
    assert measures.of_panel(made.panel).count() == 1


def test_the_yearly_hearing_follows_the_replies(made):
    day = clock.today()
    with pytest.raises(WrongState):
        hearing.plan_hearing(actor=made.organiser, panel=made.panel, held_on=day, place="Hôtel de ville")
    made.answered(1)
    made.answered(2)
    planned = hearing.plan_hearing(actor=made.organiser, panel=made.panel, held_on=day, place="Hôtel de ville")
    with pytest.raises(WrongState):
        hearing.plan_hearing(actor=made.organiser, panel=made.panel, held_on=day, place="Ailleurs")
    words = {"city_words": "Trois mairies ont commencé.", "member_words": "C’est un début."}
    with pytest.raises(ValidationError):
        hearing.tell_hearing(actor=made.organiser, hearing=planned, said={404: "Rien."}, **words)
    hearing.tell_hearing(actor=made.organiser, hearing=planned, said={}, **words)
    assert made.again().state == PanelState.FOLLOWED_UP
    with pytest.raises(WrongState):
        hearing.tell_hearing(actor=made.organiser, hearing=planned, said={}, **words)
