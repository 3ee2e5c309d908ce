"""Random walks: whatever people do, the journal explains the stage, and nobody leaves the graph."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from src.foundations.testing import drain_outbox
from src.workflow import process_cache, selectors
from src.workflow.enums import CLOSING, FINAL
from src.workflow.exceptions import TransitionNotAllowed
from src.workflow.services import fire
from src.workflow.services.starting import begin
from tests.factories.workflow import default_process, small_process

from .conftest import holders_of
from .subjects.models import Parcel

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PURE_STEPS = 10_000
DATABASE_STEPS = 500


def explained(parcel) -> bool:
    """The journal is a chain from the first stage to the present one."""
    stage = process_cache.graph(parcel.process_id).start.pk
    for from_stage, to_stage in parcel.journal.order_by("id").values_list("from_stage_id", "to_stage_id"):
        if from_stage != stage:
            return False
        stage = to_stage
    return stage == parcel.stage_id


def test_ten_thousand_steps_on_the_rules_alone(process):
    for graph in (process_cache.graph(process.pk), process_cache.graph(default_process().pk)):
        chance, stage, visited = random.Random(20260302), graph.start, set()
        for _step in range(PURE_STEPS):
            visited.add(stage.pk)
            ways = graph.ways_out(stage.pk)
            assert ways or stage.kind in FINAL
            if not ways:
                stage = graph.start
                continue
            way = chance.choice(ways)
            assert way.from_stage_id == stage.pk
            stage = graph.stage(way.to_stage_id)
            assert stage.kind not in CLOSING or way.form
        assert visited == {stage.pk for stage in graph.stages}


def test_five_hundred_steps_through_the_database(people, process):
    graph, chance = process_cache.graph(process.pk), random.Random(20260302)
    parcel, moved, refused = None, 0, 0
    for step in range(DATABASE_STEPS):
        if parcel is None or not graph.ways_out(parcel.stage_id):
            assert parcel is None or explained(parcel)
            parcel = Parcel.objects.create(reference=f"W{step}", holders=holders_of(people), **begin(process.pk))
        # One step in four is tried from anywhere, as a page left open would.
        anywhere = chance.random() < 0.25
        way = chance.choice(graph.transitions if anywhere else graph.ways_out(parcel.stage_id))
        role = chance.choice(way.who)
        actor = {"actor": None, "as_role": "system"} if role == "system" else {"actor": people[role]}
        before = Parcel.objects.values_list("stage_id", flat=True).get(pk=parcel.pk)
        if before == way.from_stage_id:
            fire(parcel, way.slug, data={"text": "pour voir"}, **actor)
            moved += 1
        else:
            with pytest.raises(TransitionNotAllowed):
                fire(parcel, way.slug, data={"text": "pour voir"}, **actor)
            refused += 1
        expected = way.to_stage_id if before == way.from_stage_id else before
        assert Parcel.objects.values_list("stage_id", "stage_kind").get(pk=parcel.pk) == (
            expected,
            graph.stage(expected).kind,
        )
    assert explained(parcel)
    assert moved + refused == DATABASE_STEPS
    assert moved > 300 and refused > 50
    drain_outbox()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 10), st.sampled_from(["author", "moderator", "instructor", "decision_maker"])),
        max_size=12,
    )
)
def test_any_sequence_of_clicks_is_explained(people, process, clicks):
    graph = process_cache.graph(process.pk)
    parcel = Parcel.objects.create(
        reference=f"H{Parcel.objects.count()}", holders=holders_of(people), **begin(process.pk)
    )
    for number, role in clicks:
        from src.directory.viewer import as_viewer

        offered = selectors.transitions_for(parcel, as_viewer(people[role]))
        if offered:
            way = offered[number % len(offered)]
            fire(parcel, way.slug, actor=people[role], data={"text": "clic"})
            assert parcel.stage_id == way.to_stage_id

    assert explained(Parcel.objects.get(pk=parcel.pk))
    assert graph.stage(parcel.stage_id).kind == parcel.stage_kind
    drain_outbox()


def test_a_second_process_does_not_mix(people, process):
    other = small_process(slug="autre")
    one, two = (
        Parcel.objects.create(reference=f"M{p.pk}", holders=holders_of(people), **begin(p.pk))
        for p in (process, other)
    )
    fire(one, "screen", actor=people["moderator"])
    fire(two, "screen", actor=people["moderator"])

    assert {one.stage.process_id, two.stage.process_id} == {process.pk, other.pk}
    assert one.stage_id != two.stage_id
    drain_outbox()
