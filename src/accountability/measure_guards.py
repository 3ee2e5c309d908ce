"""What the database itself refuses about measures: confirmed from done alone, ended for good, a history that stays."""

from src.foundations import guards
from src.foundations.guards import refuse_reading

from .models import GroundCheck, Measure, MeasureStep, Milestone, ProgressNote


def declare_measure_guards() -> None:
    """Declare the triggers of measures; ``declare_guards`` calls it."""
    measures = Measure._meta.db_table
    guards.refuse(
        "accountability_measure_born_confirmed",
        measures,
        event="INSERT",
        when="NEW.\"status\" = 'verified'",
        message=f"{measures}: a measure is confirmed once it is done, never before",
    )
    guards.refuse(
        "accountability_measure_confirmed_from_done",
        measures,
        event="UPDATE",
        when="NEW.\"status\" = 'verified' AND OLD.\"status\" NOT IN ('delivered', 'verified')",
        message=f"{measures}: a measure is confirmed once it is done, never before",
    )
    ended = "OLD.\"status\" IN ('verified', 'stopped')"
    # What another platform said to be abandoned may go on there, as long as nobody took it in hand here.
    here = 'OLD."import_batch_id" IS NULL OR OLD."adopted_on" IS NOT NULL'
    guards.frozen_columns(Measure, ["status"], when=f"{ended} AND ({here})")
    guards.frozen_columns(Measure, ["reference", "created_on", "import_key"])
    # Who confirms, a lot or somebody's word, isn't chosen once the work is said to be done.
    guards.frozen_columns(
        Measure,
        ["changes_daily_work"],
        when=f"OLD.\"status\" IN ('delivered', 'verified') AND ({here})",
    )
    unheard = (
        f'NOT EXISTS (SELECT 1 FROM "{GroundCheck._meta.db_table}" AS c '  # noqa: S608
        'WHERE c."measure_id" = NEW."id" AND c."result" = \'confirmed\')'
    )
    refuse_reading(
        "accountability_measure_confirmed_by_its_check",
        measures,
        event="UPDATE",
        condition="NEW.\"status\" = 'verified' AND OLD.\"status\" <> 'verified' "
        f"AND NEW.\"confirmation\" = 'sample' AND {unheard}",
        message=f"{measures}: the ground has not confirmed it",
    )
    guards.frozen_columns(GroundCheck, ["seed", "frame_hash", "frame_size", "drawn", "opened_on"])
    told = ["result", "closed_on", "answers", "on_paper", "yes", "done_yes", "suits_yes", "lasts_yes"]
    guards.frozen_columns(GroundCheck, told, when="OLD.\"result\" <> ''")
    guards.append_only(MeasureStep)
    guards.append_only(ProgressNote)
    guards.frozen_columns(Milestone, ["title", "done_on"], when='OLD."done_on" IS NOT NULL')
    # What came from another platform and that nobody took in hand leaves with its import.
    kept = (
        f'EXISTS (SELECT 1 FROM "{measures}" AS m WHERE m."id" = OLD."measure_id" '  # noqa: S608
        'AND (m."import_batch_id" IS NULL OR m."adopted_on" IS NOT NULL))'
    )
    refuse_reading(
        "accountability_milestone_delete",
        Milestone._meta.db_table,
        event="DELETE",
        condition=f'OLD."done_on" IS NOT NULL AND {kept}',
        message=f"{Milestone._meta.db_table}: a step that was done stays",
    )
    guards.refuse(
        "accountability_measure_delete",
        measures,
        event="DELETE",
        when=here,
        message=f"{measures}: a measure stays, whatever became of it",
    )
