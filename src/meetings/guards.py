"""What the database itself refuses about meetings."""

from src.foundations import guards
from src.foundations.guards import refuse_reading
from src.participation.guards import guards_for_contribution, guards_for_moderation

from .models import Action, AgendaLine, Meeting, MeetingSeries, MinutesRevision, Topic, TopicAppeal, TopicCase


def declare_guards() -> None:
    """A calendar's identity stays; what ended stays ended; minutes are added to, never rewritten."""
    guards.frozen_columns(MeetingSeries, ["reference", "space"])
    guards.frozen_columns(Meeting, ["reference", "series", "space", "uid"])
    guards.frozen_columns(Meeting, ["state"], when="OLD.\"state\" IN ('published', 'cancelled')")
    guards.frozen_columns(Meeting, ["starts_at", "ends_at"], when="OLD.\"state\" NOT IN ('prepared', 'called')")
    guards.frozen_columns(Meeting, ["present", "held_at"], when="OLD.\"state\" IN ('published', 'cancelled')")
    _steps_in_order()
    guards.append_only(MinutesRevision)
    _minutes_of_what_was_held()
    guards_for_contribution(Topic)
    guards_for_moderation(TopicCase, TopicAppeal)
    guards.frozen_columns(Topic, ["series", "space", "title", "body"])
    guards.frozen_columns(Topic, ["state", "answer", "closed_on"], when="OLD.\"state\" <> 'waiting'")
    _agenda_stays()
    guards.frozen_columns(Action, ["reference", "series", "born_at"])
    guards.frozen_columns(Action, ["state", "closed_at", "closed_on", "closing"], when="OLD.\"state\" <> 'open'")
    _promises_stay()


def _steps_in_order() -> None:
    """A meeting goes forward: announced, held, published; cancelled before it is held; its sequence only grows."""
    table = Meeting._meta.db_table
    allowed = (("prepared", "called"), ("prepared", "cancelled"), ("called", "held"), ("called", "cancelled"))
    steps = " OR ".join(
        f"(OLD.\"state\" = '{before}' AND NEW.\"state\" = '{after}')"
        for before, after in (*allowed, ("held", "published"))
    )
    guards.refuse(
        f"{table}_steps",
        table,
        event="UPDATE",
        when=f'OLD."state" <> NEW."state" AND NOT ({steps})',
        message=f"{table}: a meeting goes forward, one step at a time",
    )
    guards.refuse(
        f"{table}_sequence_grows",
        table,
        event="UPDATE",
        when='NEW."sequence" < OLD."sequence"',
        message=f"{table}: the sequence of a calendar never goes back",
    )
    guards.refuse(
        f"{table}_change_is_told",
        table,
        event="UPDATE",
        when='OLD."state" = \'called\' AND (OLD."starts_at" <> NEW."starts_at" OR OLD."ends_at" <> NEW."ends_at" '
        'OR OLD."place" <> NEW."place" OR NEW."state" = \'cancelled\') AND NEW."sequence" <= OLD."sequence"',
        message=f"{table}: a change of an announced meeting raises its sequence",
    )


def _minutes_of_what_was_held() -> None:
    table, meetings = MinutesRevision._meta.db_table, Meeting._meta.db_table
    refuse_reading(
        f"{table}_held",
        table,
        event="INSERT",
        condition=f'NOT EXISTS (SELECT 1 FROM "{meetings}" AS m WHERE m."id" = NEW."meeting_id" '  # noqa: S608
        "AND m.\"state\" IN ('held', 'published'))",
        message=f"{table}: minutes are those of a meeting that was held",
    )


def _agenda_stays() -> None:
    """Once minutes are published, the agenda and what was done with each line no longer change."""
    table, meetings = AgendaLine._meta.db_table, Meeting._meta.db_table
    for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        refuse_reading(
            f"{table}_stays_{event.lower()}",
            table,
            event=event,
            condition=f'EXISTS (SELECT 1 FROM "{meetings}" AS m WHERE m."id" = {row}."meeting_id" '  # noqa: S608
            "AND m.\"state\" IN ('published', 'cancelled'))",
            message=f"{table}: an agenda that was published stays",
        )


def _promises_stay() -> None:
    """What minutes promised keeps its words, its day and its kind; it is done or given up, never taken back."""
    table, meetings = Action._meta.db_table, Meeting._meta.db_table
    told = (
        f'EXISTS (SELECT 1 FROM "{meetings}" AS m WHERE m."id" = OLD."born_at_id" '  # noqa: S608
        "AND m.\"state\" = 'published')"
    )
    changed = " OR ".join(
        f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in ("text", "owner_label", "due_on", "is_measure")
    )
    refuse_reading(
        f"{table}_words_stay",
        table,
        event="UPDATE",
        condition=f"(({changed}) AND {told})",
        message=f"{table}: what minutes promised keeps its words",
    )
    refuse_reading(
        f"{table}_stays",
        table,
        event="DELETE",
        condition=told,
        message=f"{table}: what minutes promised stays",
    )
    guards.refuse(
        f"{table}_carries_grow",
        table,
        event="UPDATE",
        when='NEW."carries" < OLD."carries"',
        message=f"{table}: carries are counted, never taken back",
    )
