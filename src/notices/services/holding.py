"""Very many people at once: held, looked at, then sent or cancelled by somebody."""

from collections.abc import Iterable
from itertools import chain, islice
from uuid import UUID

from django.conf import settings
from django.db import transaction

from src.foundations import clock, outbox

from ..enums import SendingState
from ..models import MassSending

TOPIC = "notices.mass"


def hold_if_many(notice, recipients: Iterable[int], handles: Iterable[UUID], context: dict, key: str):
    """Keep a message for more than ``TERRAIN_MASS_SENDING`` people until somebody decides.

    Answers None when it was held (or was before), else the recipients and the handles, to be told now. A duty is
    never held. Reads no more of the iterators than is needed to know.
    """
    most = settings.TERRAIN_MASS_SENDING
    if not most or not notice.mutable:
        return recipients, handles
    recipients, handles = iter(recipients), iter(handles)
    people = list(dict.fromkeys(islice(recipients, most + 1)))
    sealed = list(dict.fromkeys(islice(handles, most + 1)))
    if len(people) + len(sealed) <= most:
        return chain(people, recipients), chain(sealed, handles)
    people = list(dict.fromkeys(chain(people, recipients)))
    sealed = list(dict.fromkeys(chain(sealed, handles)))
    held = MassSending(
        code=notice.code,
        key=key,
        context=context,
        people=len(people) + len(sealed),
        recipients=people,
        handles=[str(handle) for handle in sealed],
        created_at=clock.now(),
    )
    MassSending.objects.bulk_create([held], ignore_conflicts=True)
    return None


@transaction.atomic
def send_mass(sending: MassSending, *, actor) -> bool:
    """Somebody looked and lets it leave; False when it was decided before. The relay tells people."""
    if not _decide(sending, SendingState.APPROVED, actor):
        return False
    outbox.emit(TOPIC, {"sending": sending.pk}, key=f"{TOPIC}:{sending.pk}")
    return True


def cancel_mass(sending: MassSending, *, actor) -> bool:
    """Somebody looked and nobody is told; its recipients are forgotten. False when it was decided before."""
    return _decide(sending, SendingState.CANCELLED, actor, recipients=[], handles=[])


def forget_recipients(sending: MassSending) -> None:
    """It left: who it was for is written in each inbox."""
    MassSending.objects.filter(pk=sending.pk).update(state=SendingState.SENT, recipients=[], handles=[])


def _decide(sending: MassSending, state: str, actor, **values) -> bool:
    held = MassSending.objects.filter(pk=sending.pk, state=SendingState.HELD)
    return bool(held.update(state=state, decided_at=clock.now(), decided_by=actor, **values))
