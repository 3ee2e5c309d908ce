"""Members: seated, given an account and a space, named as they wish, gone when they leave."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from panels import rules
from panels.enums import CallOutcome, PanelState
from panels.models import Candidate, Membership
from panels.services import calls, candidates, members, preparing, seats
from panels.services.preparing import WrongState
from src.directory.enums import Role
from src.directory.services import create_account
from src.directory.viewer import Viewer, as_viewer
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.participation.audience import people_of
from src.participation.models import SpaceRoleGrant
from src.questionnaires import rules as asking
from src.questionnaires.rules import is_open, why_not_answer
from src.questionnaires.services import close_questionnaire
from src.questionnaires.views.workshop import spaces_of
from tests.factories import panels, questionnaires

pytestmark = pytest.mark.django_db


def test_who_confirmed_becomes_a_member_once():
    made = panels.seated()
    assert made.panel.state == PanelState.SEATED
    assert [one.number for one in made.members()] == [1, 2, 3, 4]
    members.members_confirmed(made.panel)
    assert Membership.objects.count() == 4
    assert made.members()[0].label == "Membre 1"


def test_work_begins_with_a_space_for_members_alone():
    made = panels.working()
    space = made.panel.space
    accounts = {one.candidate.account_id for one in made.members()}
    assert made.panel.state == PanelState.DELIBERATING and None not in accounts
    assert set(people_of(space).values_list("pk", flat=True)) == accounts, "the team is no elector"
    helpers = set(SpaceRoleGrant.objects.filter(space=space, role=Role.FACILITATOR).values_list("user_id", flat=True))
    assert helpers == {made.organiser.pk, made.facilitator.pk, made.second.pk}
    one = Viewer(made.members()[0].candidate.account)
    assert rules.may_enter_workspace(one, made.panel) and not rules.may_run(one, made.panel)


def test_who_may_begin_and_when():
    made = panels.seated()
    with pytest.raises(PermissionDenied):
        members.begin_work(actor=made.facilitator, panel=made.panel)
    members.begin_work(actor=made.organiser, panel=made.panel)
    drain_outbox()
    with pytest.raises(WrongState):
        members.begin_work(actor=made.organiser, panel=made.panel)


def test_empty_seats_are_explained():
    made, _draw = panels.certified()
    with pytest.raises(WrongState, match="Personne n’a encore"):
        members.begin_work(actor=made.organiser, panel=made.panel)
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        call = calls.take_next(actor=made.facilitator, panel=made.panel)
        calls.finish_call(actor=made.facilitator, call=call, outcome=CallOutcome.YES)
    seats.seat_confirmed(actor=made.organiser, panel=made.panel)
    with pytest.raises(ValidationError) as refused:
        members.begin_work(actor=made.organiser, panel=made.panel, because="  ")
    assert "because" in refused.value.message_dict
    members.begin_work(actor=made.organiser, panel=made.panel, because="La réserve est épuisée.")
    drain_outbox()
    panel = made.again()
    assert (panel.state, panel.incomplete_because) == (PanelState.DELIBERATING, "La réserve est épuisée.")


def test_who_leaves_works_there_no_more():
    made = panels.working()
    one = made.members()[0]
    account = one.candidate.account
    with time_machine.travel(clock.now() + timedelta(days=4), tick=False):
        candidates.withdraw(candidate=one.candidate, actor=made.facilitator)
        assert not rules.is_member(made.as_now(account), made.panel)
        assert account not in people_of(made.panel.space)
    assert Membership.objects.get(pk=one.pk).left_on


def test_a_new_facilitator_looks_after_the_space():
    made = panels.working()
    team = made.panel.team.get(person=made.second)
    preparing.end_role(actor=made.administrator, member=team)
    helpers = SpaceRoleGrant.objects.filter(space=made.panel.space, user=made.second)
    assert all(one.ends_on is not None and one.ends_on <= clock.today() for one in helpers)
    newcomer = panels.AgentFactory(unit=panels.DirectionFactory())
    preparing.name_to_team(actor=made.administrator, panel=made.panel, person=newcomer, role="facilitator")
    assert SpaceRoleGrant.objects.filter(space=made.panel.space, user=newcomer).exists()


def test_members_answer_what_the_team_asks_in_their_space():
    made = panels.working()
    team = as_viewer(made.as_now(made.facilitator))
    assert list(spaces_of(team)) == [made.panel.space]
    asked = questionnaires.questionnaire(space=made.panel.space)
    member = made.as_now(made.members()[0].candidate.account)
    assert is_open(asked) and not why_not_answer(member, asked)
    assert why_not_answer(team, asked), "the team asks, and doesn't answer"


def test_accounts_are_given_once_and_codes_again():
    made = panels.working(accounts=False)
    issued = members.give_accounts(actor=made.organiser, panel=made.panel)
    assert len(issued) == 4 and all(one.user.username.startswith(members.PREFIX) for one in issued)
    tickets = {one.candidate.ticket.lower() for one in made.members()}
    assert not any(ticket in one.user.username for one in issued for ticket in tickets)
    assert members.give_accounts(actor=made.organiser, panel=made.panel) == []
    assert len(members.give_accounts(actor=made.organiser, panel=made.panel, members=made.members()[:1])) == 1


def test_an_account_of_ones_own_is_joined():
    made = panels.working(accounts=False)
    one, two, *_rest = made.members()
    account = create_account(username="roger", password="demo-terrain", kind="external")
    members.link_account(candidate=one.candidate, account=account)
    assert rules.is_member(made.as_now(account), made.panel) and account in people_of(made.panel.space)
    with pytest.raises(ValidationError, match="déjà une place"):
        members.link_account(candidate=two.candidate, account=account)
    with pytest.raises(WrongState, match="déjà un compte"):
        members.link_account(candidate=one.candidate, account=made.administrator)
    with pytest.raises(ValidationError, match="travaillez"):
        members.link_account(candidate=two.candidate, account=made.facilitator)


def test_a_badge_is_its_owners():
    made = panels.working()
    one, two, *_rest = made.members()
    members.name_badge(membership=one, shown_name="  Roger   T. ", by_post=True, actor=one.candidate.account)
    one.refresh_from_db()
    assert (one.label, one.by_post, one.candidate.account.first_name) == ("Roger T.", True, "Roger T.")
    with pytest.raises(PermissionDenied):
        members.name_badge(membership=two, shown_name="X", actor=one.candidate.account)
    with pytest.raises(PermissionDenied):
        members.name_badge(membership=two, shown_name="X", actor=made.guarantor)
    members.name_badge(membership=two, shown_name="Aïcha", actor=made.facilitator)
    assert Candidate.objects.get(pk=two.candidate_id).account.first_name == "Aïcha"


def test_a_questionnaire_of_the_members_space_is_open_until_the_team_closes_it():
    made = panels.working()
    asked = questionnaires.questionnaire(space=made.panel.space)
    assert asking.is_open(asked) and asking.ACTIVITY in made.panel.space.activities
    assert not asking.why_not_answer(made.as_now(made.members()[0].candidate.account), asked)
    close_questionnaire(questionnaire=asked)
    assert not asking.is_open(questionnaires.again(asked))
