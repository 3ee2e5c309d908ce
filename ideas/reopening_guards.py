"""What the database itself refuses about a question whether to reopen: an answer of a stranger, or a late one."""

from src.foundations import guards
from src.foundations.guards import refuse_reading

from .models import IdeaSupport, ReopeningAnswer, ReopeningRound


def declare() -> None:
    """Declare the triggers: only supporters answer, while the round is open; a closed round keeps its result."""
    answers, rounds, supports = (model._meta.db_table for model in (ReopeningAnswer, ReopeningRound, IdeaSupport))
    asked = (
        f'EXISTS (SELECT 1 FROM "{rounds}" AS r JOIN "{supports}" AS s ON s."idea_id" = r."idea_id" '  # noqa: S608
        'AND s."user_id" = NEW."user_id" WHERE r."id" = NEW."round_id" AND r."state" = \'open\')'
    )
    for event in ("INSERT", "UPDATE"):
        refuse_reading(
            f"ideas_reopening_answer_of_a_supporter_{event.lower()}",
            answers,
            event=event,
            condition=f"(NOT {asked})",
            message=f"{answers}: only supporters answer, while the question is open",
        )
    guards.frozen_columns(ReopeningRound, ["condition", "idea", "opened_on", "ends_on"])
    guards.frozen_columns(
        ReopeningRound, ["state", "closed_on", "yes", "no", "author_wish"], when="OLD.\"state\" <> 'open'"
    )
