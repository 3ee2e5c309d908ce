"""A device becomes a kiosk with a code typed once, and stops being one at once."""

import secrets
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import clock, journal, references, sealing

from .. import devices, rules
from ..models import Kiosk

SYMBOLS = 10
MINUTES = 30


def _code_hash(typed: str) -> str:
    code = references.normalise("".join(sign for sign in (typed or "")[:40] if sign.isalnum()))
    return sealing.keyed_hash(f"enrolment:{code}", devices.PURPOSE) if references.is_reference(code, SYMBOLS) else ""


def _fresh() -> tuple[str, dict]:
    code = references.new_reference(SYMBOLS)
    columns = {"code_hash": _code_hash(code), "code_until": clock.now() + timedelta(minutes=MINUTES)}
    return f"{code[:5]}-{code[5:]}", columns


def _record(verb: str, actor, kiosk: Kiosk) -> None:
    journal.record(verb, actor=actor, object_ref=f"kiosk:{kiosk.pk}", payload={"unit": kiosk.unit.code})


def _administers(actor) -> None:
    if not rules.may_enrol(actor):
        raise PermissionDenied(_("Kiosks are enrolled by the site's administration."))


@transaction.atomic
def prepare(*, actor, unit, name: str) -> tuple[Kiosk, str]:
    """Add a kiosk of a place and answer the code to type on it, shown once, good for half an hour.

    Refuses with PermissionDenied whoever doesn't administer the site. The journal keeps who.
    """
    _administers(actor)
    code, columns = _fresh()
    kiosk = Kiosk.objects.create(unit=unit, name=name, enrolled_by=actor, enrolled_on=clock.today(), **columns)
    _record("kiosk.prepared", actor, kiosk)
    return kiosk, code


@transaction.atomic
def new_code(*, actor, kiosk: Kiosk) -> str:
    """Another code for a kiosk whose code wasn't typed in time, or whose browser was emptied.

    The device enrolled until now stops at once: one kiosk is one device. Refuses an ended kiosk with
    ValidationError, and with PermissionDenied whoever doesn't administer the site.
    """
    _administers(actor)
    code, columns = _fresh()
    touched = Kiosk.objects.filter(pk=kiosk.pk, revoked_on__isnull=True).update(device_hash=None, **columns)
    if touched != 1:
        raise ValidationError(_("This kiosk has ended: add another one."))
    _record("kiosk.prepared", actor, kiosk)
    return code


@transaction.atomic
def enrol_device(code: str) -> str | None:
    """End the code and answer the cookie of the device that typed it; None for an unknown, used or late code."""
    token = secrets.token_urlsafe(32)
    hashed = _code_hash(code)
    live = Kiosk.objects.filter(code_hash=hashed, code_until__gt=clock.now(), revoked_on__isnull=True)
    kiosk = live.select_related("unit").first() if hashed else None
    if kiosk is None:
        return None
    touched = Kiosk.objects.filter(pk=kiosk.pk, code_hash=hashed).update(
        code_hash=None, code_until=None, device_hash=devices.device_hash(token)
    )
    if touched != 1:
        return None
    _record("kiosk.enrolled", None, kiosk)
    return token


@transaction.atomic
def revoke(*, actor, kiosk: Kiosk) -> None:
    """End a kiosk: from the next request on, its device is a browser like any other. Ending it twice does nothing.

    Refuses with PermissionDenied whoever doesn't administer the site.
    """
    _administers(actor)
    touched = Kiosk.objects.filter(pk=kiosk.pk, revoked_on__isnull=True).update(
        revoked_on=clock.today(), code_hash=None, code_until=None, device_hash=None
    )
    if touched:
        _record("kiosk.revoked", actor, kiosk)


def enrol_demo(unit, name: str) -> Kiosk | None:
    """The demo city's kiosk, whose cookie each visitor may take; None anywhere else, and when it is there already."""
    token = devices.demo_token()
    if not token or Kiosk.objects.filter(device_hash=devices.device_hash(token)).exists():
        return None
    return Kiosk.objects.create(
        unit=unit, name=name, enrolled_on=clock.today(), device_hash=devices.device_hash(token)
    )
