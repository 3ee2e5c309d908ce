"""The yearly report of a plan: written, read again, then frozen with its figures by who signs it."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.text import tidy
from src.workflow.exceptions import TransitionNotAllowed

from .. import rules
from ..models import Plan, PlanReport, PlanReportAxis, PlanReportLine
from ..plan_figures import stood
from .measures import _between
from .plans import _check_follows
from .signing import signature_of

WORDS_MIN, WORDS_MAX = 40, 2400
AXIS_MAX = 1200


def write_report(
    plan: Plan, *, actor, year: int, figures_on: date, introduction: str, axes: dict[int, str] | None = None
) -> PlanReport:
    """Write a year's report, or write it again: only those who follow the plan read it until it is frozen.

    ``axes``: number of an axis → what the year was there. Refuses somebody who doesn't follow the plan
    (PermissionDenied), a plan nobody reads yet and a report that is frozen (TransitionNotAllowed), words or days that
    aren't right (ValidationError by field).
    """
    _check_follows(actor, plan.unit)
    if not plan.is_published:
        raise TransitionNotAllowed(_("Publish the plan first: its report is for everybody."))
    introduction = _between("introduction", tidy(introduction), WORDS_MIN, WORDS_MAX)
    said = {number: tidy(text) for number, text in (axes or {}).items()}
    for number, text in said.items():
        if len(text) > AXIS_MAX:
            raise ValidationError({f"axis_{number}": _("Write %(most)d characters at most.") % {"most": AXIS_MAX}})
    _check_days(plan, year, figures_on)
    with transaction.atomic():
        report = PlanReport.objects.filter(plan=plan, year=year).first()
        if report is not None and report.is_frozen:
            raise report_is_frozen()
        if report is None:
            report = PlanReport(plan=plan, year=year, created_on=clock.today())
        report.figures_on, report.introduction = figures_on, introduction
        report.save()
        report.axes.all().delete()
        PlanReportAxis.objects.bulk_create(
            PlanReportAxis(report=report, number=axis.number, title=axis.title, text=said.get(axis.number, ""))
            for axis in plan.axes.all()
        )
    return report


def freeze_report(report: PlanReport, *, actor, at=None) -> PlanReport:
    """Store the figures of the day and the words as they are, signed, for good: everybody reads them from now on.

    Refuses whoever doesn't decide for the plan's unit (PermissionDenied), a report without a measure or that somebody
    froze already (TransitionNotAllowed).
    """
    viewer, plan = as_viewer(actor), report.plan
    if not rules.can_sign_report(viewer, plan):
        raise PermissionDenied(_("Whoever decides for the plan’s direction freezes the report and signs it."))
    axes = stood(plan, report.figures_on)
    if not any(axis.lines for axis in axes):
        raise TransitionNotAllowed(_("No measure of the plan was decided on that day: choose another day."))
    with transaction.atomic():
        # Of two people at once, one comes second here.
        if not PlanReport.objects.filter(pk=report.pk, frozen_at__isnull=True).update(created_on=report.created_on):
            raise report_is_frozen()
        said = dict(report.axes.values_list("number", "text"))
        report.axes.all().delete()
        PlanReportAxis.objects.bulk_create(
            PlanReportAxis(
                report=report, number=axis.number, title=axis.title, text=said.get(axis.number, ""), **axis.counts
            )
            for axis in axes
        )
        PlanReportLine.objects.bulk_create(
            PlanReportLine(report=report, **vars(line)) for axis in axes for line in axis.lines
        )
        report.frozen_at, report.frozen_by, report.signed_as = (
            at or clock.now(),
            viewer.user,
            signature_of(viewer.user),
        )
        try:
            report.save(update_fields=["frozen_at", "frozen_by", "signed_as"])
        except IntegrityError:
            raise report_is_frozen() from None
    return report


def discard_report(report: PlanReport, *, actor) -> None:
    """Throw away a report nobody has read. Refuses a frozen one."""
    _check_follows(actor, report.plan.unit)
    if report.is_frozen:
        raise report_is_frozen()
    report.delete()


def report_is_frozen() -> TransitionNotAllowed:
    """The refusal of whatever would change a frozen report."""
    return TransitionNotAllowed(_("This report is frozen: its figures and its words no longer change."))


def _check_days(plan: Plan, year: int, figures_on: date) -> None:
    today = clock.today()
    if not plan.adopted_on.year <= year <= today.year:
        words = {"first": plan.adopted_on.year, "last": today.year}
        raise ValidationError({"year": _("Choose a year from %(first)d to %(last)d.") % words})
    # A year is told from its last day, or a few weeks after: a later day would tell another year.
    if figures_on > today or not date(year, 1, 1) <= figures_on <= date(year + 1, 3, 31):
        raise ValidationError(
            {"figures_on": _("Choose a day of that year, or before the end of March after it, and not to come.")}
        )
    if figures_on < plan.adopted_on:
        raise ValidationError({"figures_on": _("The plan wasn’t adopted yet on that day.")})
