"""At the same moment: a code typed several times, a sheet locked several times, its scan sent several times."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from src.foundations.testing import forget_effects
from tests.factories import training_sessions as made
from tests.factories.directory import AgentFactory, UnitFactory
from tests.trainings.sessions.test_bookings import in_threads
from trainings.sessions import services
from trainings.sessions.enums import MarkMethod
from trainings.sessions.models import AttendanceMark, AttendanceSheet, Booking, Session
from trainings.sessions.services import presence, sheets
from trainings.sessions.services.holding import MovedOn

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.files]
TOGETHER = 6


def photo(number: int) -> SimpleUploadedFile:
    """A scan unlike the others."""
    held = io.BytesIO()
    Image.new("RGB", (40, 40), (number * 30, 90, 90)).save(held, "PNG")
    return SimpleUploadedFile(f"scan-{number}.png", held.getvalue(), "image/png")


def refused(found) -> list:
    """What was refused in words; anything else that broke is raised."""
    broken = [one for one in found if isinstance(one, Exception) and not isinstance(one, MovedOn)]
    assert broken == []
    return [one for one in found if isinstance(one, MovedOn)]


@pytest.fixture
def ready():
    """A session in its half-day, with two people; nothing is written yet."""
    unit = UnitFactory()
    people = [AgentFactory(unit=unit), AgentFactory(unit=unit)]
    session = made.confirmed(*people, unit=unit)
    forget_effects()
    with time_machine.travel(session.slots.get().starts_at.replace(second=0) + timedelta(minutes=5), tick=False):
        yield Session.objects.select_related("trainer", "unit", "track").get(pk=session.pk), people
    forget_effects()


def test_a_code_typed_on_a_tablet_and_a_telephone_at_once_is_one_presence(ready):
    session, people = ready
    slot = session.slots.get()
    code = presence.room_code(actor=session.trainer, session=session, slot=slot)
    bookings = [Booking.objects.get(agent=one) for one in people]
    ways = [MarkMethod.KIOSK, MarkMethod.ROOM_QR]

    found = in_threads(
        [
            lambda one=one, way=way: services.sign_in(booking=one, code=code, method=way)
            for _turn in range(TOGETHER // 2)
            for one in bookings
            for way in ways
        ]
    )

    assert refused(found) == []
    assert AttendanceMark.objects.count() == 2
    assert {one.pk for one in found} == set(AttendanceMark.objects.values_list("pk", flat=True))
    assert Session.objects.get().state == "held"


def test_a_sheet_locked_several_times_at_once_is_one_sheet_of_its_own_scan(ready):
    session, _people = ready
    made.mark_all(session)

    found = in_threads(
        [lambda n=n: sheets.lock(actor=session.trainer, session=session, scan=photo(n)) for n in range(TOGETHER)]
    )

    (sheet,) = AttendanceSheet.objects.all()
    assert len(refused(found)) == TOGETHER - 1
    assert sheets.intact(sheet) and sheet.scan_sha256 != sheet.sha256
    assert Session.objects.get().state == "closed"


def test_a_scan_sent_several_times_at_once_is_kept_once(ready):
    session, _people = ready
    made.mark_all(session)
    sheet = sheets.lock(actor=session.trainer, session=session)

    found = in_threads(
        [lambda n=n: sheets.add_scan(actor=session.trainer, sheet=sheet, scan=photo(n)) for n in range(TOGETHER)]
    )

    assert len(refused(found)) == TOGETHER - 1
    kept = AttendanceSheet.objects.get()
    assert kept.scan and sheets.intact(kept) and kept.sha256 == sheet.sha256
