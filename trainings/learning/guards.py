"""What the database itself refuses about what is followed."""

from src.foundations import guards
from src.foundations.guards import refuse_reading
from trainings.models import Module, TrackVersion

from .enums import AttemptState, EnrolmentState
from .models import Enrolment, ModuleProgress, QuizAttempt

ENROLMENT, PROGRESS = Enrolment._meta.db_table, ModuleProgress._meta.db_table
ATTEMPT, MODULE, VERSION = QuizAttempt._meta.db_table, Module._meta.db_table, TrackVersion._meta.db_table


def declare_guards() -> None:
    """The version stays; nothing is completed without its modules; what is sent or done stays so."""
    guards.frozen_columns(Enrolment, ["agent", "track", "version", "began_at", "migrated_from", "carries"])
    guards.frozen_columns(
        Enrolment, ["state", "completed_on"], when=f"OLD.\"state\" <> '{EnrolmentState.IN_PROGRESS}'"
    )
    missing = (
        f'EXISTS (SELECT 1 FROM "{MODULE}" AS m WHERE m."version_id" = NEW."version_id" AND m."required" '  # noqa: S608
        f'AND NOT EXISTS (SELECT 1 FROM "{PROGRESS}" AS p WHERE p."enrolment_id" = NEW."id" '
        'AND p."module_id" = m."id" AND p."done_at" IS NOT NULL))'
    )
    for event in ("INSERT", "UPDATE"):
        refuse_reading(
            f"{ENROLMENT}_whole_{event.lower()}",
            ENROLMENT,
            event=event,
            condition=f"(NEW.\"state\" = '{EnrolmentState.COMPLETED}' AND {missing})",
            message=f"{ENROLMENT}: a required module is missing",
        )
    refuse_reading(
        f"{ENROLMENT}_of_its_track",
        ENROLMENT,
        event="INSERT",
        condition=(
            f'NOT EXISTS (SELECT 1 FROM "{VERSION}" AS v '  # noqa: S608
            'WHERE v."id" = NEW."version_id" AND v."track_id" = NEW."track_id")'
        ),
        message=f"{ENROLMENT}: the version is of another track",
    )
    guards.frozen_columns(ModuleProgress, ["enrolment", "module", "first_seen_at"])
    guards.frozen_columns(ModuleProgress, ["done_at", "done_how", "proof"], when='OLD."done_at" IS NOT NULL')
    refuse_reading(
        f"{PROGRESS}_of_its_version",
        PROGRESS,
        event="INSERT",
        condition=(
            f'NOT EXISTS (SELECT 1 FROM "{ENROLMENT}" AS e JOIN "{MODULE}" AS m ON m."version_id" = e."version_id" '  # noqa: S608
            'WHERE e."id" = NEW."enrolment_id" AND m."id" = NEW."module_id")'
        ),
        message=f"{PROGRESS}: the module is of another version",
    )
    guards.frozen_columns(QuizAttempt, ["progress", "number", "seed", "revision_ids", "began_at", "asked"])
    guards.frozen_columns(
        QuizAttempt,
        ["answers", "state", "submitted_at", "right", "passed"],
        when=f"OLD.\"state\" = '{AttemptState.SUBMITTED}'",
    )
