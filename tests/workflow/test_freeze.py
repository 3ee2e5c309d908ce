"""A process in use never changes again: the database itself refuses, on both engines."""

import pytest
from django.db import IntegrityError, connection, transaction

from src.workflow import process_cache
from src.workflow.enums import ProcessStatus
from src.workflow.exceptions import ProcessRefused
from src.workflow.models import Process, Stage, Transition
from src.workflow.services import activate_process, copy_process, new_version
from tests.factories.workflow import move, small_draft, small_process, stage

pytestmark = pytest.mark.django_db


def refused(attempt) -> bool:
    try:
        with transaction.atomic():
            attempt()
    except IntegrityError as error:
        return "frozen" in str(error)
    return False


ATTEMPTS = {
    "rename": lambda p: Process.objects.filter(pk=p.pk).update(name="Autre"),
    "slug": lambda p: Process.objects.filter(pk=p.pk).update(slug="autre"),
    "notes": lambda p: Process.objects.filter(pk=p.pk).update(notes="autre"),
    "back to draft": lambda p: Process.objects.filter(pk=p.pk).update(status=ProcessStatus.DRAFT),
    "delete": lambda p: Process.objects.filter(pk=p.pk)._raw_delete("default"),
    "stage label": lambda p: Stage.objects.filter(process=p).update(staff_label="Autre"),
    "stage added": lambda p: Stage.objects.bulk_create([_of(stage("jury", "in_review"), p)]),
    "stage removed": lambda p: Stage.objects.filter(process=p, slug="dormant")._raw_delete("default"),
    "transition opened": lambda p: Transition.objects.filter(process=p).update(who=["author"]),
    "transition added": lambda p: Transition.objects.bulk_create([_of(move("x", "open", "dormant"), p)]),
    "transition removed": lambda p: Transition.objects.filter(process=p)._raw_delete("default"),
}


def _of(row, process):
    row.process = process
    return row


@pytest.mark.parametrize("attempt", ATTEMPTS)
@pytest.mark.parametrize("status", [ProcessStatus.ACTIVE, ProcessStatus.RETIRED])
def test_frozen_process_refuses(attempt, status):
    process = small_process()
    if status == ProcessStatus.RETIRED:
        activate_process(new_version(process))

    assert refused(lambda: ATTEMPTS[attempt](process))


@pytest.mark.parametrize("attempt", ["rename", "stage label", "transition opened", "transition removed", "delete"])
def test_draft_lets_itself_be_changed(attempt):
    draft = small_draft()
    if attempt == "delete":
        draft.delete()
        return

    assert not refused(lambda: ATTEMPTS[attempt](draft))


def test_a_row_cannot_move_into_a_frozen_process():
    process, draft = small_process(), small_draft(slug="autre")

    assert refused(lambda: Transition.objects.filter(process=draft, slug="study").update(process=process, slug="y"))


def test_retired_version_never_comes_back():
    process = small_process()
    activate_process(new_version(process))

    assert refused(lambda: Process.objects.filter(pk=process.pk).update(status=ProcessStatus.ACTIVE))


def test_account_that_activated_can_be_forgotten(make_user):
    actor = make_user()
    process = small_process(actor)

    Process.objects.filter(pk=process.pk).update(activated_by=None)

    process.refresh_from_db()
    assert process.activated_by is None
    assert refused(lambda: Process.objects.filter(pk=process.pk).update(activated_by=actor))


def test_active_without_a_day_is_refused():
    draft = small_draft()

    with pytest.raises(IntegrityError), transaction.atomic():
        Process.objects.filter(pk=draft.pk).update(status=ProcessStatus.ACTIVE)


def test_activation_resolves_freezes_and_replaces(make_user):
    actor = make_user()
    first = small_process(actor)
    second = activate_process(new_version(first), actor)

    first.refresh_from_db()
    assert (first.status, second.status, second.version, second.based_on) == ("retired", "active", 2, first)
    assert second.activated_by == actor
    for transition in Transition.objects.filter(process=second).select_related("from_stage", "to_stage"):
        assert (transition.from_stage.slug, transition.to_stage.slug) == (transition.from_slug, transition.to_slug)
        assert {transition.from_stage.process_id, transition.to_stage.process_id} == {second.pk}


def test_activation_happens_once():
    process = small_process()

    with pytest.raises(ProcessRefused):
        activate_process(process)


def test_refused_activation_leaves_a_draft():
    draft = small_draft()
    Transition.objects.filter(process=draft, slug="wake").delete()
    Transition.objects.filter(process=draft, slug="accept").update(form="")

    with pytest.raises(ProcessRefused) as told:
        activate_process(draft)

    assert len(told.value.sentences) == 1
    draft.refresh_from_db()
    assert (draft.status, draft.activated_at) == ("draft", None)


def test_copy_is_a_draft_of_its_own():
    process = small_process()

    made = copy_process(process, slug="soir", name="Tournée du soir")

    assert (made.slug, made.version, made.status, made.based_on, made.is_shipped) == (
        "soir",
        1,
        "draft",
        process,
        False,
    )
    fields = ["slug", "kind", "staff_label", "public_label", "default_days", "is_start", "sort_order"]
    assert list(made.stages.values_list(*fields)) == list(process.stages.values_list(*fields))
    fields = ["slug", "label", "from_slug", "to_slug", "who", "form", "clock", "after_days", "sort_order"]
    assert list(Transition.objects.filter(process=made).values_list(*fields)) == list(
        Transition.objects.filter(process=process).values_list(*fields)
    )
    assert not Transition.objects.filter(process=made, from_stage__isnull=False).exists()
    with pytest.raises(ProcessRefused):
        copy_process(process, slug="soir", name="Encore")


def test_one_draft_at_a_time():
    process = small_process()
    new_version(process)

    with pytest.raises(ProcessRefused):
        new_version(process)


def test_memory_holds_frozen_processes_only(django_assert_num_queries):
    draft = small_draft()
    with django_assert_num_queries(3):
        process_cache.graph(draft.pk)
    with django_assert_num_queries(3):
        process_cache.graph(draft.pk)
    activate_process(draft)
    process_cache.graph(draft.pk)
    with django_assert_num_queries(0):
        graph = process_cache.graph(draft.pk)

    assert graph.start.slug == "submitted"
    assert [way.slug for way in graph.ways_out(graph.stage_named("in_review").pk)] == ["back", "accept", "decline"]
    assert [found.slug for found in graph.stages_of_kind("accepted", "declined")] == ["accepted", "declined"]


def test_triggers_are_in_place():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type='trigger' AND name LIKE 'guard%workflow%'")
        else:
            cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'guard%workflow%'")
        assert cursor.fetchone() == (8,)
