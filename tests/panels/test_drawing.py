"""A draw from its table to its certification: what is sealed stays, what is void stays listed, one is certified."""

import datetime
import json

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from panels import proof, vault
from panels.enums import Beacon, CallReason, CandidateState, DrawState, PanelState
from panels.frames import frame_of
from panels.models import Call, Candidate, CandidateProfile, CriterionValue, Draw, DrawTable, PoolFigures, Quota, Seat
from panels.services import candidates, drawing, preparing, quotas
from src.foundations import clock
from src.foundations.models import AuditEntry, JobRun
from src.foundations.runs import ask_cancel
from src.foundations.testing import drain_outbox
from tests.factories import panels as make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.leaves_effects("what guarantors are told is in test_telling"),
]
TOMORROW = datetime.timedelta(days=1)
PUBLIC = {"beacon": Beacon.PUBLIC_NUMBER, "beacon_name": "Tirage du Loto, premier tirage"}


def drawn(made, *, rows=100, **fields):
    found = drawing.prepare_draw(actor=made.organiser, panel=made.panel, rows=rows, **fields)
    drain_outbox()
    return Draw.objects.select_related("panel").get(pk=found.pk)


def sealed(made, **fields):
    found = drawn(made, **fields)
    return drawing.seal_draw(
        actor=made.organiser, draw=found, beacon_on=clock.today() + TOMORROW,
        no_chance_because="Les quotas fixés.", **PUBLIC,
    )  # fmt: skip


def revealed(made, *, value="7 12 23 31 45 6", **fields):
    found = sealed(made, **fields)
    with time_machine.travel(clock.now() + TOMORROW, tick=False):
        return drawing.reveal_draw(actor=made.organiser, draw=found, value=value)


def certified(made, **fields):
    found = revealed(made, **fields)
    with time_machine.travel(clock.now() + TOMORROW, tick=False):
        return drawing.certify_draw(
            actor=made.guarantor, draw=found, place="Hôtel de ville", witnesses=[("Paul Adda", "garant")]
        )


def test_a_job_makes_a_table_whose_every_panel_meets_every_quota():
    made = make.pooled(30, seats=6)
    found = drawn(made)
    run = JobRun.objects.get(pk=found.run_id)

    files = drawing.files_of(found)
    rows = proof.read_table(files["table"])
    profiles = {
        one.ticket: vault.opened(one.profile.ciphertext, vault.PROFILE)
        for one in Candidate.objects.select_related("profile")
    }
    homes = {one.ticket: one.household.digest for one in Candidate.objects.select_related("household")}
    assert (run.state, run.done, run.total, run.result) == ("done", 100, 100, {"rows": 100})
    assert (found.state, found.pool_size, len(rows)) == (DrawState.CHECKED, 30, 100)
    for row in rows:
        held = [profiles[ticket] for ticket in row]
        assert len(set(row)) == 6
        assert 2 <= sum(one["genre"] == make.WOMAN for one in held) <= 4
        assert sum(one["logement"] == make.SOCIAL for one in held) >= 1
        assert len({homes[ticket] for ticket in row}) == 6
    assert found.pool_root == proof.root_of(list(proof.read_leaves(files["leaves"]).values()))
    assert proof.read_quotas(files["quotas"])["quotas"][0]["source"] == "Recensement 2022"
    assert found.floor == min(sum(ticket in row for row in rows) for ticket in {t for row in rows for t in row})


def test_a_worker_that_died_and_another_that_runs_again_make_one_same_table():
    made = make.pooled(20, seats=4)
    found = drawing.prepare_draw(actor=made.organiser, panel=made.panel, rows=100)

    class Killed(BaseException):
        pass

    def die(done, total):
        if done >= 40:
            raise Killed

    with pytest.raises(Killed):
        drawing.make_table(draw=found, progress=die)
    assert (Draw.objects.get().state, DrawTable.objects.count()) == (DrawState.DRAFT, 0)
    first = drawing.make_table(draw=found)
    again = drawing.make_table(draw=found)
    drain_outbox()
    other = drawing.prepare_draw(actor=made.organiser, panel=made.panel, rows=100)
    drain_outbox()

    assert first.table_sha256 == again.table_sha256 == proof.seal_of(drawing.files_of(first)["table"])
    assert DrawTable.objects.count() == 2
    assert Draw.objects.get(pk=other.pk).seed != first.seed


def test_asked_to_stop_it_stops_between_two_panels_and_keeps_nothing():
    made = make.pooled(20, seats=4)
    found = drawing.prepare_draw(actor=made.organiser, panel=made.panel, rows=100)
    ask_cancel(found.run_id)
    drain_outbox()

    assert JobRun.objects.get(pk=found.run_id).state == "cancelled"
    assert (Draw.objects.get().state, DrawTable.objects.count()) == (DrawState.DRAFT, 0)
    drawing.make_again(actor=made.organiser, draw=found)
    drain_outbox()
    assert Draw.objects.get().state == DrawState.CHECKED


def test_quotas_that_nobody_can_meet_end_the_job_with_its_reason():
    made = make.pooled(6, seats=4)
    Quota.objects.filter(value__key=make.SOCIAL).update(minimum=4)
    found = drawing.prepare_draw(actor=made.organiser, panel=made.panel, rows=100)
    drain_outbox()

    run = JobRun.objects.get(pk=found.run_id)
    assert (run.state, Draw.objects.get().state) == ("failed", DrawState.DRAFT)
    assert "Infeasible" in run.error or "InvalidPool" in run.error


def test_a_seal_stands_for_everything_and_is_checked_by_nothing_else_than_its_manifest():
    made = make.pooled(20, seats=4)
    found = sealed(made)

    told = json.loads(found.manifest)
    files = drawing.files_of(found)
    assert found.seal == proof.seal_of(found.manifest.encode())
    assert told["leaves_sha256"] == proof.seal_of(files["leaves"])
    assert (told["panel"], told["draw"], told["people"], told["seats"], told["rows"]) == ("accueil", 1, 20, 4, 100)
    entry = AuditEntry.objects.get(verb="panels.draw_sealed")
    assert entry.payload == {"seal": found.seal}


def test_sealed_facts_the_pool_and_the_quotas_no_longer_change():
    made = make.pooled(20, seats=4)
    found = sealed(made)
    value = CriterionValue.objects.first()
    person = Candidate.objects.first()
    for change in (
        lambda: Draw.objects.update(manifest="{}"),
        lambda: Draw.objects.update(table_sha256="0" * 64),
        lambda: Draw.objects.update(beacon_on=clock.today()),
        lambda: Draw.objects.update(is_trial=True),
        lambda: Draw.objects.all().delete(),
        lambda: DrawTable.objects.update(table=b""),
        lambda: DrawTable.objects.all().delete(),
        lambda: Quota.objects.update(minimum=0),
        lambda: Quota.objects.all().delete(),
        lambda: CriterionValue.objects.create(criterion=value.criterion, key="autre", label="Autre"),
        lambda: made.lists["electeurs"].__class__.objects.update(seats=1),
        lambda: CandidateProfile.objects.filter(candidate=person).update(ciphertext=b"x"),
        lambda: type(made.panel).objects.update(seats=5),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    with pytest.raises(ValidationError, match="seal|scell"):
        quotas.change_quota(actor=made.organiser, quota=Quota.objects.first(), minimum=0, maximum=4)
    with pytest.raises(ValidationError):
        preparing.reopen_registration(
            actor=made.organiser, panel=made.panel, until=clock.today() + datetime.timedelta(days=35)
        )
    with pytest.raises(ValidationError):
        drawing.prepare_draw(actor=made.organiser, panel=made.panel, rows=100)

    found.refresh_from_db()
    assert found.seal == proof.seal_of(found.manifest.encode())


def test_the_database_refuses_a_state_out_of_turn_and_a_second_seal():
    made = make.pooled(20, seats=4)
    one, other = drawn(made), drawn(made)
    for state in (DrawState.REVEALED, DrawState.CERTIFIED, DrawState.DRAFT):
        with pytest.raises(IntegrityError), transaction.atomic():
            Draw.objects.filter(pk=one.pk).update(state=state)
    drawing.seal_draw(
        actor=made.organiser, draw=one, beacon_on=clock.today() + TOMORROW, no_chance_because="x", **PUBLIC
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        drawing.seal_draw(
            actor=made.organiser, draw=other, beacon_on=clock.today() + TOMORROW, no_chance_because="x", **PUBLIC
        )


def test_nobody_seals_after_the_beacon_nor_with_people_who_are_gone():
    made = make.pooled(20, seats=4)
    found = drawn(made)
    with pytest.raises(ValidationError) as today:
        drawing.seal_draw(actor=made.organiser, draw=found, beacon_on=clock.today(), **PUBLIC)
    with pytest.raises(PermissionDenied):
        drawing.seal_draw(actor=made.guarantor, draw=found, beacon_on=clock.today() + TOMORROW, **PUBLIC)
    with pytest.raises(ValidationError):
        drawing.seal_draw(
            actor=made.organiser, draw=found, beacon=Beacon.DICE, beacon_name="Trois dés",
            beacon_on=clock.today() + TOMORROW,
        )  # fmt: skip
    candidates.withdraw(candidate=Candidate.objects.in_pool().first())
    with pytest.raises(drawing.PoolMoved):
        drawing.seal_draw(
            actor=made.organiser, draw=found, beacon_on=clock.today() + TOMORROW, no_chance_because="x", **PUBLIC
        )

    assert "beacon_on" in today.value.message_dict


def test_where_somebody_cannot_be_drawn_the_reason_is_written_before_the_seal():
    made = make.pooled(20, seats=4)
    Quota.objects.filter(value__key=make.OWNER).update(maximum=0)
    found = drawn(made)
    with pytest.raises(ValidationError) as refused:
        drawing.seal_draw(actor=made.organiser, draw=found, beacon_on=clock.today() + TOMORROW, **PUBLIC)
    found = drawing.seal_draw(
        actor=made.organiser, draw=found, beacon_on=clock.today() + TOMORROW, no_chance_because="Décidé.", **PUBLIC
    )

    assert len(found.engine["without_chance"]) == 13
    assert set(refused.value.message_dict) == {"no_chance_because"}
    assert (found.state, found.no_chance_because) == (DrawState.SEALED, "Décidé.")


def test_the_row_follows_from_the_beacon_on_its_day_and_once():
    made = make.pooled(20, seats=4)
    found = sealed(made)
    with pytest.raises(ValidationError):
        drawing.reveal_draw(actor=made.organiser, draw=found, value="7 12 23 31 45 6")
    with time_machine.travel(clock.now() + TOMORROW, tick=False):
        with pytest.raises(ValidationError):
            drawing.reveal_draw(actor=made.organiser, draw=found, value="sept")
        with pytest.raises(PermissionDenied):
            drawing.reveal_draw(actor=made.facilitator, draw=found, value="7 12 23 31 45 6")
        told = drawing.reveal_draw(actor=made.guarantor, draw=found, value="7 12 23 31 45 6")
        with pytest.raises(ValidationError):
            drawing.reveal_draw(actor=made.organiser, draw=found, value="1 2 3")

    assert told.row == proof.row_of("public_number", "7 12 23 31 45 6", seal=found.seal, rows=100)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.update(row=told.row + 1)


def test_three_dice_give_the_row_of_a_table_of_a_thousand():
    made = make.pooled(12, seats=4)
    found = drawn(made, rows=1000)
    found = drawing.seal_draw(
        actor=made.organiser, draw=found, beacon=Beacon.DICE, beacon_name="Trois dés à dix faces",
        beacon_on=clock.today() + TOMORROW, no_chance_because="x",
    )  # fmt: skip
    with time_machine.travel(clock.now() + TOMORROW, tick=False):
        found = drawing.reveal_draw(actor=made.organiser, draw=found, value="042")

    assert found.row == 42


def test_certified_the_row_has_its_seats_the_others_the_sealed_order_and_everybody_drawn_a_call():
    made = make.pooled(20, seats=4)
    found = revealed(made)
    files = drawing.files_of(found)
    row = proof.read_table(files["table"])[found.row]
    order = proof.reserve_of(found.seed, found.row, proof.read_leaves(files["leaves"]), row)
    gone_of_row, gone_of_reserve = row[1], order[0]
    for ticket in (gone_of_row, gone_of_reserve):
        candidates.withdraw(candidate=Candidate.objects.get(ticket=ticket))
    with time_machine.travel(clock.now() + TOMORROW, tick=False):
        fields = {"draw": found, "place": "Hôtel de ville", "witnesses": [("Paul Adda", "garant")]}
        with pytest.raises(PermissionDenied):
            drawing.certify_draw(actor=made.organiser, **fields)
        with pytest.raises(ValidationError):
            drawing.certify_draw(actor=made.guarantor, **{**fields, "witnesses": []})
        found = drawing.certify_draw(actor=made.guarantor, **fields)
        with pytest.raises(ValidationError):
            drawing.certify_draw(actor=made.guarantor, **fields)

    made.again()
    seats = list(Seat.objects.select_related("holder", "left_by"))
    reserve = Candidate.objects.filter(state=CandidateState.RESERVE).order_by("reserve_rank")
    assert (made.panel.state, found.state) == (PanelState.DRAWN, DrawState.CERTIFIED)
    assert [(one.holder or one.left_by).ticket for one in seats] == list(row)
    assert [one.holder for one in seats].count(None) == 1
    assert (seats[1].left_by.ticket, seats[1].left_because) == (gone_of_row, "withdrew")
    assert [one.ticket for one in reserve] == order[1:]
    assert [one.reserve_rank for one in reserve] == list(range(2, len(order) + 1))
    assert set(Call.objects.values_list("candidate__ticket", "reason")) == {
        (ticket, CallReason.CONFIRM) for ticket in row if ticket != gone_of_row
    }
    assert proof.read_certification(found.certification.encode())["row"] == found.row
    assert PoolFigures.objects.get().content["registered"] == 20
    with pytest.raises(IntegrityError), transaction.atomic():
        PoolFigures.objects.update(content={})


def test_a_void_draw_stays_listed_with_its_reason_and_another_may_follow():
    made = make.pooled(20, seats=4)
    found = sealed(made)
    with pytest.raises(ValidationError):
        drawing.void_draw(actor=made.guarantor, draw=found, because="  ")
    with pytest.raises(PermissionDenied):
        drawing.void_draw(actor=made.facilitator, draw=found, because="Le dé est tombé.")
    void = drawing.void_draw(actor=made.guarantor, draw=found, because="La balise n'a pas été publiée.")
    with pytest.raises(ValidationError):
        drawing.void_draw(actor=made.guarantor, draw=void, because="Encore.")
    following = sealed(made)

    assert [(one.number, one.state) for one in Draw.objects.all()] == [(1, DrawState.VOID), (2, DrawState.SEALED)]
    assert following.seed != void.seed
    assert json.loads(void.void_record)["previous"] == found.seal
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.filter(pk=void.pk).update(void_because="Autre chose")


def test_a_certified_draw_is_never_void_nor_followed():
    made = make.pooled(12, seats=4)
    found = certified(made)
    with pytest.raises(ValidationError):
        drawing.void_draw(actor=made.guarantor, draw=found, because="Trop tard.")
    with pytest.raises(ValidationError):
        drawing.prepare_draw(actor=made.organiser, panel=made.again(), rows=100)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.filter(pk=found.pk).update(state=DrawState.VOID, void_because="x", voided_at=clock.now())


def test_a_trial_is_counted_is_made_on_others_profiles_and_is_never_sealed():
    made = make.recruiting(seats=4)
    made.registered(20)
    trial = drawn(made, is_trial=True)
    with pytest.raises(ValidationError):
        drawing.seal_draw(
            actor=made.organiser, draw=trial, beacon_on=clock.today() + TOMORROW, no_chance_because="x", **PUBLIC
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.update(
            state=DrawState.SEALED, seal="x", manifest="x", beacon="dice", beacon_on=clock.today(),
            sealed_at=clock.now(),
        )  # fmt: skip

    real = {ticket: values for ticket, values, _home in drawing.people_of(made.panel)}
    mixed = {ticket: values for ticket, values, _home in frame_of(trial).people}
    assert real.keys() == mixed.keys() and real != mixed
    assert sorted(map(str, real.values())) == sorted(map(str, mixed.values()))
    assert Draw.objects.visible_to(None).count() == 0


def test_guarantors_alone_read_the_profiles_of_a_sealed_pool_and_it_is_written():
    made = make.pooled(12, seats=4)
    found = sealed(made)
    for actor in (made.organiser, made.facilitator, made.keeper, made.administrator):
        with pytest.raises(PermissionDenied):
            drawing.profiles_for_guarantors(actor=actor, draw=found, reason="Contrôle")
    content = drawing.profiles_for_guarantors(actor=made.guarantor, draw=found, reason="Contrôle sur place")

    entries = proof.read_profiles(content)
    assert proof.root_of([proof.leaf_of(one) for one in entries]) == found.pool_root
    line = AuditEntry.objects.get(verb="panels.profile_read")
    assert line.payload == {"reason": "Contrôle sur place", "count": 12}
