"""The demo city's sessions: one open, one full with a waiting list, one held with its sheet, one cancelled."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone, translation

from src.directory.models import Unit, User
from src.foundations import clock
from trainings.models import Track, TrackVersion
from trainings.services.demo import load

from ..enums import Presence
from ..models import Booking, Session
from .booking import book, invite
from .planning import cancel, confirm, create, open_bookings
from .presence import mark
from .sheets import amend, lock

FILE = Path(__file__).parents[1] / "demo_content" / "mises-en-situation.json"
TANNEURS, QUAIS = (
    "Salle des Tanneurs, 3 quai du Halage, rez-de-chaussée",
    "Mairie de quartier des Quais, salle Rosa-Parks",
)
HELD = (
    ("agent2", Presence.PRESENT),
    ("correspondant", Presence.LATE),
    ("mentor", Presence.EXCUSED),
    ("moderation", Presence.ABSENT),
)


def load_sessions() -> None:
    """Publish the half-day in a room and live its sessions; run twice, it changes nothing."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    if Track.objects.filter(slug=told["slug"]).exists():
        return
    with translation.override("fr"):
        with clock.told_as(clock.now() - timedelta(days=45)):
            version = load(told, actor=User.objects.filter(username="admin").first())
        people = {one.username: one for one in User.objects.select_related("current_affectation__unit")}
        _held(version, people)
        _cancelled(version, people)
        _full(version, people)
        _open(version, people)


def _session(version: TrackVersion, people, *, days: int, hour: int, place: str, capacity: int, ago: int) -> Session:
    """A session ``days`` from now, opened ``ago`` days ago."""
    starts = _at(days, hour)
    lead = people["formation"]
    with clock.told_as(clock.now() - timedelta(days=ago)):
        made = create(
            actor=people["rh"],
            track=version.track,
            module=version.modules.get(),
            unit=Unit.objects.get(code="RES-PER"),
            slots=[(starts, starts + timedelta(hours=3))],
            title="Une demi-journée de mises en situation",
            place=place,
            trainer=lead,
            capacity=capacity,
        )
        return open_bookings(actor=people["rh"], session=made)


def _at(days: int, hour: int) -> datetime:
    """An hour of a working day, near ``days`` from today."""
    day = clock.today() + timedelta(days=days)
    while not clock.is_working_day(day):
        day += timedelta(days=1 if days > 0 else -1)
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def _take(session: Session, people, names, *, ago: int) -> None:
    for turn, name in enumerate(names):
        with clock.told_as(clock.now() - timedelta(days=ago) + timedelta(minutes=turn)):
            book(actor=people[name], session=session)


def _held(version, people) -> None:
    """Held and locked; somebody written absent had signed on another line."""
    session = _session(version, people, days=-14, hour=9, place=TANNEURS, capacity=12, ago=40)
    lead = people["formation"]
    _take(session, people, [name for name, _status in HELD], ago=35)
    with clock.told_as(clock.now() - timedelta(days=30)):
        confirm(actor=people["rh"], session=session)
    slot = session.slots.get()
    for turn, (name, status) in enumerate(HELD):
        with clock.told_as(slot.starts_at + timedelta(minutes=turn)):
            booking = Booking.objects.get(session=session, agent=people[name])
            mark(actor=lead, session=session, booking=booking, slot=slot, status=status)
    with clock.told_as(slot.ends_at + timedelta(minutes=5)):
        sheet = lock(actor=lead, session=Session.objects.get(pk=session.pk))
    with clock.told_as(slot.ends_at + timedelta(days=1)):
        amend(
            actor=lead,
            sheet=sheet,
            booking=Booking.objects.get(session=session, agent=people["moderation"]),
            slot=slot,
            becomes=Presence.PRESENT,
            reason="Signature retrouvée au verso de la feuille papier.",
        )


def _cancelled(version, people) -> None:
    session = _session(version, people, days=5, hour=14, place=QUAIS, capacity=12, ago=20)
    _take(session, people, ["instructeur"], ago=15)
    with clock.told_as(clock.now() - timedelta(days=3)):
        confirm(actor=people["rh"], session=session)
    with clock.told_as(clock.now() - timedelta(days=1)):
        cancel(actor=people["rh"], session=session, because="La salle est prise par le bureau de vote.")


def _full(version, people) -> None:
    """Four seats, one on paper, two people who wait."""
    session = _session(version, people, days=10, hour=9, place=TANNEURS, capacity=4, ago=20)
    names = ["agent", "egalite", "encadrement", "facilitation", "mentor", "instructeur2"]
    _take(session, people, names, ago=12)
    with clock.told_as(clock.now() - timedelta(days=2)):
        confirm(actor=people["rh"], session=session)


def _open(version, people) -> None:
    """Seats left, one person invited."""
    session = _session(version, people, days=24, hour=9, place=QUAIS, capacity=12, ago=6)
    _take(session, people, ["decideur2", "jury"], ago=5)
    with clock.told_as(clock.now() - timedelta(days=4)):
        invite(actor=people["rh"], session=session, names=["edition"])
