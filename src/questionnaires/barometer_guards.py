"""What the database itself refuses about barometers."""

from src.foundations import guards
from src.foundations.guards import refuse_reading

from .models import Barometer, Edition, Finding, PastFigure, Questionnaire, TrackedQuestion


def declare_barometer_guards() -> None:
    """A line stays what it is: what is counted, by which categories, in which space, in which order."""
    guards.frozen_columns(Barometer, ["reference", "space", "first_axis", "second_axis"])
    guards.frozen_columns(TrackedQuestion, ["barometer", "key", "counted"])
    guards.frozen_columns(Edition, ["barometer", "number", "questionnaire"])
    guards.frozen_columns(Edition, ["told_at"], when='OLD."told_at" IS NOT NULL')
    guards.frozen_columns(Finding, ["reference", "edition", "tracked", "theme"])
    _editions_are_of_their_barometer()
    _one_barometer()


def _editions_are_of_their_barometer() -> None:
    """An edition asked here is in the space of its barometer and told by its categories; those typed come first."""
    editions, barometers = Edition._meta.db_table, Barometer._meta.db_table
    asked = Questionnaire._meta.db_table
    refuse_reading(
        f"{editions}_of_its_space",
        editions,
        event="INSERT",
        condition='(NEW."questionnaire_id" IS NOT NULL AND NOT EXISTS (SELECT 1 '  # noqa: S608
        f'FROM "{asked}" AS q JOIN "{barometers}" AS b ON b."space_id" = q."space_id" '
        'WHERE q."id" = NEW."questionnaire_id" AND b."id" = NEW."barometer_id" '
        'AND q."first_axis" = b."first_axis" AND q."second_axis" = b."second_axis"))',
        message=f"{editions}: an edition has the space and the categories of its barometer",
    )
    refuse_reading(
        f"{asked}_axes_of_its_barometer",
        asked,
        event="UPDATE",
        condition='(OLD."first_axis" IS DISTINCT FROM NEW."first_axis" '  # noqa: S608
        'OR OLD."second_axis" IS DISTINCT FROM NEW."second_axis") '
        f'AND EXISTS (SELECT 1 FROM "{editions}" AS e WHERE e."questionnaire_id" = NEW."id")',
        message=f"{asked}: an edition has the categories of its barometer",
    )
    refuse_reading(
        f"{editions}_in_order",
        editions,
        event="INSERT",
        condition=f'EXISTS (SELECT 1 FROM "{editions}" AS e WHERE e."barometer_id" = NEW."barometer_id" '  # noqa: S608
        'AND ((NEW."questionnaire_id" IS NULL AND e."questionnaire_id" IS NOT NULL AND e."number" < NEW."number") '
        'OR (NEW."questionnaire_id" IS NOT NULL AND e."number" > NEW."number")))',
        message=f"{editions}: typed editions come before those asked here, and these one after the other",
    )
    guards.refuse(
        f"{editions}_stays",
        editions,
        event="DELETE",
        when='OLD."questionnaire_id" IS NOT NULL',
        message=f"{editions}: an edition asked here stays",
    )


def _one_barometer() -> None:
    """A figure and a finding are of the barometer of their edition."""
    editions, tracked = Edition._meta.db_table, TrackedQuestion._meta.db_table
    for model in (PastFigure, Finding):
        table = model._meta.db_table
        for event in ("INSERT", "UPDATE"):
            refuse_reading(
                f"{table}_one_barometer_{event.lower()}",
                table,
                event=event,
                condition=f'NEW."tracked_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "{editions}" AS e '  # noqa: S608
                f'JOIN "{tracked}" AS t ON t."barometer_id" = e."barometer_id" '
                'WHERE e."id" = NEW."edition_id" AND t."id" = NEW."tracked_id")',
                message=f"{table}: the question is of another barometer",
            )
    figures = PastFigure._meta.db_table
    refuse_reading(
        f"{figures}_of_typed_editions",
        figures,
        event="INSERT",
        condition=f'EXISTS (SELECT 1 FROM "{editions}" AS e WHERE e."id" = NEW."edition_id" '  # noqa: S608
        'AND e."questionnaire_id" IS NOT NULL)',
        message=f"{figures}: an edition asked here has the figures of its answers",
    )
