"""Asking to be erased, taking it back, and the erasure itself on its day."""

import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from src.foundations import clock, journal
from src.foundations.outbox import describe_error

from .. import blocking, effects
from ..models import ErasureRequest
from . import files, sessions


def open_request(person) -> ErasureRequest | None:
    """The request that waits for its day, if there is one."""
    return ErasureRequest.objects.filter(person=person, done_at=None, taken_back_at=None).first()


@transaction.atomic
def ask_erasure(person) -> ErasureRequest:
    """Write the request, done by itself after ``TERRAIN_ERASURE_DAYS``; asked twice, the first one stands.

    Refuses with ValidationError while something must be handed over. The journal keeps that it was asked.
    """
    if waiting := open_request(person):
        return waiting
    if reasons := blocking.reasons_for(person):
        raise ValidationError(reasons)
    now = clock.now()
    due = now + datetime.timedelta(days=settings.TERRAIN_ERASURE_DAYS)
    try:
        with transaction.atomic():
            request = ErasureRequest.objects.create(person=person, asked_at=now, due_at=due)
    except IntegrityError:
        # Another tab was first.
        return open_request(person)
    journal.record("rights.erasure_asked", actor=person, object_ref=f"erasure:{request.reference}")
    return request


@transaction.atomic
def take_back(person) -> bool:
    """Nothing will be erased; False when nothing waited, or when it is done."""
    request = open_request(person)
    if request is None:
        return False
    held = ErasureRequest.objects.filter(pk=request.pk, done_at=None, taken_back_at=None)
    if not held.update(taken_back_at=clock.now()):
        return False
    journal.record("rights.erasure_taken_back", actor=person, object_ref=f"erasure:{request.reference}")
    return True


def erase_due(now: datetime.datetime) -> int:
    """Erase those whose day has come, one transaction each; what holds one up is written and stops nobody."""
    due = ErasureRequest.objects.filter(done_at=None, taken_back_at=None, due_at__lte=now)
    return sum(erase_one(pk) for pk in due.order_by("due_at", "pk").values_list("pk", flat=True))


def erase_one(pk: int) -> bool:
    """Erase the person of a request, all or nothing. False when it isn't open any more, or is held up."""
    try:
        with transaction.atomic():
            # The conditional update is the lock: of two workers, or of a worker and a taking back, one wins.
            held = ErasureRequest.objects.filter(pk=pk, done_at=None, taken_back_at=None)
            if not held.update(done_at=clock.now(), held_up=""):
                return False
            request = ErasureRequest.objects.get(pk=pk)
            person = get_user_model().objects.get(pk=request.person_id)
            if reasons := blocking.reasons_for(person):
                raise ValidationError(reasons)
            _erase(request, person)
    except Exception as error:  # one person's difficulty must not keep the others from their turn
        said = " ".join(error.messages) if isinstance(error, ValidationError) else describe_error(error)
        ErasureRequest.objects.filter(pk=pk, done_at=None).update(held_up=said[:300])
        return False
    return True


def _erase(request: ErasureRequest, person) -> None:
    counts = [declaration.erase(person) for declaration in effects.erased_now(person)]
    files.forget_file(person)
    if not effects.works_here(person):
        sessions.close_all(person)
    ErasureRequest.objects.filter(pk=request.pk).update(lists=sum(1 for count in counts if count), lines=sum(counts))
    journal.record("rights.erased", object_ref=f"erasure:{request.reference}", payload={"lines": sum(counts)})
