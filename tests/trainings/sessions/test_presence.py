"""Presence by half-day, the rotating code, the locked sheet, and what follows for the module and the ledger."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from src.foundations.testing import drain_outbox
from tests.factories import training_sessions as made
from tests.factories import trainings
from tests.factories.directory import AgentFactory, UnitFactory
from trainings.learning.enums import DoneHow
from trainings.learning.models import Enrolment, ModuleProgress
from trainings.learning.services import enrol
from trainings.ledger.models import Completion, CompletionRevocation
from trainings.sessions import services
from trainings.sessions.enums import MarkMethod, Presence
from trainings.sessions.models import AttendanceMark, AttendanceSheet, Booking, Session, SheetAmendment
from trainings.sessions.services import presence, sheets
from trainings.sessions.services.holding import MovedOn

pytestmark = [pytest.mark.django_db, pytest.mark.files]


@pytest.fixture
def unit():
    return UnitFactory()


def fresh(session) -> Session:
    return Session.objects.select_related("trainer", "track", "unit").get(pk=session.pk)


def at(moment):
    return time_machine.travel(moment, tick=False)


def during(session, number=1):
    return at(session.slots.get(number=number).starts_at + timedelta(minutes=5))


def test_a_code_holds_for_its_minute_and_the_one_before(unit):
    agent = AgentFactory(unit=unit)
    session = made.confirmed(agent, unit=unit)
    drain_outbox()
    slot, booking = session.slots.get(), Booking.objects.get(agent=agent)
    begins = slot.starts_at.replace(second=0)

    with at(begins):
        code = presence.room_code(actor=session.trainer, session=fresh(session), slot=slot)
        assert presence.seconds_left() == 60
        with pytest.raises(ValidationError):
            services.sign_in(booking=booking, code="000000" if code != "000000" else "111111")
        with pytest.raises(PermissionDenied):
            presence.room_code(actor=agent, session=fresh(session), slot=slot)
    with at(begins + timedelta(seconds=120)), pytest.raises(ValidationError):
        services.sign_in(booking=booking, code=code)
    with at(begins + timedelta(seconds=119)):
        first = services.sign_in(booking=booking, code=f"{code[:3]} {code[3:]}")
        assert services.sign_in(booking=booking, code=code).pk == first.pk
    assert (first.status, first.method, first.by) == ("present", "room_qr", None)
    assert fresh(session).is_held
    with at(slot.ends_at + timedelta(hours=2)), pytest.raises(MovedOn):
        services.sign_in(booking=booking, code=code)


def test_one_tap_another_and_undo(unit):
    agent = AgentFactory(unit=unit)
    session = made.confirmed(agent, unit=unit)
    drain_outbox()
    slot, booking = session.slots.get(), Booking.objects.get(agent=agent)
    told = {"actor": session.trainer, "session": session, "booking": booking, "slot": slot}

    with pytest.raises(MovedOn):
        services.mark(**told, status=Presence.PRESENT)
    with during(session):
        services.mark(**told, status=Presence.ABSENT)
        with pytest.raises(MovedOn):
            code = presence.room_code(actor=session.trainer, session=fresh(session), slot=slot)
            services.sign_in(booking=booking, code=code)
        services.mark(**told, status=Presence.LATE, method=MarkMethod.PAPER)
        assert AttendanceMark.objects.get().status == "late"
        assert services.clear(actor=session.trainer, session=session, booking=booking, slot=slot)
        assert not services.clear(actor=session.trainer, session=session, booking=booking, slot=slot)
        with pytest.raises(PermissionDenied):
            services.mark(**{**told, "actor": made.trainer(unit)}, status=Presence.PRESENT)


def test_a_module_is_finished_by_every_half_day_and_excused_is_not_present(unit):
    there, late, excused, absent = made.agents(unit, 4)
    session = made.confirmed(there, late, excused, absent, unit=unit, half_days=2)
    drain_outbox()
    first, second = session.slots.order_by("number")
    said = {
        there: (Presence.PRESENT, Presence.PRESENT), late: (Presence.LATE, Presence.PRESENT),
        excused: (Presence.PRESENT, Presence.EXCUSED), absent: (Presence.PRESENT, Presence.ABSENT),
    }  # fmt: skip
    with during(session, 2):
        for agent, both in said.items():
            for slot, status in zip((first, second), both, strict=True):
                services.mark(
                    actor=session.trainer, session=session, booking=Booking.objects.get(agent=agent), slot=slot,
                    status=status,
                )  # fmt: skip
        assert not Completion.objects.exists()
        sheet = services.lock(actor=session.trainer, session=fresh(session))

    assert {one.agent_id: one.method for one in Completion.objects.all()} == {
        there.pk: "in_person", late.pk: "in_person",
    }  # fmt: skip
    row = Completion.objects.get(agent=there)
    assert {"kind": "attendance_sheet", "ref": sheet.reference, "sha256": sheet.sha256} in row.evidence
    assert fresh(session).is_closed and sheets.intact(AttendanceSheet.objects.get())
    assert Enrolment.objects.get(agent=excused).is_open
    drain_outbox()


def test_a_session_beside_a_lesson_is_blended(unit):
    version = trainings.published([trainings.lesson(), made.module()], title="Mixte")
    agent = AgentFactory(unit=unit)
    session = made.confirmed(agent, unit=unit, version=version)
    drain_outbox()
    with during(session):
        made.mark_all(session)
        services.lock(actor=session.trainer, session=fresh(session))
    enrolment = Enrolment.objects.get()
    assert enrolment.is_open and ModuleProgress.objects.get().done_how == DoneHow.ATTENDED
    from trainings.learning.services import answer_check, finish

    lesson = version.modules.with_content().get(kind="lesson")
    with at(session.ends_at + timedelta(days=1)):
        answer_check(actor=agent, enrolment=enrolment, module=lesson, place=1, choice=0)
        finish(actor=agent, enrolment=enrolment, module=lesson)
    assert Completion.objects.get().method == "blended"
    drain_outbox()


def test_what_is_not_written_keeps_the_sheet_open(unit):
    one, other = made.agents(unit, 2)
    session = made.confirmed(one, other, unit=unit)
    drain_outbox()
    with pytest.raises(MovedOn):
        services.lock(actor=session.trainer, session=session)
    with during(session):
        services.mark(
            actor=session.trainer, session=session, booking=Booking.objects.get(agent=one), slot=session.slots.get(),
            status=Presence.PRESENT,
        )  # fmt: skip
        with pytest.raises(MovedOn):
            services.lock(actor=session.trainer, session=fresh(session))
        assert presence.mark_rest_absent(actor=session.trainer, session=session, slot=session.slots.get()) == 1
        with pytest.raises(PermissionDenied):
            services.lock(actor=one, session=fresh(session))
        with pytest.raises(ValidationError):
            services.lock(
                actor=session.trainer, session=fresh(session), scan=SimpleUploadedFile("scan.pdf", b"pas un pdf")
            )
        services.lock(actor=session.trainer, session=fresh(session))
    drain_outbox()


@pytest.fixture
def locked(unit):
    agent = AgentFactory(unit=unit)
    session = made.confirmed(agent, unit=unit)
    with during(session):
        made.mark_all(session)
        sheet = services.lock(actor=session.trainer, session=fresh(session))
    drain_outbox()
    return sheet


def test_a_locked_sheet_never_changes(locked):
    mark = AttendanceMark.objects.get()
    refused = [
        lambda: AttendanceMark.objects.filter(pk=mark.pk).update(status="absent"),
        lambda: AttendanceMark.objects.filter(pk=mark.pk).delete(),
        lambda: AttendanceSheet.objects.filter(pk=locked.pk).update(sha256="0" * 64),
        lambda: AttendanceSheet.objects.filter(pk=locked.pk).delete(),
        lambda: Session.objects.filter(pk=locked.session_id).update(capacity=9),
    ]
    for act in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    with pytest.raises(MovedOn):
        services.mark(
            actor=locked.session.trainer, session=locked.session, booking=mark.booking, slot=mark.slot,
            status=Presence.ABSENT,
        )  # fmt: skip


def test_a_file_changed_on_the_disk_is_seen(locked):
    assert sheets.intact(locked)
    with open(locked.file.path, "ab") as opened:
        opened.write(b"x")
    assert not sheets.intact(AttendanceSheet.objects.get())


def test_an_amendment_has_its_author_and_its_reason_and_the_module_follows(locked):
    agent, lead = Booking.objects.get().agent, locked.session.trainer
    booking, slot = Booking.objects.get(), locked.session.slots.get()
    line = {"sheet": locked, "booking": booking, "slot": slot}
    with at(locked.locked_at + timedelta(days=1)):
        with pytest.raises(ValidationError):
            services.amend(**line, actor=lead, becomes=Presence.ABSENT, reason=" ")
        with pytest.raises(ValidationError):
            services.amend(**line, actor=lead, becomes=Presence.PRESENT, reason="Rien ne change.")
        with pytest.raises(PermissionDenied):
            services.amend(**line, actor=agent, becomes=Presence.ABSENT, reason="Je n’y étais pas.")
        row = services.amend(**line, actor=lead, becomes=Presence.ABSENT, reason="Signature d’une autre personne.")

        assert (row.was, row.becomes, row.author_id) == ("present", "absent", lead.pk)
        assert AttendanceMark.objects.get().status == "present"
        assert CompletionRevocation.objects.get().reason == "Signature d’une autre personne."
        for act in (
            lambda: SheetAmendment.objects.filter(pk=row.pk).update(reason="Autre"),
            lambda: SheetAmendment.objects.filter(pk=row.pk).delete(),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                act()
        services.amend(**line, actor=lead, becomes=Presence.LATE, reason="Vérifié : c’était bien elle.")
    assert Completion.objects.filter(agent=agent, revocation__isnull=True).count() == 1
    drain_outbox()


def test_absent_then_amended_to_present_finishes_the_module(unit):
    agent = AgentFactory(unit=unit)
    session = made.confirmed(agent, unit=unit)
    with during(session):
        made.mark_all(session, Presence.EXCUSED)
        sheet = services.lock(actor=session.trainer, session=fresh(session))
        assert not Completion.objects.exists()
        line = {"sheet": sheet, "booking": Booking.objects.get(), "slot": session.slots.get()}
        services.amend(**line, actor=session.trainer, becomes=Presence.PRESENT, reason="Oublié sur la feuille.")
    assert Completion.objects.get().agent_id == agent.pk
    drain_outbox()


def test_the_scan_is_added_once(locked, pdf):
    services.add_scan(actor=locked.session.trainer, sheet=locked, scan=pdf())
    found = AttendanceSheet.objects.get()
    assert found.scan and len(found.scan_sha256) == 64 and sheets.intact(found)
    with pytest.raises(MovedOn):
        services.add_scan(actor=locked.session.trainer, sheet=locked, scan=pdf())


@pytest.fixture
def pdf():
    import io

    import pypdf

    def make():
        writer, out = pypdf.PdfWriter(), io.BytesIO()
        writer.add_blank_page(200, 200)
        writer.write(out)
        return SimpleUploadedFile("feuille.pdf", out.getvalue(), content_type="application/pdf")

    return make


def test_a_session_is_the_human_route_of_a_quiz(unit):
    version = trainings.published([trainings.quiz(trainings.bank(), max_attempts=1)], title="Avec un quiz")
    stuck, free = made.agents(unit, 2)
    lead = made.trainer(unit)
    quiz = version.modules.with_content().get()
    session = services.create(
        actor=lead, track=version.track, module=quiz, unit=unit, slots=made.halves(), title="Revoir le quiz",
        place="Salle 2", trainer=lead, capacity=5,
    )  # fmt: skip
    services.open_bookings(actor=lead, session=session)
    for one in (stuck, free):
        services.book(actor=one, session=session)
    from trainings.learning.services import begin_attempt, submit_attempt

    attempt = begin_attempt(actor=stuck, enrolment=Enrolment.objects.get(agent=stuck), module=quiz)
    submit_attempt(actor=stuck, attempt=attempt, answers={pk: 1 for pk in attempt.revision_ids})
    services.confirm(actor=lead, session=session)
    with during(session):
        made.mark_all(fresh(session))
        services.lock(actor=lead, session=fresh(session))

    assert [one.agent_id for one in Completion.objects.all()] == [stuck.pk]
    assert ModuleProgress.objects.get(enrolment__agent=stuck).done_how == DoneHow.TOGETHER
    drain_outbox()


def test_who_follows_an_older_version_finishes_theirs(unit):
    version = trainings.published([made.module()], title="En deux versions")
    agent = AgentFactory(unit=unit)
    enrol(actor=agent, track=version.track)
    trainings.republished(version, [made.module(title="Mises en situation, revues")])
    session = made.confirmed(agent, unit=unit, version=version)
    with during(session):
        made.mark_all(session)
        services.lock(actor=session.trainer, session=fresh(session))
    assert Completion.objects.get().version_id == version.pk
    drain_outbox()


def test_a_number_stays_when_an_account_is_erased(locked):
    from trainings.sessions.personal_data import _erase_bookings

    agent = Booking.objects.get().agent
    assert _erase_bookings(agent) == 0 and Booking.objects.count() == 1
