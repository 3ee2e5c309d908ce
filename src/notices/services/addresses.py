"""An address that sends our mails back stops receiving any, until its owner asks again or gives another one."""

import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q

from src.foundations import clock

from ..enums import MailState, StopReason
from ..models import MailMessage, StoppedAddress
from ..returns import fingerprint


@transaction.atomic
def stop_address(address: str, reason: str, at: datetime.datetime) -> bool:
    """Stop the mails to an address because of what the provider told; True when that changed something.

    Said twice, or said late of what came before the person asked to try again, it changes nothing; a complaint isn't
    forgotten for a bounce. An address nobody has any more is ignored. When it stops because it sends mails back, those
    the account was sent that week are marked, whichever came back.
    """
    user = get_user_model().objects.filter(email__iexact=address.strip()).first()
    if user is None:
        return False
    known = fingerprint(user.email)
    values = {"fingerprint": known, "reason": reason, "week": clock.week_of(), "is_stopped": True}
    _row, made = StoppedAddress.objects.get_or_create(user=user, defaults=values)
    if made:
        _mark_returned(user, reason)
        return True
    rows = StoppedAddress.objects.filter(pk=user.pk)
    open_again = rows.filter(Q(is_stopped=False, reopened_at__lt=at) | ~Q(fingerprint=known))
    since = rows.values_list("reopened_at", flat=True).first()
    if open_again.update(**values, reopened_at=None):
        _mark_returned(user, reason, since)
        return True
    worse = rows.filter(is_stopped=True, reason=StopReason.BOUNCE)
    return reason == StopReason.COMPLAINT and bool(worse.update(reason=reason))


def _mark_returned(user, reason: str, since: datetime.datetime | None = None) -> None:
    """Say that the account's mails of the week of yesterday came back, those since its owner tried again.

    Not the mail that came back: whether it was addressed to the account or to a handle, the same rows are marked.
    """
    if reason != StopReason.BOUNCE:
        return
    week = clock.week_of(clock.today() - datetime.timedelta(days=1))
    first = max(filter(None, (clock.start_of_day(week), since)))
    sent = MailMessage.objects.filter(user=user, state=MailState.SENT, sent_at__gt=first)
    sent.update(returned_week=week)


def reopen_address(user) -> bool:
    """The person says that their address receives again: mails leave for it. False when it wasn't stopped."""
    stopped = StoppedAddress.objects.filter(pk=user.pk, is_stopped=True)
    return bool(stopped.update(is_stopped=False, reopened_at=clock.now()))
