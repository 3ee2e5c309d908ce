"""Measures: born once of an announced yes, told, silent after ninety days, done, never closed by who did them."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from src.accountability import registry, rules
from src.accountability.enums import MeasureStatus, StepKind
from src.accountability.models import Measure, MeasureReminder, MeasureStep, Milestone, ProgressNote
from src.accountability.services import (
    add_milestone,
    adopt,
    announce,
    announcing,
    born_of,
    confirm_by_word,
    deliver,
    gather_decisions,
    give_news,
    move_milestone,
    publish,
    reach_milestone,
    remind_silent,
    set_indicator,
    stop,
    take_up_again,
)
from src.directory.enums import Role
from src.directory.services.units import close_unit
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories.accountability import prepared
from tests.factories.directory import AgentFactory, DirectionFactory, UnitFactory, grant
from tests.factories.measures import PROOF, WHY, MeasureFactory, picture, say_done

pytestmark = pytest.mark.django_db


def refused_by_the_database(change):
    with pytest.raises((IntegrityError, ProtectedError)), transaction.atomic():
        change()
    return True


@pytest.fixture
def words(notes, monkeypatch):
    """What the subjects of the note world are called."""
    monkeypatch.setattr(
        registry,
        "_measure_words",
        {"idea": lambda reference: registry.MeasureWords(f"Un banc couvert {reference}", False)},
    )
    monkeypatch.setattr(registry, "_origin_words", {})
    monkeypatch.setattr(registry, "_on_measure_moved", {})
    monkeypatch.setattr(registry, "_on_measure_news", {})
    return notes


@pytest.fixture
def measure(service):
    return MeasureFactory(unit=service)


# ------------------------------------------------------------------------------------------------------------- birth
def test_an_announced_yes_becomes_its_measure_once(words, decider, service):
    decision = prepared(decider, service, "AAA111", "pilot")
    announce(decision.batch, decider)
    decision.refresh_from_db()

    again = born_of(decision)

    measure = Measure.objects.get()
    assert again == measure
    assert (measure.title, measure.is_trial, measure.status) == ("Un banc couvert AAA111", True, "planned")
    assert (measure.unit, measure.direction) == (service, service.direction)
    assert (measure.heard_on, measure.published_on) == (clock.today(), None)
    assert [(one.title, one.planned_on) for one in measure.milestones.all()] == [
        (decision.first_milestone, decision.first_milestone_on)
    ]
    assert list(measure.steps.values_list("kind", flat=True)) == [StepKind.BORN]


@pytest.mark.parametrize("outcome", ["deferred", "declined", "already_done"])
def test_other_answers_become_nothing(words, decider, service, outcome):
    announce(prepared(decider, service, "AAA111", outcome).batch, decider)

    assert not Measure.objects.exists()


def test_a_prepared_yes_has_no_measure(words, decider, service):
    prepared(decider, service, "AAA111")

    assert not Measure.objects.exists()


def test_a_killed_announcement_resumes_without_a_second_measure(words, decider, service, monkeypatch):
    decisions = [prepared(decider, service, f"BBB{n:03d}") for n in range(25)]
    announce(gather_decisions(decisions, actor=decider), decider)
    born, told = announcing.measure_births.born_of, []

    def breaks(decision):
        if len(told) == 7:
            raise SystemExit("killed")
        told.append(decision.pk)
        return born(decision)

    monkeypatch.setattr(announcing.measure_births, "born_of", breaks)
    with pytest.raises(SystemExit):
        drain_outbox()
    monkeypatch.setattr(announcing.measure_births, "born_of", born)
    decisions[0].refresh_from_db()

    for _again in range(2):
        announcing.apply_batch(decisions[0].batch_id)

    assert Measure.objects.count() == 25
    drain_outbox()


def test_a_measure_waits_for_its_public_words(words, decider, service):
    announce(prepared(decider, service, "AAA111").batch, decider)
    measure = Measure.objects.get()
    assert not Measure.objects.visible_to(None).exists()
    assert Measure.objects.visible_to(decider).exists()

    publish(measure, actor=decider, title="Un banc couvert près du portail", changes="Attendre le camion au sec.")
    publish(measure, actor=decider, title="Un banc couvert de six places", changes="Attendre le camion au sec.")

    assert list(Measure.objects.visible_to(None)) == [measure]
    assert list(measure.steps.values_list("kind", "text")) == [
        (StepKind.BORN, ""),
        (StepKind.PUBLISHED, "Un banc couvert AAA111"),
        (StepKind.REWORDED, "Un banc couvert près du portail"),
    ]


# -------------------------------------------------------------------------------------------------------------- news
def test_news_end_the_silence_and_are_written_once(decider, service):
    measure, token = MeasureFactory(unit=service, heard_days_ago=100), uuid.uuid4()
    assert measure.is_silent(clock.today())

    for _again in range(2):
        give_news(measure, actor=decider, text="La commande est passée lundi.", status="procedure", token=token)

    measure.refresh_from_db()
    assert (measure.status, measure.heard_on, measure.is_silent(clock.today())) == (
        "procedure",
        clock.today(),
        False,
    )
    assert ProgressNote.objects.count() == 1
    assert list(measure.steps.values_list("kind", "from_status", "to_status")) == [
        (StepKind.BORN, "", "planned"),
        (StepKind.MOVED, "planned", "procedure"),
    ]
    drain_outbox()


@pytest.mark.parametrize(("days", "silent"), [(90, 0), (91, 91), (104, 104)])
def test_silence_is_read_from_dates(days, silent):
    measure = MeasureFactory(heard_days_ago=days)

    assert measure.silent_days(clock.today()) == silent
    assert Measure.objects.silent(clock.today()).exists() == bool(silent)


def test_what_was_brought_in_owes_nothing_until_somebody_adopts_it(decider, service):
    measure = MeasureFactory(unit=None, direction_label="Direction d’ailleurs", heard_on=None, import_batch=batch())
    assert not measure.is_silent(clock.today() + timedelta(days=4000))

    adopt(measure, actor=decider, unit=service)

    assert measure.heard_on == clock.today()
    assert measure.is_silent(clock.today() + timedelta(days=91))
    with pytest.raises(TransitionNotAllowed, match="déjà"):
        adopt(measure, actor=decider, unit=service)


def batch():
    from src.accountability.models import MeasureImport

    return MeasureImport.objects.create(source_name="x.csv", sha256="0" * 64, mapping="x", started_at=clock.now())


def test_a_silence_is_told_once_a_level_to_the_right_people(decider, service, direction):
    owner = AgentFactory(unit=service)
    correspondent = AgentFactory(roles=[(Role.IDEA_CORRESPONDENT, direction)])
    measure = MeasureFactory(unit=service, owner=owner, heard_days_ago=91)

    assert [remind_silent(clock.now()) for _again in range(2)] == [1, 0]
    drain_outbox()
    later = MeasureFactory(unit=service, owner=owner, heard_days_ago=106)
    assert remind_silent(clock.now()) == 2
    drain_outbox()

    told = InboxItem.objects.filter(code="accountability.silent").values_list("user_id", "context__reference")
    assert sorted(told) == sorted(
        [(owner.pk, measure.reference), (owner.pk, later.reference)]
        + [(person.pk, later.reference) for person in (decider, correspondent)]
    )
    assert MeasureReminder.objects.count() == 3


@pytest.mark.parametrize("who", ["stranger", "other direction", "assessor"])
def test_only_those_who_run_it_speak_for_it(measure, service, who):
    person = AgentFactory(unit=service)
    if who == "other direction":
        grant(person, Role.DECISION_MAKER, DirectionFactory())
    elif who == "assessor":
        grant(person, Role.INSTRUCTOR, service)

    for act in (
        lambda: give_news(measure, actor=person, text="La commande est passée lundi."),
        lambda: deliver(measure, actor=person, proof=PROOF),
        lambda: stop(measure, actor=person, reason="effet", text=WHY),
        lambda: publish(measure, actor=person, title="Un autre titre assez long", changes="Autre chose."),
        lambda: add_milestone(measure, actor=person, title="Commande", planned_on=clock.today()),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_its_owner_runs_it_but_does_not_stop_it(measure, service):
    owner = AgentFactory(unit=service)
    Measure.objects.filter(pk=measure.pk).update(owner=owner)
    measure.refresh_from_db()

    give_news(measure, actor=owner, text="La commande est passée lundi.")
    with pytest.raises(PermissionDenied):
        stop(measure, actor=owner, reason="effet", text=WHY)

    assert rules.can_run_measure(owner, measure) and not rules.can_stop_measure(owner, measure)
    drain_outbox()


# -------------------------------------------------------------------------------------------------------- milestones
def test_a_step_done_no_longer_changes(measure, decider):
    milestone = add_milestone(measure, actor=decider, title="Commande", planned_on=clock.today())
    other = add_milestone(measure, actor=decider, title="Pose", planned_on=clock.today())
    reach_milestone(milestone, actor=decider)
    move_milestone(
        other, actor=decider, planned_on=clock.today() + timedelta(days=9), text="Le fournisseur livre tard."
    )

    with pytest.raises(TransitionNotAllowed):
        move_milestone(milestone, actor=decider, planned_on=clock.today(), text="Une autre date convient mieux.")
    assert refused_by_the_database(lambda: Milestone.objects.filter(pk=milestone.pk).update(done_on=None))
    assert refused_by_the_database(lambda: Milestone.objects.filter(pk=milestone.pk).delete())
    assert measure.steps.filter(kind=StepKind.MILESTONE).count() == 3


# ----------------------------------------------------------------------------------------------------------- endings
def test_what_changes_nobody_s_day_is_confirmed_by_a_word_with_a_picture(decider, service, correspondent):
    measure = MeasureFactory(unit=service, changes_daily_work=False)
    with pytest.raises(ValidationError, match="photo|image"):
        deliver(measure, actor=decider, proof=PROOF)
    deliver(measure, actor=decider, proof=PROOF, photo=picture(), photo_alt="Les casiers posés")
    drain_outbox()
    told = InboxItem.objects.filter(code="accountability.to_confirm").values_list("user_id", flat=True)
    assert list(told) == [correspondent.pk]

    with pytest.raises(PermissionDenied):
        confirm_by_word(measure, actor=decider, text="Je les ai vus moi-même ce matin.")
    confirm_by_word(measure, actor=correspondent, text="Je les ai vus moi-même ce matin.")

    measure.refresh_from_db()
    assert (measure.status, measure.confirmation, measure.confirmed_by) == ("verified", "word", correspondent)
    drain_outbox()


def test_whoever_did_it_never_confirms_it_whatever_their_roles(service, decider):
    grant(decider, Role.IDEA_CORRESPONDENT, service)
    measure = MeasureFactory(unit=service, changes_daily_work=False)
    deliver(measure, actor=decider, proof=PROOF, photo=picture(), photo_alt="Les casiers posés")

    with pytest.raises(PermissionDenied):
        confirm_by_word(measure, actor=decider, text="Je les ai vus moi-même ce matin.")
    assert refused_by_the_database(
        lambda: Measure.objects.filter(pk=measure.pk).update(
            status="verified", verified_on=clock.today(), confirmation="word", confirmed_by=decider
        )
    )
    drain_outbox()


def test_what_changes_the_day_of_colleagues_takes_more_than_a_word(measure, decider, correspondent):
    for _colleague in range(8):
        AgentFactory(unit=measure.unit)
    measure.perimeter.add(measure.unit)
    deliver(measure, actor=decider, proof=PROOF)

    with pytest.raises(TransitionNotAllowed, match="tiré"):
        confirm_by_word(measure, actor=correspondent, text="Je les ai vus moi-même ce matin.")
    drain_outbox()


def test_what_was_not_finished_is_taken_up_again(measure, decider):
    say_done(measure, decider)
    take_up_again(measure, actor=decider, text="Il manque quatre clés au vestiaire nord.")

    measure.refresh_from_db()
    assert (measure.status, measure.delivered_on, measure.delivered_by) == ("works", None, None)
    assert list(measure.steps.values_list("kind", flat=True)) == [StepKind.BORN, StepKind.DELIVERED, StepKind.REOPENED]
    drain_outbox()


def test_a_stop_says_why_and_is_for_good(measure, decider):
    with pytest.raises(ValidationError):
        stop(measure, actor=decider, reason="effet", text="Trop cher.")
    with pytest.raises(ValidationError):
        stop(measure, actor=decider, reason="parce que", text=WHY)
    stop(measure, actor=decider, reason="effet", text=WHY)

    with pytest.raises(TransitionNotAllowed):
        give_news(measure, actor=decider, text="Finalement nous reprenons.")
    assert refused_by_the_database(lambda: Measure.objects.filter(pk=measure.pk).update(status="works"))
    drain_outbox()


def test_the_database_keeps_what_was_told(measure, decider):
    give_news(measure, actor=decider, text="La commande est passée lundi.")
    drain_outbox()

    assert refused_by_the_database(lambda: MeasureStep.objects.update(text="autre"))
    assert refused_by_the_database(lambda: ProgressNote.objects.update(text="autre"))
    assert refused_by_the_database(lambda: ProgressNote.objects.all().delete())
    assert refused_by_the_database(lambda: Measure.objects.all().delete())
    assert refused_by_the_database(lambda: Measure.objects.update(status="delivered"))
    assert refused_by_the_database(
        lambda: Measure.objects.update(status="verified", verified_on=clock.today(), confirmation="sample")
    )
    assert refused_by_the_database(lambda: MeasureFactory(status="verified"))
    assert refused_by_the_database(lambda: Measure.objects.update(status="stopped"))


def test_of_two_people_one_comes_second(measure, decider):
    stale = Measure.objects.get(pk=measure.pk)
    say_done(measure, decider)

    with pytest.raises(TransitionNotAllowed, match="à confirmer"):
        give_news(stale, actor=decider, text="La commande est passée lundi.")
    assert ProgressNote.objects.count() == 1
    drain_outbox()


def test_an_indicator_has_a_day_for_its_value(measure, decider):
    with pytest.raises(ValidationError):
        set_indicator(measure, actor=decider, name="Chutes au vestiaire", value=4)
    set_indicator(measure, actor=decider, name="Chutes au vestiaire", baseline=9, target=2)
    made = set_indicator(
        measure, actor=decider, name="Chutes au vestiaire", baseline=9, target=2, value=4, measured_on=clock.today()
    )

    assert (made.baseline, made.target, made.value) == (9, 2, 4)


def test_a_closed_unit_passes_its_measures_on(measure, service):
    other = UnitFactory(parent=DirectionFactory())
    close_unit(service, successor=other)

    measure.refresh_from_db()
    assert (measure.unit, measure.direction) == (other, other.direction)
    drain_outbox()


def test_every_status_has_its_place():
    from src.accountability.enums import ENDED, RUNNING

    assert {*RUNNING, *ENDED, MeasureStatus.DELIVERED} == set(MeasureStatus)
