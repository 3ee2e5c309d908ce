"""An address that sends our mails back stops receiving any, until its owner asks again or gives another one."""

import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q

from src.foundations import clock

from ..enums import StopReason
from ..models import StoppedAddress
from ..returns import fingerprint


@transaction.atomic
def stop_address(address: str, reason: str, at: datetime.datetime) -> bool:
    """Stop the mails to an address because of what the provider told; True when that changed something.

    Said twice, or said late of what came before the person asked to try again, it changes nothing; a complaint isn't
    forgotten for a bounce. An address nobody has any more is ignored.
    """
    user = get_user_model().objects.filter(email__iexact=address.strip()).first()
    if user is None:
        return False
    known = fingerprint(user.email)
    values = {"fingerprint": known, "reason": reason, "week": clock.week_of(), "is_stopped": True}
    _row, made = StoppedAddress.objects.get_or_create(user=user, defaults=values)
    if made:
        return True
    rows = StoppedAddress.objects.filter(pk=user.pk)
    open_again = rows.filter(Q(is_stopped=False, reopened_at__lt=at) | ~Q(fingerprint=known))
    if open_again.update(**values, reopened_at=None):
        return True
    worse = rows.filter(is_stopped=True, reason=StopReason.BOUNCE)
    return reason == StopReason.COMPLAINT and bool(worse.update(reason=reason))


def reopen_address(user) -> bool:
    """The person says that their address receives again: mails leave for it. False when it wasn't stopped."""
    stopped = StoppedAddress.objects.filter(pk=user.pk, is_stopped=True)
    return bool(stopped.update(is_stopped=False, reopened_at=clock.now()))
