"""Adoption: a previewed map, one journal row each, promised dates untouched, whatever the number."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from src.foundations.models import OutboxEvent
from src.foundations.testing import drain_outbox
from src.workflow import services
from src.workflow.enums import AdoptionState
from src.workflow.exceptions import ProcessRefused, TransitionNotAllowed
from src.workflow.models import Adoption, Process
from src.workflow.services import activate_process, adopt, begin, fire, new_version, preview_adoption
from src.workflow.services import adoption as adoption_service
from tests.factories.workflow import draft_process, move, small_draft, small_moves, small_process, small_stages, stage

from .subjects.models import Parcel, ParcelEntry
from .words import plain

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def with_jury() -> Process:
    """Version 2: the study is followed by a jury, and one rests before the first stage."""
    stages = [*small_stages(), stage("jury", "in_review")]
    moves = [*small_moves(), move("to_jury", "in_review", "jury"), move("from_jury", "jury", "in_review")]
    return draft_process(stages, moves, version=2)


@pytest.fixture
def next_version(process):
    return activate_process(with_jury())


def same_names(process, **changes):
    return {**{slug: slug for slug in process.stages.values_list("slug", flat=True)}, **changes}


def test_preview_counts_by_stage_and_tells_what_misses(process, next_version, make_parcel):
    for slug in ("open", "open", "in_review", "accepted"):
        make_parcel(slug)
    mapping = {"open": "open", "in_review": "nowhere", "accepted": "declined"}

    with translation.override("fr"):
        preview = preview_adoption(process, next_version, mapping)

    assert [(row.from_stage.slug, row.count, row.to_stage and row.to_stage.slug) for row in preview.rows] == [
        ("submitted", 0, None),
        ("open", 2, "open"),
        ("needs_info", 0, None),
        ("in_review", 1, None),
        ("accepted", 1, "declined"),
        ("declined", 0, None),
        ("withdrawn", 0, None),
        ("dormant", 0, None),
    ]
    assert preview.total == 4
    assert [plain(sentence) for sentence in preview.refusals] == [
        "« In review » : la nouvelle version n’a pas d’étape « nowhere ».",
        "« Accepted » ne peut pas devenir « Declined » : une adoption ne change jamais une réponse.",
    ]


@pytest.mark.parametrize(
    ("old", "new"), [("accepted", "open"), ("open", "accepted"), ("withdrawn", "dormant"), ("declined", "accepted")]
)
def test_adoption_neither_closes_nor_reopens(process, next_version, make_parcel, old, new):
    make_parcel(old)

    with pytest.raises(ProcessRefused) as refused:
        adopt(process, next_version, same_names(process, **{old: new}), None)

    assert len(refused.value.sentences) == 1
    assert not Adoption.objects.exists()


def test_missing_stage_is_refused_only_where_somebody_rests(process, next_version, make_parcel, people):
    make_parcel("open")
    mapping = {"open": "open"}
    assert preview_adoption(process, next_version, mapping).refusals == []
    make_parcel("in_review")

    with pytest.raises(ProcessRefused):
        adopt(process, next_version, mapping, people["nobody"])


def test_versions_must_fit(process, next_version):
    draft, other = new_version(next_version), small_process(slug="autre")

    def told(old, new):
        return len(preview_adoption(old, new, {}).refusals)

    assert told(process, process) == 1
    assert told(draft, next_version) == 1
    assert told(process, draft) == 1
    assert told(process, other) == 0


def test_adoption_moves_everything_and_nothing_else(process, next_version, make_parcel, people):
    parcels = {slug: make_parcel(slug, at=LONG_AGO, promise="12 mars") for slug in ("open", "in_review", "accepted")}

    done = adopt(process, next_version, same_names(process, in_review="jury", open="submitted"), people["nobody"])

    assert (done.state, done.planned_count, done.moved_count) == (AdoptionState.DONE, 3, 3)
    moved = {slug: Parcel.objects.select_related("stage").get(pk=parcel.pk) for slug, parcel in parcels.items()}
    assert {slug: (p.process, p.stage.slug, p.stage_kind, p.promise) for slug, p in moved.items()} == {
        "open": (next_version, "submitted", "submitted", "12 mars"),
        "in_review": (next_version, "jury", "in_review", "12 mars"),
        "accepted": (next_version, "accepted", "accepted", "12 mars"),
    }
    # The wait goes on where the kind of stage is the same.
    assert [moved[slug].stage_since == LONG_AGO for slug in ("open", "in_review", "accepted")] == [False, True, True]
    entry = ParcelEntry.objects.get(parcel=parcels["in_review"])
    assert (
        entry.transition_slug,
        entry.from_stage.slug,
        entry.to_stage.slug,
        entry.actor,
        entry.actor_role,
        entry.data,
    ) == (
        "adoption",
        "in_review",
        "jury",
        people["nobody"],
        "administrator",
        {"from_version": 1, "to_version": 2},
    )
    assert ParcelEntry.objects.count() == 3
    assert not OutboxEvent.objects.exclude(topic="job").exists()


def test_adopted_subject_walks_the_new_process(process, next_version, make_parcel, people):
    stale = make_parcel("in_review")
    adopt(process, next_version, same_names(process), people["nobody"])
    parcel = Parcel.objects.get(pk=stale.pk)

    fire(parcel, "to_jury", actor=people["instructor"])

    assert parcel.stage.slug == "jury"
    with pytest.raises(TransitionNotAllowed):
        fire(stale, "back", actor=people["instructor"])
    assert ParcelEntry.objects.count() == 2
    drain_outbox()


def bulk(process, count):
    Parcel.objects.bulk_create(
        Parcel(reference=f"B{number}", **begin(process.pk, stage_slug=slug))
        for number, slug in zip(range(count), ["open", "in_review"] * count, strict=False)
    )


def test_ten_thousand_are_adopted_in_slices(process, next_version, people, django_assert_max_num_queries):
    bulk(process, 10_000)

    # 20 full slices; SQLite takes the journal's rows of one in seven statements, for it bounds their parameters.
    with django_assert_max_num_queries(330):
        done = adopt(process, next_version, same_names(process), people["nobody"])

    assert done.moved_count == 10_000
    assert not Parcel.objects.filter(process=process).exists()
    assert ParcelEntry.objects.values("parcel").distinct().count() == ParcelEntry.objects.count() == 10_000


def test_stopped_adoption_goes_on_where_it_was(process, next_version, people, monkeypatch):
    bulk(process, 1200)
    whole, slices = adoption_service._adopt_slice, []

    def breaks(*args):
        if 500 in slices:
            raise ConnectionError("the machine stopped")
        slices.append(whole(*args))
        return slices[-1]

    monkeypatch.setattr(adoption_service, "_adopt_slice", breaks)
    with pytest.raises(ConnectionError):
        adopt(process, next_version, same_names(process), people["nobody"])
    monkeypatch.setattr(adoption_service, "_adopt_slice", whole)
    adoption = Adoption.objects.get()
    assert (adoption.state, adoption.moved_count) == (AdoptionState.RUNNING, 500)

    assert services.resume_adoption(adoption.pk) == 700
    assert services.resume_adoption(adoption.pk) == 0

    adoption.refresh_from_db()
    assert (adoption.state, adoption.moved_count) == (AdoptionState.DONE, 1200)
    assert ParcelEntry.objects.values("parcel").distinct().count() == ParcelEntry.objects.count() == 1200


def test_large_adoption_waits_for_the_relay_and_can_be_interrupted(process, next_version, people):
    bulk(process, 600)

    waiting = services.start_adoption(process, next_version, same_names(process), people["nobody"])
    assert (waiting.state, waiting.moved_count) == (AdoptionState.WAITING, 0)
    adoption_service.cancel_adoption(waiting, people["nobody"])
    drain_outbox()

    waiting.refresh_from_db()
    assert (waiting.state, waiting.moved_count, Parcel.objects.filter(process=process).count()) == (
        "cancelled",
        0,
        600,
    )

    again = services.start_adoption(process, next_version, same_names(process), people["nobody"])
    drain_outbox()

    again.refresh_from_db()
    assert (again.state, again.moved_count) == (AdoptionState.DONE, 600)


def test_suggestion_prefers_the_same_name_then_the_only_stage_of_the_kind(process):
    stages = [stage(s.slug if s.slug != "in_review" else "study", s.kind, is_start=s.is_start) for s in small_stages()]
    moves = small_moves()
    for way in moves:
        way.from_slug, way.to_slug = (slug.replace("in_review", "study") for slug in (way.from_slug, way.to_slug))
    version = activate_process(draft_process(stages, moves, version=2))

    assert adoption_service.suggest_mapping(process, version) == same_names(process, in_review="study")


def test_draft_has_nothing_to_adopt(process):
    draft = small_draft(slug="autre")
    assert preview_adoption(draft, process, {}).total == 0
