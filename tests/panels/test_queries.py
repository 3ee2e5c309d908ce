"""Reads cost the same statements for one row and for three."""

import pytest

from panels import selectors
from panels.enums import CallReason
from panels.figures import live_figures
from panels.models import Call, Candidate, CriterionValue, Quota
from panels.services import calls, quotas
from tests.factories import panels as make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.leaves_effects("what guarantors are told is in test_telling"),
]


@pytest.mark.parametrize("count", [1, 3])
def test_the_tickets_of_a_panel(count, django_assert_num_queries):
    made = make.recruiting()
    for one in made.registered(count, eligible=False):
        calls.ask_call(candidate=one, reason=CallReason.CHECK)
    viewer = made.as_now(made.facilitator)
    # Who works for which panels, then the tickets.
    with django_assert_num_queries(2):
        rows = [
            (one.ticket, one.source_list.label, one.waits_for_guardian, one.is_to_call, one.has_needs)
            for one in selectors.candidates_of(viewer, made.panel)
        ]

    assert len(rows) == count
    assert {row[2:] for row in rows} == {(False, True, False)}


@pytest.mark.parametrize("count", [1, 3])
def test_the_batches_of_a_panel(count, django_assert_num_queries):
    made = make.recruiting()
    for _turn in range(count):
        made.print_letters(2)
    made.register(made.codes[0])
    viewer = made.as_now(made.organiser)
    with django_assert_num_queries(2):
        rows = [
            (one.source_list.label, one.letters_sent, one.letters_used)
            for one in selectors.batches_of(viewer, made.panel)
        ]

    assert sorted(rows)[0] == ("Electeurs", 1, 1)
    assert len(rows) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_of_quotas(count, django_assert_num_queries):
    made = make.recruiting()
    for quota in list(Quota.objects.all())[:count]:
        Quota.objects.filter(pk=quota.pk).update(is_protected=True)
        quotas.ask_relaxation(actor=made.organiser, quota=quota, minimum=0, maximum=10, reason="Pour voir")
    with django_assert_num_queries(3):
        told = [
            (one.label, value.label, value.quota.minimum, [r.reason for r in value.quota.relaxations.all()])
            for one in selectors.quota_table(made.panel)
            for value in one.values.all()
        ]

    assert len(told) == 4
    assert sum(len(row[3]) for row in told) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_live_figures(count, django_assert_num_queries):
    made = make.recruiting()
    made.registered(count)
    with django_assert_num_queries(5):
        told = live_figures(made.panel)

    assert told["registered"] == sum(told["lists"].values()) == count


@pytest.mark.parametrize("count", [1, 3])
def test_panels_somebody_may_know_of(count, django_assert_num_queries):
    for number in range(count):
        make.recruiting(slug=f"panel-{number}")
    draft = make.prepared(slug="brouillon")
    viewer = make.AgentFactory()
    with django_assert_num_queries(2):
        rows = [(one.slug, one.commissioner.name) for one in selectors.panels_for(viewer)]

    assert len(rows) == count
    assert draft.panel in selectors.panels_for(draft.as_now(draft.keeper))
    assert draft.panel in selectors.panels_for(draft.as_now(draft.administrator))


@pytest.mark.parametrize("count", [1, 3])
def test_drawn_seats_and_draws(count, django_assert_num_queries):
    made, _draw = make.certified(12)
    seats = selectors.seats_of(made.panel)[:count]
    with django_assert_num_queries(1):
        rows = [(one.number, one.holder.ticket, one.left_by) for one in seats]
    with django_assert_num_queries(1):
        draws = [one.number for one in selectors.draws_of(None, made.panel)]

    assert (len(rows), draws, selectors.trials_of(made.panel)) == (count, [1], 0)
    assert selectors.certified_draw(made.panel).number == 1
    assert Call.objects.count() == 4


def test_taking_a_call_costs_the_same_whatever_the_queue(django_assert_max_num_queries):
    made = make.recruiting()
    for one in made.registered(5, eligible=False):
        calls.ask_call(candidate=one, reason=CallReason.CHECK)
    with django_assert_max_num_queries(6):
        assert calls.take_next(actor=made.as_now(made.facilitator), panel=made.panel) is not None


def test_public_figures_hide_small_numbers_and_the_one_that_would_tell_them(settings):
    settings.TERRAIN_K = 5
    made = make.recruiting()
    made.registered(8)
    told = selectors.public_figures(made.panel)

    # Two in three own their home (5 of 8), three don't: both are hidden, since the total is told.
    assert told["values"] == {
        "genre": {"femme": None, "homme": None},
        "logement": {"proprietaire": None, "logement-social": None},
    }
    assert told["registered"] == 8
    assert "states" not in told and "households" not in told
    settings.TERRAIN_K = 3
    assert selectors.public_figures(made.panel)["values"]["genre"] == {"femme": 4, "homme": 4}


def test_candidates_of_another_panel_are_nobody_s(django_assert_num_queries):
    made, other = make.recruiting(), make.recruiting(slug="autre")
    made.registered(1)

    for viewer in (other.organiser, made.administrator, None, make.AgentFactory()):
        assert not Candidate.objects.visible_to(viewer).exists()
    assert CriterionValue.objects.count() == 8
