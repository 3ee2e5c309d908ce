"""Names of members on the page of the panel: who agrees, as long as they agree, never with a ticket."""

import datetime

import pytest
import time_machine

from panels.enums import CallOutcome, CandidateState, ConsentPurpose
from panels.models import Candidate
from panels.services import calls, candidates, seats
from tests.factories import panels as make

from .screens import as_

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.leaves_effects("what guarantors are told is in test_telling"),
]
PAGE = "/panels/accueil/"


def seated():
    """A panel of four members, two of whom agree that their name is published."""
    made, draw = make.certified()
    with time_machine.travel(draw.certified_at + datetime.timedelta(hours=1), tick=False):
        while call := calls.take_next(actor=made.facilitator, panel=made.panel):
            calls.finish_call(actor=made.facilitator, call=call, outcome=CallOutcome.YES)
        seats.seat_confirmed(actor=made.organiser, panel=made.panel)
    members = list(Candidate.objects.filter(state=CandidateState.SEATED).select_related("panel").order_by("ticket"))
    for one in members[:2]:
        candidates.give_consent(candidate=one, purpose=ConsentPurpose.NAME_PUBLISHED)
    return made, members


def name_of(made, one):
    return candidates.read_contact(actor=made.organiser, candidate=one).name


def test_those_who_agree_are_named_and_the_others_counted():
    made, members = seated()
    page = as_(None).get(PAGE)
    said = page.content.decode()

    names = [name_of(made, one) for one in members]
    assert sorted(names[:2], key=str.casefold) == page.context["names"]
    assert all(name in said for name in names[:2]) and page.context["unnamed"] == 2
    assert not [one.ticket for one in members if one.ticket in said]
    draw = as_(None).get(f"{PAGE}tirages/1/").content.decode()
    assert members[0].ticket in draw and not [name for name in names if name in draw]


def test_an_agreement_taken_back_removes_the_name_at_once_and_who_leaves_isnt_told():
    made, members = seated()
    candidates.take_back_consent(candidate=members[0], purpose=ConsentPurpose.NAME_PUBLISHED)
    assert as_(None).get(PAGE).context["names"] == [name_of(made, members[1])]
    with time_machine.travel(datetime.datetime.combine(members[1].membership.since, datetime.time(12)), tick=False):
        candidates.withdraw(candidate=members[1])
    page = as_(None).get(PAGE)
    assert (page.context["names"], page.context["unnamed"]) == ([], 3)


def test_before_they_sit_nobody_is_named_nor_a_minor():
    made, _draw = make.certified()
    for one in Candidate.objects.filter(state=CandidateState.DRAWN):
        candidates.give_consent(candidate=one, purpose=ConsentPurpose.NAME_PUBLISHED)
    assert as_(None).get(PAGE).context["names"] == []
