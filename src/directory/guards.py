"""What the database itself refuses about roles: whoever was elected isn't an agent."""

from src.foundations import guards

from .models import RoleGrant, User


def declare_guards() -> None:
    """Declare this room's triggers: the role of elected official, and an account of an agent, never together."""
    grants, users = RoleGrant._meta.db_table, User._meta.db_table
    of_an_agent = (
        "NEW.\"role\" = 'elected_official' AND EXISTS "  # noqa: S608
        f'(SELECT 1 FROM "{users}" AS u WHERE u."id" = NEW."user_id" AND u."kind" <> \'external\')'
    )
    holds = (
        "NEW.\"kind\" <> 'external' AND OLD.\"kind\" = 'external' AND EXISTS "  # noqa: S608
        f'(SELECT 1 FROM "{grants}" AS g WHERE g."user_id" = NEW."id" '
        'AND g."role" = \'elected_official\' AND g."ends_on" IS NULL)'
    )
    given = 'OLD."role" <> NEW."role" OR OLD."user_id" <> NEW."user_id"'
    message = "an elected official is not an agent"
    for name, table, event, condition in (
        ("directory_elected_insert", grants, "INSERT", of_an_agent),
        ("directory_elected_update", grants, "UPDATE", f"({given}) AND {of_an_agent}"),
        ("directory_elected_kind", users, "UPDATE", holds),
    ):
        guards.refuse_reading(name, table, event=event, condition=condition, message=f"{table}: {message}")
