"""What the panel must reflect: brought in from a file, changed one by one, relaxed by two signatures."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import clock

from .. import consistency, rules
from ..consistency import quotas_as_typed
from ..csv_lines import Problem
from ..enums import PREPARING, PanelState
from ..models import Criterion, CriterionValue, CrossQuota, Panel, Quota, Relaxation
from ..quota_file import QuotaLine, read_quotas
from . import telling
from .preparing import WrongState, hold
from .recording import record


@dataclass
class Report:
    """What came, or would come, of a file."""

    counts: dict
    problems: list[Problem] = field(default_factory=list)


def import_quotas(*, actor, panel: Panel, data: bytes, dry_run: bool = False) -> Report:
    """Bring in the quotas of a file, as a whole or not at all. Unreadable when it isn't a table.

    In preparation it replaces everything. Once people were asked, only numbers change: the file names the very same
    criteria and values, and doesn't loosen a protected quota.
    """
    with transaction.atomic():
        held = hold(panel, *PREPARING)
        rules.refuse_unless(rules.may_organise(actor, held))
        found = read_quotas(data, seats=held.seats, reserved=consistency.reserved_of(held))
        problems = found.problems or _problems_once_asked(held, found.lines)
        counts = {"read": found.read, "created": 0, "updated": 0, "unchanged": 0, "errors": len(problems)}
        if problems:
            return Report(counts, problems)
        known = {
            (one.value.criterion.key, one.value.key): one
            for one in Quota.objects.filter(value__criterion__panel=held).select_related("value__criterion")
        }
        for line in found.lines:
            before = known.get((line.criterion_key, line.value_key))
            fate = "created" if before is None else "unchanged" if _same(before, line) else "updated"
            counts[fate] += 1
        if dry_run:
            return Report(counts)
        if held.is_draft:
            _replace(held, found.lines)
        else:
            _update(known, found.lines)
        record("quotas_imported", held, actor=actor, payload=counts)
        return Report(counts)


def _problems_once_asked(panel: Panel, lines: list[QuotaLine]) -> list[Problem]:
    """What a file may no longer do: other values than those people answered, a protected quota made looser."""
    if panel.is_draft:
        return []
    quotas = Quota.objects.filter(value__criterion__panel=panel).select_related("value__criterion")
    known = {(one.value.criterion.key, one.value.key): one for one in quotas}
    problems = []
    for line in lines:
        before = known.pop((line.criterion_key, line.value_key), None)
        if before is None:
            problems.append(Problem(line.line, _("people have answered already: this value can’t be added.")))
        elif before.is_protected and (
            not line.is_protected or line.minimum < before.minimum or line.maximum > before.maximum
        ):
            problems.append(Problem(line.line, _("this quota is protected: two people sign for a looser one.")))
    for one in known.values():
        words = {"criterion": one.value.criterion.label, "value": one.value.label}
        problems.append(Problem(1, _("%(criterion)s, %(value)s: people have answered, it can’t go.") % words))
    return problems


def _same(quota: Quota, line: QuotaLine) -> bool:
    return (quota.minimum, quota.maximum, quota.is_protected, quota.share, quota.source, quota.source_year) == (
        line.minimum, line.maximum, line.is_protected, line.share, line.source, line.year,
    )  # fmt: skip


def _replace(panel: Panel, lines: list[QuotaLine]) -> None:
    panel.criteria.all().delete()
    keys = list(dict.fromkeys(line.criterion_key for line in lines))
    labels = {line.criterion_key: line.criterion for line in reversed(lines)}
    criteria = {
        one.key: one
        for one in Criterion.objects.bulk_create(
            Criterion(panel=panel, key=key, label=labels[key], position=place) for place, key in enumerate(keys)
        )
    }
    values = CriterionValue.objects.bulk_create(
        CriterionValue(criterion=criteria[line.criterion_key], key=line.value_key, label=line.value, position=place)
        for place, line in enumerate(lines)
    )
    Quota.objects.bulk_create(_filled(Quota(value=value), line) for value, line in zip(values, lines, strict=True))


def _update(known: dict, lines: list[QuotaLine]) -> None:
    for line in lines:
        quota = known[line.criterion_key, line.value_key]
        if not _same(quota, line):
            _filled(quota, line).save()


def _filled(quota: Quota, line: QuotaLine) -> Quota:
    quota.minimum, quota.maximum, quota.is_protected = line.minimum, line.maximum, line.is_protected
    quota.share, quota.source, quota.source_year = line.share, line.source, line.year
    return quota


@transaction.atomic
def change_quota(*, actor, quota: Quota, minimum: int, maximum: int) -> Quota:
    """Write one quota again. Refuses to loosen a protected one once people were asked, and a sealed panel's."""
    panel = hold(quota.value.criterion.panel, *PREPARING)
    rules.refuse_unless(rules.may_organise(actor, panel))
    _check_bounds(panel, minimum, maximum)
    held = Quota.objects.get(pk=quota.pk)
    looser = minimum < held.minimum or maximum > held.maximum
    if held.is_protected and looser and not panel.is_draft:
        raise ValidationError(
            _("This quota is protected: ask for a relaxation, a guarantor signs it."), code="protected"
        )
    before = [held.minimum, held.maximum]
    held.minimum, held.maximum = minimum, maximum
    _save_unsealed(held)
    record(
        "quota_changed", panel, actor=actor, about=f"quota:{held.pk}",
        payload={"before": before, "after": [minimum, maximum]},
    )  # fmt: skip
    return held


@transaction.atomic
def protect_quota(*, actor, quota: Quota, is_protected: bool) -> Quota:
    """Say that a quota is protected; that it no longer is, in preparation alone."""
    panel = hold(quota.value.criterion.panel, *PREPARING)
    rules.refuse_unless(rules.may_organise(actor, panel))
    if not is_protected and not panel.is_draft:
        raise ValidationError(_("People were told that this quota is protected: it stays so."), code="protected")
    held = Quota.objects.get(pk=quota.pk)
    held.is_protected = is_protected
    _save_unsealed(held)
    record("quota_protected", panel, actor=actor, about=f"quota:{held.pk}", payload={"protected": is_protected})
    return held


@transaction.atomic
def change_quotas(*, actor, panel: Panel, bounds: Mapping[int, tuple[int, int, bool]]) -> int:
    """Write several quotas again, all or none: minimum, maximum, protected, by the number of the quota.

    Refuses as each of ``change_quota`` and ``protect_quota`` does, and quotas that somebody replaced meanwhile.
    """
    held = hold(panel, *PREPARING)
    rules.refuse_unless(rules.may_organise(actor, held))
    known = {one.pk: one for one in quotas_as_typed(held)}
    if set(bounds) - set(known):
        raise WrongState(_("Somebody has just brought in other quotas: read them again."), code="state")
    changed = 0
    for pk, (minimum, maximum, is_protected) in bounds.items():
        one = known[pk]
        if (one.minimum, one.maximum) != (minimum, maximum):
            change_quota(actor=actor, quota=one, minimum=minimum, maximum=maximum)
            changed += 1
        if one.is_protected != is_protected:
            protect_quota(actor=actor, quota=one, is_protected=is_protected)
            changed += 1
    return changed


@transaction.atomic
def cross(
    *, actor, panel: Panel, one: CriterionValue, other: CriterionValue, minimum: int, maximum: int
) -> CrossQuota:
    """Ask for so many members with both values. Refuses two values of one criterion, or of another panel."""
    held = hold(panel, *PREPARING)
    rules.refuse_unless(rules.may_organise(actor, held))
    _check_bounds(held, minimum, maximum)
    if one.criterion_id == other.criterion_id:
        raise ValidationError(_("Choose two values of two criteria."))
    if {one.criterion.panel_id, other.criterion.panel_id} != {held.pk}:
        raise ValidationError(_("These values are of another panel."))
    _refuse_sealed(held)
    first, second = sorted((one, other), key=lambda value: value.pk)
    made, _new = CrossQuota.objects.update_or_create(
        panel=held, first=first, second=second, defaults={"minimum": minimum, "maximum": maximum}
    )
    record("quota_crossed", held, actor=actor, about=f"crossed:{made.pk}", payload={"after": [minimum, maximum]})
    return made


@transaction.atomic
def uncross(*, actor, crossed: CrossQuota) -> None:
    """Take a crossed quota away."""
    held = hold(crossed.panel, *PREPARING)
    rules.refuse_unless(rules.may_organise(actor, held))
    _refuse_sealed(held)
    record("quota_uncrossed", held, actor=actor, about=f"crossed:{crossed.pk}")
    CrossQuota.objects.filter(pk=crossed.pk).delete()


@transaction.atomic
def ask_relaxation(*, actor, quota: Quota, minimum: int, maximum: int, reason: str) -> Relaxation:
    """Ask that a protected quota be loosened; nothing changes until a guarantor signs. Organisers alone, with why."""
    panel = hold(quota.value.criterion.panel, PanelState.RECRUITING, PanelState.POOL_CLOSED)
    rules.refuse_unless(rules.may_organise(actor, panel))
    _check_bounds(panel, minimum, maximum)
    _refuse_sealed(panel)
    held = Quota.objects.get(pk=quota.pk)
    if not held.is_protected:
        raise ValidationError(_("This quota isn’t protected: change it."))
    if not reason.strip():
        raise ValidationError({"reason": _("Write why: everybody reads it.")})
    if held.relaxations.filter(signed_at__isnull=True).exists():
        raise ValidationError(_("A relaxation of this quota already waits for a signature."))
    made = Relaxation.objects.create(
        quota=held,
        minimum_before=held.minimum,
        maximum_before=held.maximum,
        minimum=minimum,
        maximum=maximum,
        reason=reason.strip(),
        asked_by=getattr(actor, "user", actor),
        asked_at=clock.now(),
    )
    record("relaxation_asked", panel, actor=actor, about=f"quota:{held.pk}", payload={"after": [minimum, maximum]})
    telling.to_sign(telling.RELAXATION, made)
    return made


@transaction.atomic
def sign_relaxation(*, actor, relaxation: Relaxation) -> Quota:
    """Sign a relaxation as a guarantor: the quota changes. Refuses whoever asked it, and a quota that moved."""
    panel = hold(relaxation.quota.value.criterion.panel, PanelState.RECRUITING, PanelState.POOL_CLOSED)
    rules.refuse_unless(rules.may_watch(actor, panel) and relaxation.asked_by_id != getattr(actor, "user", actor).pk)
    _refuse_sealed(panel)
    quota = Quota.objects.get(pk=relaxation.quota_id)
    if (quota.minimum, quota.maximum) != (relaxation.minimum_before, relaxation.maximum_before):
        raise ValidationError(_("This quota has changed since: ask again."))
    signed = Relaxation.objects.filter(pk=relaxation.pk, signed_at__isnull=True).update(
        signed_by=getattr(actor, "user", actor), signed_at=clock.now()
    )
    if not signed:
        raise WrongState(_("This relaxation is already signed."), code="state")
    quota.minimum, quota.maximum = relaxation.minimum, relaxation.maximum
    quota.save(update_fields=["minimum", "maximum"])
    record(
        "relaxation_signed", panel, actor=actor, about=f"quota:{quota.pk}",
        payload={"after": [quota.minimum, quota.maximum]}, at_once=True,
    )  # fmt: skip
    return quota


@transaction.atomic
def drop_relaxation(*, actor, relaxation: Relaxation) -> None:
    """Take back what was asked, before it is signed: by an organiser, or refused by a guarantor."""
    panel = hold(relaxation.quota.value.criterion.panel)
    rules.refuse_unless(rules.may_organise(actor, panel) or rules.may_watch(actor, panel))
    if not Relaxation.objects.filter(pk=relaxation.pk, signed_at__isnull=True).delete()[0]:
        raise WrongState(_("This relaxation is already signed."), code="state")
    record("relaxation_dropped", panel, actor=actor, about=f"quota:{relaxation.quota_id}")


def _check_bounds(panel: Panel, minimum: int, maximum: int) -> None:
    if not 0 <= minimum <= maximum:
        raise ValidationError({"minimum": _("The minimum is above the maximum.")})
    if minimum > panel.seats:
        raise ValidationError({"minimum": _("The minimum is above the number of seats.")})


def _save_unsealed(quota: Quota) -> None:
    _refuse_sealed(quota.value.criterion.panel)
    quota.save()


def _refuse_sealed(panel: Panel) -> None:
    if panel.draws.standing().exists():
        raise WrongState(_("A draw of this panel is sealed: void it first, with its reason."), code="sealed")
