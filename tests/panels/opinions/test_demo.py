"""The opinion of the demo city falls right: votes, outcomes, a missing reply, grades; told once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from panels.enums import PanelState
from panels.opinions import demo_content as told
from panels.opinions import selectors, words
from panels.opinions.enums import DraftState
from panels.opinions.models import MinorityOpinion, Recommendation
from panels.opinions.services.demo import load_opinion
from src.foundations import clock
from src.foundations.testing import drain_outbox
from tests.factories import panel_opinions as make
from tests.factories import panels

pytestmark = pytest.mark.django_db


def begun(count, seats):
    """A panel at work since two hundred days."""
    with make.days_later(-200):
        base = panels.working(count, seats=seats, accounts=False)
        decider = make.AgentFactory(roles=[(make.Role.DECISION_MAKER, base.panel.commissioner)])
    return make.Made(base, decider)


def test_it_is_told_as_written():
    made = begun(120, 56)
    base = made.base
    type(base.panel).objects.filter(pk=base.panel.pk).update(reply_days=90)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert load_opinion(base.panel, decider=made.decider) == 1
    drain_outbox()
    assert len(asked) < 1000
    assert load_opinion(base.panel, decider=made.decider) == 0, "once"
    assert made.again().state == PanelState.HANDED_OVER
    rows = list(Recommendation.objects.whole().order_by("number"))
    assert [(one.vote.favour, one.vote.against, one.vote.blank) for one in rows] == [
        one.votes for one in told.RECOMMENDATIONS
    ]
    assert [one.state for one in rows] == [DraftState.ADOPTED] * 5 + [DraftState.NOT_ADOPTED]
    said = words.of_vote(rows[3].vote).replace("\xa0", " ").replace("\u202f", " ")
    assert said == "31 pour sur 51 exprimés : 60,8 % ; il fallait 60 %."
    replies = selectors.replies_of(made.panel.opinion)
    assert [one.given.outcome if one.given else "" for one in replies] == [
        one.outcome for one in told.RECOMMENDATIONS[:5]
    ]
    assert (replies[4].late, made.panel.opinion.due_on) == (12, clock.today() - make.datetime.timedelta(days=12))
    assert [one.grades is not None and one.grades["is_told"] for one in replies] == [True] * 4 + [False]
    assert [count for _label, count in replies[3].grades["lines"]] == [5, 14, 12]
    assert MinorityOpinion.objects.get().signatures.count() == 7


def test_a_smaller_panel_keeps_the_outcomes():
    made = begun(40, 12)
    load_opinion(made.panel, decider=made.decider)
    drain_outbox()
    assert [one.state for one in Recommendation.objects.order_by("number")] == [DraftState.ADOPTED] * 5 + [
        DraftState.NOT_ADOPTED
    ]
