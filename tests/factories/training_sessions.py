"""Sessions of trainings for tests: a track with a half-day in a room, its trainer, its organiser."""

import uuid
from datetime import timedelta

from src.directory.enums import Role
from src.foundations import clock
from tests.factories import trainings
from tests.factories.directory import AgentFactory, UnitFactory
from trainings.sessions import services
from trainings.sessions.enums import Presence
from trainings.sessions.models import Session

KEY = str(uuid.uuid5(uuid.NAMESPACE_URL, "session"))


def module(half_days: int = 1, **more) -> dict:
    """A module followed in a session, as a file writes it."""
    return {
        "key": KEY,
        "kind": "session",
        "title": "Mises en situation",
        "minutes": 180 * half_days,
        "required": True,
        "done_when": "Ce module est terminé quand la feuille de présence est verrouillée.",
        "half_days": half_days,
        "blocks": [{"type": "text", "heading": "Sur place", "paragraphs": ["On joue des scènes."], "list": []}],
        **more,
    }


def halves(half_days: int = 1, *, days: int = 7) -> list[tuple]:
    """Half-days to come, three hours each, one a day."""
    begins = (clock.now() + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
    found = [begins + timedelta(days=number) for number in range(half_days)]
    return [(one, one + timedelta(hours=3)) for one in found]


def trainer(unit, **more):
    """Somebody who leads sessions of a branch."""
    return AgentFactory(unit=unit, roles=[(Role.TRAINER, unit)], **more)


def agents(unit, number: int, **more) -> list:
    """People who may book."""
    return [AgentFactory(unit=unit, **more) for _turn in range(number)]


def session(*, unit=None, version=None, half_days=1, capacity=2, days=7, lead=None, opened=True, **more) -> Session:
    """An open session (or one in preparation) of a track that has nothing but it."""
    unit = unit or UnitFactory()
    version = version or trainings.published([module(half_days)], title="Accueillir en vrai")
    lead = lead or trainer(unit)
    made = services.create(
        actor=lead,
        track=version.track,
        module=version.modules.with_content().get(kind="session"),
        unit=unit,
        slots=halves(half_days, days=days),
        title=more.pop("title", "Une demi-journée de mises en situation"),
        place="Salle des Tanneurs",
        trainer=lead,
        capacity=capacity,
    )
    return services.open_bookings(actor=lead, session=made) if opened else made


def confirmed(*people, **more) -> Session:
    """A confirmed session where these people have a seat."""
    made = session(**{"capacity": max(2, len(people)), **more})
    for one in people:
        services.book(actor=one, session=made)
    services.confirm(actor=made.trainer, session=made)
    return Session.objects.get(pk=made.pk)


def mark_all(made: Session, status=Presence.PRESENT, *, but=None) -> None:
    """Write everybody's presence at each half-day; ``but``: booking → status."""
    for slot in made.slots.all():
        for booking in made.bookings.seated():
            said = (but or {}).get(booking.agent_id, status)
            services.mark(actor=made.trainer, session=made, booking=booking, slot=slot, status=said)
