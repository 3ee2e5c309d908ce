"""What the database itself refuses about a choice: one idea too many, and a number changed under those chosen."""

from src.foundations import guards
from src.foundations.guards import refuse_reading
from src.participation.models import Space

from .models import Idea


def declare() -> None:
    """Declare the triggers: never more chosen in a space than it says, on both databases and with many writers."""
    ideas, spaces = Idea._meta.db_table, Space._meta.db_table
    limit = f'(SELECT s."chosen_count" FROM "{spaces}" AS s WHERE s."id" = NEW."space_id")'  # noqa: S608
    chosen = (
        f'(SELECT COUNT(*) FROM "{ideas}" AS i '  # noqa: S608
        'WHERE i."space_id" = NEW."space_id" AND i."stage_kind" = \'selected\' AND i."id" <> NEW."id")'
    )
    too_many = f"{limit} IS NOT NULL AND {chosen} >= {limit}"
    message = "ideas_idea: as many as the space says are chosen already"
    name = "ideas_idea_chosen_count"
    guards.register(
        name,
        ideas,
        f'CREATE TRIGGER "{{name}}" BEFORE UPDATE ON "{{table}}" FOR EACH ROW '
        f"WHEN NEW.\"stage_kind\" = 'selected' AND OLD.\"stage_kind\" <> 'selected' AND {too_many} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
        [
            # Holding the space's row makes two announcements take turns: each then counts what the other chose.
            f'CREATE OR REPLACE FUNCTION "{{name}}"() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN '
            f'PERFORM 1 FROM "{spaces}" AS s WHERE s."id" = NEW."space_id" FOR UPDATE; '
            f"IF {too_many} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; "
            f"END IF; RETURN NEW; END $guard$",
            'CREATE TRIGGER "{name}" BEFORE UPDATE ON "{table}" FOR EACH ROW '
            "WHEN (NEW.\"stage_kind\" = 'selected' AND OLD.\"stage_kind\" <> 'selected') "
            'EXECUTE FUNCTION "{name}"()',
        ],
    )
    some_chosen = (
        f'EXISTS (SELECT 1 FROM "{ideas}" AS i '  # noqa: S608
        'WHERE i."space_id" = OLD."id" AND i."stage_kind" = \'selected\')'
    )
    refuse_reading(
        "participation_space_chosen_count_kept",
        spaces,
        event="UPDATE",
        condition=f'OLD."chosen_count" IS DISTINCT FROM NEW."chosen_count" AND {some_chosen}',
        message="participation_space: the choice was announced",
    )
