"""What the database itself refuses about obligations."""

from src.foundations import guards

from .models import (
    AssignmentRule,
    CountedEarly,
    Exemption,
    Extension,
    Obligation,
    Requirement,
    RequirementPast,
    VersionDecision,
)

OBLIGATION, RULE, REQUIREMENT = (model._meta.db_table for model in (Obligation, AssignmentRule, Requirement))
TERMS = [
    "reference", "track", "decision", "validity_months", "window_days", "grace_days", "renewal_base", "fixed_on",
    "min_active_days", "renewal_track", "on_working_days",
]  # fmt: skip


def declare_guards() -> None:
    """Terms hold once active; a version of a rule is what it was; cycles and decisions are never put back."""
    guards.frozen_columns(Obligation, [*TERMS, "activated_at"], when='OLD."activated_at" IS NOT NULL')
    guards.frozen_columns(Obligation, ["ended_on"], when='OLD."ended_on" IS NOT NULL')
    guards.refuse(
        f"{OBLIGATION}_stays",
        OBLIGATION,
        event="DELETE",
        when='OLD."activated_at" IS NOT NULL',
        message=f"{OBLIGATION}: what was asked stays",
    )
    guards.frozen_columns(
        AssignmentRule,
        ["obligation", "key", "version", "predicate", "anchor", "fixed_on", "offset_days", "min_notice_days",
         "active_from", "created_at"],
    )  # fmt: skip
    guards.frozen_columns(AssignmentRule, ["active_to"], when='OLD."active_to" IS NOT NULL')
    guards.refuse_reading(
        f"{RULE}_stays",
        RULE,
        event="DELETE",
        condition=(
            f'EXISTS (SELECT 1 FROM "{OBLIGATION}" AS o WHERE o."id" = OLD."obligation_id" '  # noqa: S608
            'AND o."activated_at" IS NOT NULL)'
        ),
        message=f"{RULE}: a rule that asked stays",
    )
    guards.frozen_columns(Requirement, ["agent", "obligation", "cycle_no", "assigned_on", "recorded_at"])
    guards.append_only(RequirementPast)
    guards.refuse(f"{REQUIREMENT}_stays", REQUIREMENT, event="DELETE", message=f"{REQUIREMENT}: a cycle stays")
    guards.frozen_columns(Extension, ["requirement", "until", "granted_on"])
    guards.frozen_columns(Extension, ["granted_by"], when='NEW."granted_by_id" IS NOT NULL')
    guards.frozen_columns(Exemption, ["agent", "obligation", "code", "decided_on"])
    guards.frozen_columns(CountedEarly, ["obligation", "completion", "decided_on"])
    early = CountedEarly._meta.db_table
    guards.refuse(f"{early}_stays", early, event="DELETE", message=f"{early}: what was counted stays")
    decided = VersionDecision._meta.db_table
    guards.frozen_columns(VersionDecision, ["obligation", "version", "kind", "day", "decided_on"])
    guards.refuse(f"{decided}_stays", decided, event="DELETE", message=f"{decided}: what was decided stays")
    guards.refuse_reading(
        f"{decided}_is_of_its_training",
        decided,
        event="INSERT",
        condition=(
            f'NOT EXISTS (SELECT 1 FROM "{OBLIGATION}" AS o JOIN "trainings_trackversion" AS v '  # noqa: S608
            'ON v."track_id" = o."track_id" WHERE o."id" = NEW."obligation_id" AND v."id" = NEW."version_id" '
            'AND v."change_kind" = \'major\' AND v."number" > 1)'
        ),
        message=f"{decided}: this is not a major version of the training that is asked",
    )
