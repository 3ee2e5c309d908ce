"""What the database itself refuses about plans: a published one stays, a measure's place is inside its plan,
a frozen report never changes."""

from src.foundations import guards
from src.foundations.guards import refuse_reading

from .models import (
    Measure,
    Plan,
    PlanAxis,
    PlanMeasure,
    PlanOrientation,
    PlanReport,
    PlanReportAxis,
    PlanReportLine,
)


def declare_plan_guards() -> None:
    """Declare the triggers of plans; ``declare_guards`` calls it."""
    plans, axes, orientations, entries = (
        model._meta.db_table for model in (Plan, PlanAxis, PlanOrientation, PlanMeasure)
    )
    guards.frozen_columns(Plan, ["reference", "created_on"])
    guards.frozen_columns(Plan, ["published_on"], when='OLD."published_on" IS NOT NULL')
    guards.refuse(
        "accountability_plan_delete",
        plans,
        event="DELETE",
        when='OLD."published_on" IS NOT NULL',
        message=f"{plans}: a published plan stays",
    )
    guards.frozen_columns(PlanAxis, ["plan"])
    guards.frozen_columns(PlanOrientation, ["axis"])
    guards.frozen_columns(PlanMeasure, ["plan", "measure"])
    elsewhere = (
        f'NOT EXISTS (SELECT 1 FROM "{orientations}" AS o JOIN "{axes}" AS a ON a."id" = o."axis_id" '  # noqa: S608
        'WHERE o."id" = NEW."orientation_id" AND a."plan_id" = NEW."plan_id")'
    )
    for event in ("INSERT", "UPDATE"):
        refuse_reading(
            f"accountability_plan_measure_inside_{event.lower()}",
            entries,
            event=event,
            condition=elsewhere,
            message=f"{entries}: the orientation belongs to another plan",
        )
    refuse_reading(
        "accountability_plan_measure_published",
        entries,
        event="INSERT",
        condition=f'EXISTS (SELECT 1 FROM "{Measure._meta.db_table}" AS m '  # noqa: S608
        'WHERE m."id" = NEW."measure_id" AND m."published_on" IS NULL)',
        message=f"{entries}: the words of this measure are not published yet",
    )
    _declare_frozen_reports()


def _declare_frozen_reports() -> None:
    """Once frozen, a report and what is beneath it take no change, no addition and no removal."""
    reports, axes, lines = (model._meta.db_table for model in (PlanReport, PlanReportAxis, PlanReportLine))
    for event in ("UPDATE", "DELETE"):
        guards.refuse(
            f"accountability_report_frozen_{event.lower()}",
            reports,
            event=event,
            when='OLD."frozen_at" IS NOT NULL',
            message=f"{reports}: a frozen report can no longer change",
        )
    frozen = (
        f'EXISTS (SELECT 1 FROM "{reports}" AS r '  # noqa: S608
        'WHERE r."id" = {row}."report_id" AND r."frozen_at" IS NOT NULL)'
    )
    for event in ("INSERT", "UPDATE", "DELETE"):
        refuse_reading(
            f"accountability_report_axis_frozen_{event.lower()}",
            axes,
            event=event,
            condition=frozen.format(row="NEW" if event == "INSERT" else "OLD"),
            message=f"{axes}: a frozen report can no longer change",
        )
    guards.frozen_columns(PlanReportAxis, ["report"])
    guards.append_only(PlanReportLine)
    refuse_reading(
        "accountability_report_line_frozen_insert",
        lines,
        event="INSERT",
        condition=frozen.format(row="NEW"),
        message=f"{lines}: a frozen report can no longer change",
    )
