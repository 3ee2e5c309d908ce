"""What the database itself refuses about plans: a published one stays, a measure's place is inside its plan."""

from src.foundations import guards
from src.participation.guards import refuse_reading

from .models import Measure, Plan, PlanAxis, PlanMeasure, PlanOrientation


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
