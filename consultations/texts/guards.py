"""What the database itself refuses about reform texts."""

from src.foundations import guards
from src.foundations.guards import refuse_reading
from src.participation.guards import guards_for_contribution, guards_for_moderation

from .models import (
    ChangedSpan,
    ContributionOutcome,
    ReformText,
    SpanSource,
    TextAppeal,
    TextCase,
    TextUnit,
    TextVersion,
    UnitContribution,
)

TEXTS, VERSIONS, UNITS = (model._meta.db_table for model in (ReformText, TextVersion, TextUnit))
SAID, SPANS = UnitContribution._meta.db_table, ChangedSpan._meta.db_table
OUTCOMES, SOURCES = ContributionOutcome._meta.db_table, SpanSource._meta.db_table


def declare_guards() -> None:
    """Published units stay; nothing comes in after closing; nothing comes out unexplained; what was told stays."""
    guards.frozen_columns(ReformText, ["reference", "space"])
    guards.frozen_columns(ReformText, ["closed_at"], when='OLD."closed_at" IS NOT NULL')
    _versions_stay()
    _contributions_come_in()
    _nothing_comes_out_unexplained()
    _what_was_told_stays()
    guards_for_moderation(TextCase, TextAppeal)


def _versions_stay() -> None:
    guards.frozen_columns(TextVersion, ["text", "number"])
    guards.frozen_columns(TextVersion, ["published_at", "note"], when='OLD."published_at" IS NOT NULL')
    guards.refuse(
        f"{VERSIONS}_stays",
        VERSIONS,
        event="DELETE",
        when='OLD."published_at" IS NOT NULL',
        message=f"{VERSIONS}: a published version stays",
    )
    for table in (UNITS, SPANS):
        _of_a_draft(table)
    for event, row in (("INSERT", "NEW"), ("DELETE", "OLD")):
        refuse_reading(
            f"{SOURCES}_frozen_{event.lower()}",
            SOURCES,
            event=event,
            condition=f'EXISTS (SELECT 1 FROM "{SPANS}" AS s '  # noqa: S608
            f'JOIN "{VERSIONS}" AS v ON v."id" = s."version_id" '
            f'WHERE s."id" = {row}."span_id" AND v."published_at" IS NOT NULL)',
            message=f"{SOURCES}: a published version no longer changes",
        )
    guards.frozen_columns(SpanSource, ["span", "contribution"])


def _of_a_draft(table: str) -> None:
    for event, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
        published = " OR ".join(
            f'EXISTS (SELECT 1 FROM "{VERSIONS}" AS v '  # noqa: S608
            f'WHERE v."id" = {row}."version_id" AND v."published_at" IS NOT NULL)'
            for row in rows
        )
        refuse_reading(
            f"{table}_frozen_{event.lower()}",
            table,
            event=event,
            condition=f"({published})",
            message=f"{table}: a published version no longer changes",
        )


def _contributions_come_in() -> None:
    """Only on the last published version of a text that isn't closed."""
    guards_for_contribution(UnitContribution)
    guards.frozen_columns(UnitContribution, ["unit", "kind", "parent"])
    guards.frozen_columns(UnitContribution, ["is_withdrawn"], when='OLD."is_withdrawn"')
    refuse_reading(
        f"{SAID}_on_what_is_open",
        SAID,
        event="INSERT",
        condition=f'NOT EXISTS (SELECT 1 FROM "{UNITS}" AS u '  # noqa: S608
        f'JOIN "{VERSIONS}" AS v ON v."id" = u."version_id" JOIN "{TEXTS}" AS t ON t."id" = v."text_id" '
        'WHERE u."id" = NEW."unit_id" AND v."published_at" IS NOT NULL AND t."closed_at" IS NULL '
        f'AND NOT EXISTS (SELECT 1 FROM "{VERSIONS}" AS w WHERE w."text_id" = t."id" '
        'AND w."published_at" IS NOT NULL AND w."number" > v."number"))',
        message=f"{SAID}: only the last version of an open text is commented",
    )


def _without_outcome(text: str, below: str = "") -> str:
    """SQL: some contribution to this text has no outcome."""
    return (
        f'EXISTS (SELECT 1 FROM "{SAID}" AS c JOIN "{UNITS}" AS u ON u."id" = c."unit_id" '  # noqa: S608
        f'JOIN "{VERSIONS}" AS v ON v."id" = u."version_id" '
        f'WHERE v."text_id" = {text} {below} AND c."parent_id" IS NULL AND NOT c."is_withdrawn" '
        "AND c.\"visibility\" <> 'removed' "
        f'AND NOT EXISTS (SELECT 1 FROM "{OUTCOMES}" AS o WHERE o."contribution_id" = c."id"))'
    )


def _nothing_comes_out_unexplained() -> None:
    comes_out = 'OLD."published_at" IS NULL AND NEW."published_at" IS NOT NULL AND NEW."number" > 1'
    refuse_reading(
        f"{VERSIONS}_each_has_its_outcome",
        VERSIONS,
        event="UPDATE",
        condition=f"({comes_out} AND {_without_outcome('NEW.text_id')})",
        message=f"{VERSIONS}: a contribution has no outcome",
    )
    refuse_reading(
        f"{VERSIONS}_each_change_is_explained",
        VERSIONS,
        event="UPDATE",
        condition=f'({comes_out} AND EXISTS (SELECT 1 FROM "{SPANS}" AS s '  # noqa: S608
        'WHERE s."version_id" = NEW."id" AND NOT s."is_editorial" '
        f'AND NOT EXISTS (SELECT 1 FROM "{SOURCES}" AS f WHERE f."span_id" = s."id")))',
        message=f"{VERSIONS}: a change has neither its contributions nor the word for wording",
    )
    refuse_reading(
        f"{TEXTS}_closed_with_outcomes",
        TEXTS,
        event="UPDATE",
        condition=f'(OLD."closed_at" IS NULL AND NEW."closed_at" IS NOT NULL AND {_without_outcome("NEW.id")})',
        message=f"{TEXTS}: a contribution has no outcome",
    )
    guards.refuse(
        f"{VERSIONS}_born_a_draft",
        VERSIONS,
        event="INSERT",
        when='NEW."published_at" IS NOT NULL',
        message=f"{VERSIONS}: a version begins unpublished",
    )


def _what_was_told_stays() -> None:
    told = 'OLD."told_at" IS NOT NULL'
    guards.frozen_columns(ContributionOutcome, ["contribution"])
    guards.frozen_columns(ContributionOutcome, ["kind", "reason", "theme", "told_at"], when=told)
    # Once a text is closed nothing else comes to tell it: an outcome given then is told, or isn't written.
    refuse_reading(
        f"{OUTCOMES}_told_once_closed",
        OUTCOMES,
        event="INSERT",
        condition=f'(NEW."told_at" IS NULL AND EXISTS (SELECT 1 FROM "{SAID}" AS c '  # noqa: S608
        f'JOIN "{UNITS}" AS u ON u."id" = c."unit_id" JOIN "{VERSIONS}" AS v ON v."id" = u."version_id" '
        f'JOIN "{TEXTS}" AS t ON t."id" = v."text_id" '
        'WHERE c."id" = NEW."contribution_id" AND t."closed_at" IS NOT NULL))',
        message=f"{OUTCOMES}: an outcome given after closing is told at once",
    )
