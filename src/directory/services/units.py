"""The dated tree of units: open, move, close with a successor."""

import datetime
from collections import Counter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from src.foundations import clock, journal

from .. import registries
from ..enums import UnitKind
from ..models import Affectation, Unit
from .agents import repost, shift_headcounts

# Kinds a unit of each kind may stand under; a city and a direction may also stand alone.
ALLOWED_PARENTS = {
    UnitKind.CITY: frozenset(),
    UnitKind.DIRECTION: frozenset({UnitKind.CITY}),
    UnitKind.SERVICE: frozenset({UnitKind.DIRECTION, UnitKind.SERVICE}),
    UnitKind.SITE: frozenset({UnitKind.DIRECTION, UnitKind.SERVICE}),
    UnitKind.TEAM: frozenset({UnitKind.DIRECTION, UnitKind.SERVICE, UnitKind.SITE, UnitKind.TEAM}),
}
ROOT_KINDS = frozenset({UnitKind.CITY, UnitKind.DIRECTION})


def check_place(kind: str, parent: Unit | None) -> None:
    """Refuse a unit under a parent of the wrong kind, with a sentence."""
    if parent is None and kind not in ROOT_KINDS:
        raise ValidationError(_("Only a city or a direction can stand without a parent unit."))
    if parent is not None and parent.kind not in ALLOWED_PARENTS[kind]:
        raise ValidationError(
            _("A unit of the kind “%(kind)s” can't stand under a unit of the kind “%(parent)s”.")
            % {"kind": UnitKind(kind).label, "parent": UnitKind(parent.kind).label}
        )


@transaction.atomic
def open_unit(
    *,
    code: str,
    name: str,
    kind: str,
    parent: Unit | None = None,
    acronym: str = "",
    valid_from: datetime.date | None = None,
    headcount: int = 0,
) -> Unit:
    """Open a unit under ``parent``. Refuses a parent of the wrong kind or already closed."""
    check_place(kind, parent)
    starts = valid_from or clock.today()
    if parent is not None and parent.valid_until is not None:
        raise ValidationError(_("“%(unit)s” is closed: choose a unit that is open.") % {"unit": parent.name})
    unit = Unit.objects.create(
        code=code,
        name=name,
        kind=kind,
        parent=parent,
        acronym=acronym,
        valid_from=starts,
        headcount=headcount,
    )
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.direction_id = _direction_id(unit, parent)
    unit.save(update_fields=["path", "direction"])
    return unit


def _direction_id(unit: Unit, parent: Unit | None) -> int | None:
    if unit.kind == UnitKind.DIRECTION:
        return unit.pk
    return parent.direction_id if parent is not None else None


@transaction.atomic
def move_unit(unit: Unit, *, parent: Unit | None, actor=None) -> Unit:
    """Hang the unit and its whole branch elsewhere: paths and directions follow in two statements.

    Refuses a place under itself, a parent of the wrong kind and a closed parent.
    """
    unit.refresh_from_db()
    if parent is not None:
        parent.refresh_from_db()
        if parent.path.startswith(unit.path):
            raise ValidationError(_("A unit can't stand under itself."))
        if parent.valid_until is not None:
            raise ValidationError(_("“%(unit)s” is closed: choose a unit that is open.") % {"unit": parent.name})
    check_place(unit.kind, parent)
    old_path, old_direction = unit.path, unit.direction_id
    new_path = f"{parent.path if parent else '/'}{unit.pk}/"
    direction_id = _direction_id(unit, parent)
    branch = Unit.objects.filter(path__startswith=old_path)
    if direction_id != old_direction:
        branch.filter(direction_id=old_direction).update(direction_id=direction_id)
    branch.update(path=Concat(Value(new_path), Substr(F("path"), len(old_path) + 1)))
    former_place, new_place = old_path.removesuffix(f"{unit.pk}/"), new_path.removesuffix(f"{unit.pk}/")
    Unit.objects.filter(pk=unit.pk).update(parent=parent)
    if former_place != new_place:
        shift_headcounts(Counter({former_place: -unit.headcount, new_place: unit.headcount}))
    journal.record(
        "directory.unit_moved", actor=actor, object_ref=f"unit:{unit.code}", payload={"from": old_path, "to": new_path}
    )
    unit.refresh_from_db()
    return unit


@transaction.atomic
def close_unit(unit: Unit, *, successor: Unit | None = None, on: datetime.date | None = None, actor=None) -> Unit:
    """Close the unit on a day: its people move to the successor, and what it owes passes on.

    Refuses a unit that still has open units below it, a successor that is itself or closed, and people or
    obligations left without a successor. Registered rooms (``on_unit_closed``) run in the same transaction.
    """
    day = on or clock.today()
    if unit.valid_until is not None:
        raise ValidationError(_("“%(unit)s” is already closed.") % {"unit": unit.name})
    if successor is not None and (successor.path.startswith(unit.path) or successor.valid_until is not None):
        raise ValidationError(_("The successor must be another unit, still open."))
    if Unit.objects.under(unit).filter(valid_until__isnull=True).exclude(pk=unit.pk).exists():
        raise ValidationError(_("Close or move the units below “%(unit)s” first.") % {"unit": unit.name})
    if successor is None and Affectation.objects.filter(unit=unit, ends_on__isnull=True).exists():
        raise ValidationError(_("People still work in “%(unit)s”: name a successor.") % {"unit": unit.name})
    touched = Unit.objects.filter(pk=unit.pk, valid_until__isnull=True).update(valid_until=day, successor=successor)
    if touched != 1:
        raise ValidationError(_("“%(unit)s” is already closed.") % {"unit": unit.name})
    unit.refresh_from_db()
    if successor is not None:
        _move_people(unit, successor, day)
    registries.unit_closed(unit, successor)
    journal.record(
        "directory.unit_closed",
        actor=actor,
        object_ref=f"unit:{unit.code}",
        payload={"on": day.isoformat(), "successor": successor.code if successor else None},
    )
    return unit


def _move_people(unit: Unit, successor: Unit, day: datetime.date) -> None:
    """Close everybody's affectation here and open the same one in the successor, in a handful of statements."""
    starts_on = day + datetime.timedelta(days=1)
    repost(
        [
            Affectation(
                user_id=former.user_id,
                unit=successor,
                job_family_id=former.job_family_id,
                job_title=former.job_title,
                in_contact_with_public=former.in_contact_with_public,
                is_manager=former.is_manager,
                starts_on=max(starts_on, former.starts_on),
            )
            for former in Affectation.objects.filter(unit=unit, ends_on__isnull=True)
        ]
    )
    # A head-count that came from a file is larger than the accounts: the rest goes too.
    unit.refresh_from_db()
    shift_headcounts(Counter({unit.path: -unit.headcount, successor.path: unit.headcount}))
    unit.refresh_from_db()


@transaction.atomic
def refresh_headcounts() -> int:
    """Count again the people posted in each branch; returns how many units changed."""
    own: dict[int, int] = {}
    people = Affectation.objects.filter(ends_on__isnull=True, user__is_active=True)
    for path in people.values_list("unit__path", flat=True).iterator():
        for part in path.split("/"):
            if part:
                own[int(part)] = own.get(int(part), 0) + 1
    changed = []
    for unit in Unit.objects.only("pk", "headcount"):
        if unit.headcount != own.get(unit.pk, 0):
            unit.headcount = own.get(unit.pk, 0)
            changed.append(unit)
    Unit.objects.bulk_update(changed, ["headcount"], batch_size=500)
    return len(changed)
