"""What the database itself refuses about a cohort: a seat too many, a word not the mentor's, an early diploma."""

from src.foundations.guards import refuse_reading
from src.participation.models import Space

from .models import CohortMilestone, CohortPerson, Idea, Mentorship, MilestoneNote

IDEAS, SPACES, PEOPLE = Idea._meta.db_table, Space._meta.db_table, CohortPerson._meta.db_table
MENTORS, NOTES = Mentorship._meta.db_table, MilestoneNote._meta.db_table
MILESTONES = CohortMilestone._meta.db_table


def declare() -> None:
    """Declare the triggers, on both databases."""
    _seats()
    _entering()
    _mentors()
    _notes()
    _graduation()


def _both(name: str, table: str, condition: str, message: str) -> None:
    for event in ("INSERT", "UPDATE"):
        refuse_reading(f"{name}_{event.lower()}", table, event=event, condition=condition, message=message)


def _seats() -> None:
    """A rank is one of the space's seats; a rank in a direction, one of that direction's where they are counted."""
    fits = (
        f'EXISTS (SELECT 1 FROM "{SPACES}" AS s WHERE s."id" = NEW."space_id" '  # noqa: S608
        'AND s."cohort_seats" >= NEW."rank" '
        'AND (s."direction_seats" IS NULL OR s."direction_seats" >= NEW."direction_rank"))'
    )
    _both(
        f"{PEOPLE}_seats",
        PEOPLE,
        f'NEW."rank" IS NOT NULL AND NOT {fits}',
        f"{PEOPLE}: this cohort has no such seat",
    )
    same = (
        f'EXISTS (SELECT 1 FROM "{IDEAS}" AS i '  # noqa: S608
        'WHERE i."id" = NEW."idea_id" AND i."space_id" = NEW."space_id")'
    )
    _both(f"{PEOPLE}_space", PEOPLE, f"NOT {same}", f"{PEOPLE}: the space is the application''s own")


def _entering() -> None:
    """A project enters its cohort with everybody it names seated."""
    standing = f'EXISTS (SELECT 1 FROM "{PEOPLE}" AS p WHERE p."idea_id" = NEW."id" AND p."rank" IS NULL)'  # noqa: S608
    nobody = f'NOT EXISTS (SELECT 1 FROM "{PEOPLE}" AS p WHERE p."idea_id" = NEW."id")'  # noqa: S608
    refuse_reading(
        f"{IDEAS}_cohort_seated",
        IDEAS,
        event="UPDATE",
        condition=(f"NEW.\"stage_kind\" = 'cohort' AND OLD.\"stage_kind\" <> 'cohort' AND ({standing} OR {nobody})"),
        message=f"{IDEAS}: somebody of this application has no seat",
    )


def _mentors() -> None:
    """Nobody accompanies a project they are part of, whichever is written first."""
    in_team = (
        f'EXISTS (SELECT 1 FROM "{PEOPLE}" AS p '  # noqa: S608
        'WHERE p."idea_id" = NEW."idea_id" AND p."user_id" = NEW."mentor_id")'
    )
    _both(f"{MENTORS}_outside", MENTORS, in_team, f"{MENTORS}: the mentor is of the team")
    mentors = (
        f'EXISTS (SELECT 1 FROM "{MENTORS}" AS m '  # noqa: S608
        'WHERE m."idea_id" = NEW."idea_id" AND m."mentor_id" = NEW."user_id")'
    )
    _both(f"{PEOPLE}_not_mentor", PEOPLE, mentors, f"{PEOPLE}: this person is the mentor")


def _notes() -> None:
    """A milestone is noted by the project's mentor, while the project is in its cohort, about its own milestones."""
    theirs = (
        f'EXISTS (SELECT 1 FROM "{MENTORS}" AS m '  # noqa: S608
        'WHERE m."idea_id" = NEW."idea_id" AND m."mentor_id" = NEW."noted_by_id")'
    )
    _both(f"{NOTES}_by_mentor", NOTES, f"NOT {theirs}", f"{NOTES}: only the mentor notes a milestone")
    own = (
        f'EXISTS (SELECT 1 FROM "{IDEAS}" AS i JOIN "{MILESTONES}" AS c ON c."space_id" = i."space_id" '  # noqa: S608
        'WHERE i."id" = NEW."idea_id" AND c."id" = NEW."milestone_id" AND i."stage_kind" = \'cohort\')'
    )
    _both(f"{NOTES}_in_cohort", NOTES, f"NOT {own}", f"{NOTES}: the project isn''t in this cohort")


def _graduation() -> None:
    """No diploma before each milestone of the space is validated."""
    missing = (
        f'EXISTS (SELECT 1 FROM "{MILESTONES}" AS c WHERE c."space_id" = NEW."space_id" AND NOT EXISTS ('  # noqa: S608
        f'SELECT 1 FROM "{NOTES}" AS n '
        'WHERE n."idea_id" = NEW."id" AND n."milestone_id" = c."id" AND n."is_validated"))'
    )
    none = f'NOT EXISTS (SELECT 1 FROM "{MILESTONES}" AS c WHERE c."space_id" = NEW."space_id")'  # noqa: S608
    refuse_reading(
        f"{IDEAS}_graduated_whole",
        IDEAS,
        event="UPDATE",
        condition=(
            f"NEW.\"stage_kind\" = 'graduated' AND OLD.\"stage_kind\" <> 'graduated' AND ({missing} OR {none})"
        ),
        message=f"{IDEAS}: a milestone isn''t validated",
    )
