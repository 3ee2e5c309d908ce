"""A plan's life: prepared, composed of axes, orientations and numbered measures, published for good."""

from contextlib import contextmanager
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock, references
from src.foundations.text import tidy
from src.search.freshness import changed
from src.workflow.exceptions import TransitionNotAllowed

from .. import rules
from ..models import Measure, Plan, PlanAxis, PlanMeasure, PlanOrientation
from .measures import _between

# The kind under which the search knows plans.
FOUND_AS = "plan"
TITLE_MIN, TITLE_MAX, PART_MAX = 10, 160, 160
SUMMARY_MIN, SUMMARY_MAX = 10, 1200
# What one page and one report can still show; the largest plan we know has a hundred.
MOST = 400


# ---------------------------------------------------------------------------------------------------------- the plan
@transaction.atomic
def create_plan(*, actor, title: str, summary: str, adopted_on: date, unit, ends_on: date | None = None) -> Plan:
    """Begin a plan that only those who decide for its unit see until ``publish_plan``.

    Refuses somebody who doesn't decide for the unit (PermissionDenied), and words or days that aren't right
    (ValidationError by field).
    """
    _check_follows(actor, unit)
    columns = _checked(title, summary, adopted_on, ends_on)
    plan = Plan.objects.create(**columns, unit=unit, created_on=clock.today())
    changed(FOUND_AS, plan.pk)
    return plan


@transaction.atomic
def edit_plan(plan: Plan, *, actor, title: str, summary: str, adopted_on: date, unit, ends_on=None) -> Plan:
    """Put a plan in other words, give it other days, or pass it to another unit the person decides for."""
    _check_follows(actor, plan.unit)
    if unit != plan.unit:
        _check_follows(actor, unit)
    columns = _checked(title, summary, adopted_on, ends_on) | {"unit": unit}
    for name, value in columns.items():
        setattr(plan, name, value)
    plan.save(update_fields=list(columns))
    changed(FOUND_AS, plan.pk)
    return plan


@transaction.atomic
def publish_plan(plan: Plan, *, actor) -> Plan:
    """Let everybody read the plan, for good. Refuses one without a measure; again, nothing happens."""
    _check_follows(actor, plan.unit)
    if plan.is_published:
        return plan
    if not plan.entries.exists():
        raise TransitionNotAllowed(_("This plan has no measure yet: add one, then publish it."))
    plan.published_on = clock.today()
    plan.save(update_fields=["published_on"])
    changed(FOUND_AS, plan.pk)
    return plan


@transaction.atomic
def discard_plan(plan: Plan, *, actor) -> None:
    """Throw away a plan nobody has read. Its measures stay. Refuses what ``why_plan_stays`` tells."""
    _check_follows(actor, plan.unit)
    if why := why_plan_stays(plan):
        raise TransitionNotAllowed(why)
    changed(FOUND_AS, plan.pk)
    plan.delete()


def why_plan_stays(plan: Plan) -> str:
    """Why this plan can't be thrown away, in words; empty when it can."""
    if plan.is_published:
        return _("Everybody reads this plan: it stays.")
    if plan.reports.exists():
        return _("A yearly report of this plan is begun: throw it away first, so that its words aren’t lost unread.")
    return ""


# --------------------------------------------------------------------------------------------- axes and orientations
def add_axis(plan: Plan, *, actor, title: str) -> PlanAxis:
    """Put one more axis after the others."""
    _check_follows(actor, plan.unit)
    title = _between("title", tidy(title, one_line=True), 3, PART_MAX)
    with _numbers():
        return PlanAxis.objects.create(plan=plan, number=_next(plan.axes), title=title)


def add_orientation(axis: PlanAxis, *, actor, title: str) -> PlanOrientation:
    """Put one more orientation after the others of its axis."""
    _check_follows(actor, axis.plan.unit)
    title = _between("title", tidy(title, one_line=True), 3, PART_MAX)
    with _numbers():
        return PlanOrientation.objects.create(axis=axis, number=_next(axis.orientations), title=title)


def edit_part(part, *, actor, title: str, number: int):
    """Give an axis or an orientation other words or another number. Refuses a number that is taken."""
    _check_follows(actor, _plan_of(part).unit)
    part.title = _between("title", tidy(title, one_line=True), 3, PART_MAX)
    part.number = number
    with _numbers():
        part.save(update_fields=["title", "number"])
    return part


def remove_part(part, *, actor) -> None:
    """Take an empty axis or orientation away. Refuses one that still holds something."""
    _check_follows(actor, _plan_of(part).unit)
    held = part.orientations if isinstance(part, PlanAxis) else part.entries
    if held.exists():
        raise TransitionNotAllowed(_("Something is still under it: move it or take it away first."))
    part.delete()


# ---------------------------------------------------------------------------------------------------------- measures
def attach(orientation: PlanOrientation, *, actor, reference: str, number: int | None = None) -> PlanMeasure:
    """Give a measure its place and its number in a plan (the next one without).

    Refuses a measure that isn't there, whose words aren't published yet, that is already in the plan, and a number
    that is taken (ValidationError by field).
    """
    plan = orientation.axis.plan
    _check_follows(actor, plan.unit)
    measure = Measure.objects.filter(reference=references.normalise(reference)).first()
    if measure is None:
        raise ValidationError({"reference": _("No measure to add has these words or this reference.")})
    if not measure.is_published:
        raise ValidationError({"reference": _("Publish the words of this measure first: a plan is for everybody.")})
    if plan.entries.filter(measure=measure).exists():
        raise ValidationError({"reference": _("This measure is already in the plan.")})
    if plan.entries.count() >= MOST:
        raise ValidationError(_("A plan holds %(most)d measures at most.") % {"most": MOST})
    with _numbers():
        return PlanMeasure.objects.create(
            plan=plan, orientation=orientation, measure=measure, number=number or _next(plan.entries)
        )


def move_entry(entry: PlanMeasure, *, actor, orientation: PlanOrientation, number: int) -> PlanMeasure:
    """Put a measure under another orientation of the plan, or under another number."""
    _check_follows(actor, entry.plan.unit)
    if orientation.axis.plan_id != entry.plan_id:
        raise ValidationError({"orientation": _("Choose an orientation of this plan.")})
    entry.orientation, entry.number = orientation, number
    with _numbers():
        entry.save(update_fields=["orientation", "number"])
    return entry


def detach(entry: PlanMeasure, *, actor) -> None:
    """Take a measure out of a plan; it goes on being followed. Refuses the last one of a published plan."""
    plan = entry.plan
    _check_follows(actor, plan.unit)
    if plan.is_published and plan.entries.count() == 1:
        raise TransitionNotAllowed(_("It is the last measure of a plan everybody reads: it stays."))
    entry.delete()


def pass_plans_on(unit, successor) -> None:
    """The plans a closing unit follows pass to its successor; the directory calls it."""
    if successor is not None:
        Plan.objects.filter(unit=unit).update(unit=successor)


# ----------------------------------------------------------------------------------------------------------- helpers
def _check_follows(actor, unit) -> None:
    if not rules.follows_plans(as_viewer(actor), unit):
        raise PermissionDenied(_("A plan is composed by those who decide for the direction that follows it."))


def _plan_of(part) -> Plan:
    return part.plan if isinstance(part, PlanAxis) else part.axis.plan


def _checked(title: str, summary: str, adopted_on: date, ends_on: date | None) -> dict:
    if ends_on is not None and ends_on < adopted_on:
        raise ValidationError({"ends_on": _("A plan ends after the day it was adopted.")})
    return {
        "title": _between("title", tidy(title, one_line=True), TITLE_MIN, TITLE_MAX),
        "summary": _between("summary", tidy(summary), SUMMARY_MIN, SUMMARY_MAX),
        "adopted_on": adopted_on,
        "ends_on": ends_on,
    }


def _next(rows) -> int:
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


@contextmanager
def _numbers():
    """A number already taken, told beside its field; of two people at once the second is told too."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise ValidationError({"number": _("This number is already taken: choose another one.")}) from error
