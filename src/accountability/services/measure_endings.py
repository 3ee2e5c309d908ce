"""How a measure ends: said to be done with a proof, confirmed by somebody else, taken up again, or stopped."""

from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.text import tidy
from src.workflow.exceptions import TransitionNotAllowed

from .. import ground_rules, registry, rules
from ..enums import RUNNING, Confirmation, MeasureStatus, Reason, StepKind
from ..models import Indicator, Measure
from . import ground
from .measures import TEXT_MAX, TEXT_MIN, _between, _must_run, _note, _runner, _write, checked_photo, moved
from .signing import signature_of


def deliver(measure: Measure, *, actor, proof: str, photo=None, photo_alt: str = "", on=None) -> Measure:
    """Say that it is done, with what proves it; from now on it is *to confirm*, by others.

    Some thirty colleagues of the perimeter are drawn and asked. Without a change of anybody's working day, or with
    fewer than eight colleagues to ask, a picture is due instead. Refuses somebody who doesn't run it
    (PermissionDenied), no proof (ValidationError), what is already done or stopped (TransitionNotAllowed).
    """
    viewer = _runner(measure, actor)
    _must_run(measure)
    proof = _between("proof", tidy(proof), TEXT_MIN, TEXT_MAX)
    picture, alt = checked_photo(photo, photo_alt)
    day, before = on or clock.today(), measure.status
    by_lot = measure.changes_daily_work
    if by_lot and len(ground.frame(measure, day, without=(viewer.user_id,))) < ground_rules.ENOUGH:
        # Too few colleagues could be asked: nothing could be confirmed by them.
        by_lot = False
    if picture is None and not by_lot:
        raise ValidationError({"photo": _("Add a picture of what was done: people elsewhere read it as proof.")})
    with transaction.atomic():
        _write(
            measure,
            status=MeasureStatus.DELIVERED,
            delivered_on=day,
            delivered_by=viewer.user,
            delivered_proof=proof,
            changes_daily_work=by_lot,
            heard_on=day,
            news_on=day,
        )
        _note(measure, viewer, proof, picture, alt, day)
        moved(measure, StepKind.DELIVERED, viewer, from_status=before, text=proof, on=day)
        if by_lot:
            ground.open_check(measure, on=day)
    return measure


def confirm_by_word(measure: Measure, *, actor, text: str, on=None) -> Measure:
    """The correspondent saw it: the measure is confirmed. For measures that change nobody's working day.

    Refuses whoever delivered or runs it (PermissionDenied), and a measure that people of the ground confirm.
    """
    viewer = as_viewer(actor)
    if not rules.can_confirm_measure(viewer, measure):
        raise PermissionDenied(_("A correspondent of the direction confirms it, never the person who did it."))
    if measure.changes_daily_work:
        raise TransitionNotAllowed(_("Colleagues drawn by lot confirm this measure: nobody's word is enough."))
    if measure.status != MeasureStatus.DELIVERED:
        raise TransitionNotAllowed(_("A measure is confirmed once it is done."))
    text = _between("text", tidy(text), TEXT_MIN, TEXT_MAX)
    day = on or clock.today()
    with transaction.atomic():
        _write(
            measure,
            status=MeasureStatus.VERIFIED,
            verified_on=day,
            confirmation=Confirmation.WORD,
            confirmed_by=viewer.user,
            confirmation_text=text,
        )
        moved(measure, StepKind.VERIFIED, viewer, from_status=MeasureStatus.DELIVERED, text=text, on=day)
    return measure


def take_up_again(measure: Measure, *, actor, text: str) -> Measure:
    """What was said to be done isn't: the work goes on, with what is missing. Its ninety days run from today."""
    viewer = _runner(measure, actor)
    if measure.status != MeasureStatus.DELIVERED:
        raise TransitionNotAllowed(_("Only a measure that is to confirm is taken up again."))
    text = _between("text", tidy(text), TEXT_MIN, TEXT_MAX)
    day = clock.today()
    with transaction.atomic():
        _write(
            measure,
            status=MeasureStatus.WORKS,
            delivered_on=None,
            delivered_by=None,
            delivered_proof="",
            heard_on=day,
            news_on=day,
        )
        ground.drop_check(measure, on=day)
        _note(measure, viewer, text, None, "", day)
        moved(measure, StepKind.REOPENED, viewer, from_status=MeasureStatus.DELIVERED, text=text, on=day)
    return measure


def stop(measure: Measure, *, actor, reason: str, text: str, on=None) -> Measure:
    """Stop it for good, with a reason of the list and words everybody reads, signed; people are told at once.

    Refuses somebody who doesn't decide (PermissionDenied), no reason or text (ValidationError), an ended measure.
    """
    viewer = as_viewer(actor)
    if not rules.can_stop_measure(viewer, measure):
        raise PermissionDenied(_("Only the person who decides for its unit stops a measure."))
    if measure.status not in (*RUNNING, MeasureStatus.DELIVERED):
        raise TransitionNotAllowed(
            _("This measure is “%(state)s”: it can't be stopped.") % {"state": measure.get_status_display()}
        )
    if reason not in Reason.values:
        raise ValidationError({"reason": _("Choose a reason from the list.")})
    text = _between("text", tidy(text), 60, TEXT_MAX)
    day, before = on or clock.today(), measure.status
    with transaction.atomic():
        _write(
            measure,
            status=MeasureStatus.STOPPED,
            stopped_on=day,
            stopped_by=viewer.user,
            stop_reason=reason,
            stop_text=text,
            stop_signed_as=signature_of(viewer.user),
            heard_on=day,
            news_on=day,
        )
        moved(measure, StepKind.STOPPED, viewer, from_status=before, text=text, on=day)
    return measure


def set_indicator(
    measure: Measure,
    *,
    actor,
    name: str,
    unit: str = "",
    method: str = "",
    baseline: Decimal | None = None,
    target: Decimal | None = None,
    value: Decimal | None = None,
    measured_on=None,
) -> Indicator:
    """Say by which figure it is followed, and where that figure stands. Refuses a value without its day."""
    _runner(measure, actor)
    if value is not None and measured_on is None:
        raise ValidationError({"measured_on": _("Say on which day it was counted.")})
    if measured_on is not None and measured_on > clock.today():
        raise ValidationError({"measured_on": _("It was counted today or earlier.")})
    columns = {
        "name": _between("name", tidy(name, one_line=True), 3, 200),
        "unit": tidy(unit, one_line=True)[:40],
        "method": tidy(method, one_line=True)[:300],
        "baseline": baseline,
        "target": target,
        "value": value,
        "measured_on": measured_on if value is not None else None,
    }
    indicator, _created = Indicator.objects.update_or_create(measure=measure, defaults=columns)
    return indicator


def set_carrier(measure: Measure, *, actor, carrier: str = "") -> Measure:
    """Say what carries the measure, as « kind:reference »; empty, nothing does any more.

    Refuses somebody who doesn't run it, and what no room offers.
    """
    _runner(measure, actor)
    kind, _colon, reference = carrier.partition(":")
    known = registry.carriers().get(kind)
    offered = {one for _group, group in known.offered() for one, _label in group} if known else set()
    if carrier and reference not in offered:
        raise ValidationError({"carrier": _("Choose one of the list, or “Nothing of this kind”.")})
    measure.carrier_kind, measure.carrier_reference = (kind, reference) if carrier else ("", "")
    Measure.objects.filter(pk=measure.pk).update(
        carrier_kind=measure.carrier_kind, carrier_reference=measure.carrier_reference
    )
    return measure


def set_owner(measure: Measure, *, actor, owner) -> Measure:
    """Name the person in charge. Refuses somebody who doesn't decide for the unit."""
    viewer = as_viewer(actor)
    if not rules.can_stop_measure(viewer, measure):
        raise PermissionDenied(_("Only the person who decides for its unit names who is in charge."))
    Measure.objects.filter(pk=measure.pk).update(owner=owner)
    measure.owner = owner
    return measure
