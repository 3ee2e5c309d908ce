"""What the database itself refuses about authors together: a name, or a group, beside what isn't signed so."""

from src.accountability.models import MeasureOrigin
from src.foundations import guards
from src.foundations.guards import refuse_reading

from .models import CoAuthor, Idea, IdeaGroup


def declare() -> None:
    """Declare the triggers: nobody is asked to sign what is sealed or a team's, nor what they sent themselves."""
    table, ideas = CoAuthor._meta.db_table, Idea._meta.db_table
    guards.frozen_columns(CoAuthor, ["idea", "user"])
    unsigned = (
        f'EXISTS (SELECT 1 FROM "{ideas}" AS i WHERE i."id" = NEW."idea_id" '  # noqa: S608
        'AND (i."identity_mode" <> \'named\' OR i."signature" <> \'person\' OR i."author_id" = NEW."user_id"))'
    )
    refuse_reading(
        f"{table}_only_when_signed",
        table,
        event="INSERT",
        condition=unsigned,
        message=f"{table}: only an idea signed by a person has several authors",
    )
    for event in ("INSERT", "UPDATE"):
        refuse_reading(
            f"{table}_credit_of_an_author_{event.lower()}",
            table,
            event=event,
            condition='(NEW."wants_credit" AND NEW."state" <> \'accepted\')',
            message=f"{table}: a measure names an author alone, never who refused or left",
        )
    groups = IdeaGroup._meta.db_table
    guards.frozen_columns(IdeaGroup, ["idea", "kind"])
    unlike = (
        f'NOT EXISTS (SELECT 1 FROM "{ideas}" AS i WHERE i."id" = NEW."idea_id" '  # noqa: S608
        "AND i.\"identity_mode\" = 'named' AND i.\"signature\" = 'group')"
    )
    refuse_reading(
        f"{groups}_only_when_signed_so",
        groups,
        event="INSERT",
        condition=unlike,
        message=f"{groups}: only an idea signed by a group has one",
    )
    origins = MeasureOrigin._meta.db_table
    unsigned = (
        f'NOT EXISTS (SELECT 1 FROM "{ideas}" AS i '  # noqa: S608
        'WHERE i."reference" = NEW."subject_reference" AND i."identity_mode" = \'named\')'
    )
    named = "(NEW.\"credit\" <> '' OR NEW.\"co_credit\" <> '')"
    for event in ("INSERT", "UPDATE"):
        refuse_reading(
            f"{origins}_credit_signed_{event.lower()}",
            origins,
            event=event,
            condition=f"{named} AND NEW.\"subject_kind\" = 'idea' AND {unsigned}",
            message=f"{origins}: a measure names the author of a signed idea alone",
        )
