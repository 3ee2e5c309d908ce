"""Reminders of what is owed, whatever it is owed to: who is told at each level, once, and nothing once answered."""

import datetime

import pytest
import time_machine

from panels.opinions.services import replying
from panels.referrals.services import follow_up
from src.accountability import telling_owed
from src.accountability.models import OwedReminder, ResponseOwed
from src.accountability.services import escalate, owe
from src.directory.enums import Role
from src.directory.services import close_unit
from src.foundations import clock
from src.foundations.testing import drain_outbox, forget_effects
from src.notices.models import InboxItem
from tests.factories import panel_opinions as make
from tests.factories import referrals
from tests.factories.directory import AgentFactory, DirectionFactory

pytestmark = pytest.mark.django_db


def after(day, days):
    """The reminders of a day counted from the promised one, worked out as the ticker and the relay do."""
    moment = datetime.datetime.combine(day + datetime.timedelta(days=days), datetime.time(12), datetime.UTC)
    InboxItem.objects.all().delete()
    with time_machine.travel(moment, tick=False):
        escalate(clock.now())
        escalate(clock.now())
        drain_outbox()
    return sorted(InboxItem.objects.values_list("user__username", "code"))


def test_a_reply_owed_to_a_panel_is_reminded_before_and_after_its_day():
    made = make.handed_over(adopted=1, refused=0)
    unit = made.panel.commissioner
    people = {
        role: AgentFactory(username=role, roles=[(role, unit)]) for role in (Role.IDEA_CORRESPONDENT, Role.DELEGATE)
    }
    top = AgentFactory(roles=[(Role.DECISION_MAKER, unit.parent)]) if unit.parent_id else None
    forget_effects()
    day, decider = made.panel.opinion.due_on, made.decider.username
    correspondent, delegate = (people[role].username for role in (Role.IDEA_CORRESPONDENT, Role.DELEGATE))

    told = {days: after(day, days) for days in (-16, -15, -14, 0, 1, 8, 9, 15)}

    soon, late = telling_owed.DUE_SOON, telling_owed.OVERDUE
    highest = top.username if top else decider
    assert told == {
        -16: [],
        -15: sorted([(correspondent, soon), (decider, soon)]),
        -14: [],
        0: [],
        1: [(correspondent, late)],
        8: sorted([(delegate, late), (decider, late)]),
        9: [],
        15: [(highest, late)],
    }


def test_a_reminder_says_which_recommendation_and_leads_to_it():
    made = make.handed_over(adopted=1, refused=0)
    forget_effects()
    after(made.panel.opinion.due_on, 1)

    item = InboxItem.objects.get()

    assert item.context["title"] == f"Recommandation 1 du panel «\u00a0{made.panel.title}\u00a0»"
    assert item.context["url"] == "/panels/accueil/avis/reponses/#recommandation-1"


def test_nothing_is_reminded_of_once_answered_but_the_end_of_a_study_is():
    made = make.handed_over(adopted=1, refused=0)
    forget_effects()
    made.answered(1, "study")
    until = made.reply(1).study_until

    told = [[code for _who, code in after(until, days)] for days in (-15, 1)]
    made.answered(1, "accepted")

    assert told == [[telling_owed.DUE_SOON], [telling_owed.OVERDUE]]
    assert after(until, 40) == []


def test_a_tick_that_had_stopped_does_not_announce_a_day_that_is_past():
    made = make.handed_over(adopted=1, refused=0)
    forget_effects()

    assert [code for _who, code in after(made.panel.opinion.due_on, 2)] == [telling_owed.OVERDUE]


def test_another_direction_is_told_once_the_reply_is_given_to_it():
    made = make.handed_over(adopted=1, refused=0)
    other = DirectionFactory()
    decider = AgentFactory(roles=[(Role.DECISION_MAKER, other)])
    replying.assign(actor=made.organiser, reply=made.reply(1), unit=other)
    forget_effects()

    assert after(made.panel.opinion.due_on, 1) == [(decider.username, telling_owed.OVERDUE)]


def test_what_a_closed_direction_owed_is_answered_by_its_successor():
    made = make.handed_over(adopted=1, refused=0)
    heir = DirectionFactory()
    decider = AgentFactory(roles=[(Role.DECISION_MAKER, heir)])
    close_unit(unit=made.panel.commissioner, successor=heir)
    forget_effects()

    assert made.reply(1).unit == heir == ResponseOwed.objects.open().get().unit
    assert (decider.username, telling_owed.OVERDUE) in after(made.panel.opinion.due_on, 1)


def test_the_account_of_a_referral_is_owed_and_reminded_until_it_is_given():
    asked = referrals.asked_world()
    referral = asked.answered()
    forget_effects()
    owed = ResponseOwed.objects.open().get(subject_kind="referral")
    assert (owed.unit, owed.promised_on) == (asked.unit, referral.follow_due_on)

    assert after(referral.follow_due_on, -15) == [(asked.decider.username, telling_owed.DUE_SOON)]
    assert after(referral.follow_due_on, 1) == [(asked.decider.username, telling_owed.OVERDUE)]
    assert InboxItem.objects.get().context["url"] == f"/panels/accueil/saisines/{referral.reference}/"
    follow_up(actor=asked.decider, referral=referral, text="Le jeudi jusqu’à 19 h 30.")
    forget_effects()
    owed.refresh_from_db()
    assert owed.answered_on == clock.today()
    assert after(referral.follow_due_on, 8) == []


def test_a_kind_that_nobody_registered_reminds_nobody():
    owed = owe("nothing", "7K2MQX", DirectionFactory(), days=20)

    assert after(owed.promised_on, 1) == []
    assert OwedReminder.objects.filter(owed=owed).count() == 2
