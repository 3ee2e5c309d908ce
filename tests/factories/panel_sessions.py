"""Sessions for tests: announced for tomorrow, taking place now, held."""

import datetime

import time_machine

from panels.sessions.enums import ItemKind, Proposer, Stance
from panels.sessions.models import Document, Hearing, Session
from panels.sessions.services import documents, hearing, planning, tables
from src.foundations import clock
from src.foundations.testing import drain_outbox

from . import panels


def working(count: int = 20, **fields) -> panels.Made:
    """A panel at work, whose members sat before any session."""
    return panels.working(count, **fields)


def prepared(made: panels.Made, *, days: int = 1, title: str = "Comprendre l’accueil", **fields) -> Session:
    """A session in preparation, from 9:30 to 16:30, so many days from now, with a moment on its agenda."""
    day = clock.today() + datetime.timedelta(days=days)
    at = clock.start_of_day(day)
    said = {
        "starts_at": at + datetime.timedelta(hours=9, minutes=30),
        "ends_at": at + datetime.timedelta(hours=16, minutes=30),
        "place": "Salle des Tanneurs",
        **fields,
    }
    found = planning.prepare_session(actor=made.facilitator, panel=made.panel, title=title, **said)
    planning.add_item(
        actor=made.facilitator,
        session=found,
        at=datetime.time(9, 30),
        title="Accueil",
        kind=ItemKind.WELCOME,
        words="Un café, puis le tour de la salle.",
    )
    return found


def announced(made: panels.Made, **fields) -> Session:
    """A session that members know of."""
    found = planning.announce(actor=made.facilitator, session=prepared(made, **fields))
    drain_outbox()
    return found


def during(session: Session, *, hours: float = 1):
    """Live the session, so many hours after it began."""
    return time_machine.travel(session.starts_at + datetime.timedelta(hours=hours), tick=False)


def after(session: Session, *, days: int = 1):
    """Live some days after it."""
    return time_machine.travel(session.ends_at + datetime.timedelta(days=days), tick=False)


def held(made: panels.Made, **fields) -> Session:
    """A session that took place, seen from its last hour: use ``after`` around what follows."""
    found = announced(made, **fields)
    with during(found):
        return planning.mark_held(actor=made.facilitator, session=found)


def heard(made: panels.Made, session: Session, **declared) -> Hearing:
    """Somebody heard at a session."""
    said = {
        "name": "Lise Arnoux",
        "quality": "Guichetière depuis vingt ans",
        "stance": Stance.FOR,
        "interests": "aucun",
        "proposed_by": Proposer.ORGANISERS,
        **declared,
    }
    return hearing.plan_hearing(actor=made.facilitator, session=session, **said)


def document(made: panels.Made, **fields) -> Document:
    """A document of words alone."""
    said = {
        "title": "L’accueil en deux pages",
        "source": "Direction de l’accueil",
        "words": "Huit guichets, trois mairies, une heure d’attente le lundi.",
        **fields,
    }
    return documents.add_document(actor=made.facilitator, panel=made.panel, **said)


def everything(made: panels.Made) -> dict[str, str]:
    """A session announced, a document, somebody heard, a request of a member: what fills the addresses of a panel."""
    session = announced(made)
    tables.set_tables(actor=made.facilitator, session=session, rounds=2, seats=4, offers={})
    asked = hearing.ask_to_hear(membership=made.members()[1], who="Une locataire", reason="Elle a renoncé.")
    return {
        "session": session.reference,
        "document": document(made, session=session).reference,
        "hearing": heard(made, session).reference,
        "asked": asked.reference,
        "key": session.reference,
    }
