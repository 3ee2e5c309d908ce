"""Who is reminded of an answer owed, level after level, whatever it is owed to: worked out by the relay.

A kind of subject words its reminders itself (``registry.on_escalated``), or says what the answer is owed to
(``registry.register_owed_words``) and the common ones are sent.
"""

from django.db.models import Q

from src.directory.enums import Role, UnitKind
from src.directory.models import Unit
from src.directory.selectors import acting, nearest
from src.foundations import clock
from src.notices.services import send

from . import registry
from .models import ResponseOwed
from .services.escalation import CORRESPONDENT, DIRECTION, OWNER

DUE_SOON, OVERDUE = "accountability.due_soon", "accountability.overdue"


def tell_escalated(owed_pk: int, level: int) -> None:
    """Remind of one debt at one level; nothing once it is answered. Safe twice: each is told once a level."""
    owed = ResponseOwed.objects.select_related("unit").filter(pk=owed_pk).first()
    if owed is None or not owed.is_open:
        return
    tell = registry.escalation_of(owed.subject_kind)
    if tell is not None:
        tell(owed_pk, level)
        return
    today = clock.today()
    words = registry.owed_words(owed.subject_kind, owed.subject_reference)
    if words is None or (level == OWNER and owed.is_late(today)):
        # Found late by a tick that had stopped: the reminder of the day before would be false.
        return
    promised = owed.promised(today)
    send(
        DUE_SOON if level == OWNER else OVERDUE,
        recipients=responsible(owed, level),
        context={
            "reference": owed.subject_reference,
            "title": words.title,
            "url": words.url,
            "unit": owed.unit.name,
            "promised": promised.isoformat(),
        },
        key=f"owed:{owed_pk}:{promised.isoformat()}:{level}",
    )


def responsible(owed: ResponseOwed, level: int) -> list[int]:
    """Accounts told at a level: who answers, then the correspondents, the direction, who decides for the whole city.

    Without an owner, the nearest person who decides for the unit is the one who answers. Where nobody holds a role,
    who decides is told: a reminder reaches somebody.
    """
    unit = owed.unit
    deciders = nearest(Role.DECISION_MAKER, unit)
    if level == OWNER:
        if owed.owner_id:
            return [owed.owner_id]
        people = [*deciders, *nearest(Role.IDEA_CORRESPONDENT, unit)]
    elif level == CORRESPONDENT:
        people = nearest(Role.IDEA_CORRESPONDENT, unit) or deciders
    elif level == DIRECTION:
        people = [*nearest(Role.DELEGATE, unit), *nearest(Role.DECISION_MAKER, unit.direction or unit)]
    else:
        city = Unit.objects.filter(Q(parent__isnull=True, kind=UnitKind.CITY)).first()
        people = (acting(Role.DECISION_MAKER, city) if city else []) or deciders
    return sorted({one.pk for one in people})
