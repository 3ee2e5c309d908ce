"""What the database itself refuses about ballots."""

from src.foundations import guards
from src.foundations.guards import refuse_reading

from .boxes import BOX_BYTES, VOTE_BYTES
from .enums import Secrecy
from .models import (
    Ballot,
    BallotOption,
    CountedBox,
    Elector,
    HalfOpened,
    KeyHolder,
    PairBox,
    PaperBatch,
    PaperBox,
    RollEntry,
    SealedBox,
    SimpleVote,
)
from .models.ballot import LEAST_OPEN

RULES = [
    "reference", "space", "title", "question", "introduction", "minutes", "method", "secrecy", "most_choices", "seats",
    "budget", "majority", "quorum_percent", "electorate", "electorate_unit", "opens_at", "closes_at",
    "prepares_decisions", "public_key", "frozen_at",
]  # fmt: skip
TAKES = 'b."frozen_at" IS NOT NULL AND b."closed_at" IS NULL AND b."cancelled_at" IS NULL'
# Papers put in a box before the closing are read afterwards too, until the count.
TAKES_PAPERS = 'b."frozen_at" IS NOT NULL AND b."counted_at" IS NULL AND b."cancelled_at" IS NULL'
ENDED = '(b."counted_at" IS NOT NULL OR b."cancelled_at" IS NOT NULL)'
SIMPLE, SECRET = (f"b.\"secrecy\" = '{one.value}'" for one in (Secrecy.SIMPLE, Secrecy.SECRET))


def declare_guards() -> None:
    """Rules frozen at the opening; one vote an elector; nothing cast after the closing; figures written once."""
    guards.frozen_columns(Ballot, RULES, when='OLD."frozen_at" IS NOT NULL')
    for column in ("closed_at", "cancelled_at", "keys_destroyed_at"):
        guards.frozen_columns(Ballot, [column], when=f'OLD."{column}" IS NOT NULL')
    guards.frozen_columns(Ballot, ["cancelled_because"], when='OLD."cancelled_at" IS NOT NULL')
    guards.frozen_columns(Ballot, ["result", "counted_at", "disputed_until"], when='OLD."counted_at" IS NOT NULL')
    ballots = Ballot._meta.db_table
    guards.refuse(
        f"{ballots}_born_in_preparation",
        ballots,
        event="INSERT",
        when='NEW."frozen_at" IS NOT NULL OR NEW."cancelled_at" IS NOT NULL',
        message=f"{ballots}: a ballot begins in preparation",
    )
    guards.refuse(
        f"{ballots}_closes_when_over",
        ballots,
        event="UPDATE",
        when='NEW."closed_at" < NEW."closes_at"',
        message=f"{ballots}: the vote is not over",
    )
    _open_three_days()
    refuse_reading(
        f"{ballots}_stays",
        ballots,
        event="DELETE",
        condition='OLD."frozen_at" IS NOT NULL',
        message=f"{ballots}: a ballot that was opened stays",
    )
    _proposals_and_people_stay()
    _cast_while_open()
    _papers_of_those_marked()
    _boxes_never_change()
    _keys_stay()


def _open_three_days() -> None:
    """Each database subtracts moments in its own words."""
    table, seconds = Ballot._meta.db_table, int(LEAST_OPEN.total_seconds())
    message = f"{table}: a vote stays open for 72 hours at least"
    for event in ("INSERT", "UPDATE"):
        guards.register(
            f"{table}_three_days_{event.lower()}",
            table,
            f'CREATE TRIGGER "{{name}}" BEFORE {event} ON "{{table}}" FOR EACH ROW '
            f"WHEN (strftime('%s', NEW.\"closes_at\") - strftime('%s', NEW.\"opens_at\") < {seconds}) "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
            [
                f'CREATE OR REPLACE FUNCTION "{{name}}"() RETURNS trigger LANGUAGE plpgsql AS $guard$ '
                f"BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $guard$",
                f'CREATE TRIGGER "{{name}}" BEFORE {event} ON "{{table}}" FOR EACH ROW '
                f'WHEN (NEW."closes_at" < NEW."opens_at" + interval \'{seconds} seconds\') '
                'EXECUTE FUNCTION "{name}"()',
            ],
        )


def _of_ballot(row: str, condition: str) -> str:
    return (
        f'EXISTS (SELECT 1 FROM "{Ballot._meta.db_table}" AS b '  # noqa: S608
        f'WHERE b."id" = {row}."ballot_id" AND {condition})'
    )


def _proposals_and_people_stay() -> None:
    """Proposals and key holders are written before the opening; electors in its transaction, and no more."""
    frozen = 'b."frozen_at" IS NOT NULL'
    for model in (BallotOption, KeyHolder):
        table = model._meta.db_table
        for event, row in (("INSERT", "NEW"), ("DELETE", "OLD")):
            refuse_reading(
                f"{table}_frozen_{event.lower()}",
                table,
                event=event,
                condition=_of_ballot(row, frozen),
                message=f"{table}: the ballot is opened, its rules stay",
            )
    guards.frozen_columns(BallotOption, ["ballot"])
    options = BallotOption._meta.db_table
    refuse_reading(
        f"{options}_frozen_update",
        options,
        event="UPDATE",
        condition=_of_ballot("OLD", frozen),
        message=f"{options}: the ballot is opened, its rules stay",
    )
    electors = Elector._meta.db_table
    refuse_reading(
        f"{electors}_frozen",
        electors,
        event="INSERT",
        condition=_of_ballot("NEW", frozen),
        message=f"{electors}: who may vote was found at the opening",
    )
    refuse_reading(
        f"{electors}_stays",
        electors,
        event="DELETE",
        condition=_of_ballot("OLD", f'b."frozen_at" IS NOT NULL AND NOT {ENDED}'),
        message=f"{electors}: who may vote stays until the count",
    )
    for model in (Elector, RollEntry, SimpleVote):
        guards.frozen_columns(model, ["ballot"])
        table = model._meta.db_table
        guards.refuse(
            f"{table}_person_stays",
            table,
            event="UPDATE",
            when='OLD."person_id" IS DISTINCT FROM NEW."person_id" AND NEW."person_id" IS NOT NULL',
            message=f"{table}: never somebody else",
        )


def _cast_while_open() -> None:
    """Roll, votes and boxes come in while the ballot takes them; the roll holds electors alone."""
    for model, takes in (
        (RollEntry, TAKES),
        (SealedBox, f"{TAKES} AND {SECRET}"),
        (SimpleVote, f"{TAKES} AND {SIMPLE}"),
        (PaperBox, TAKES_PAPERS),
        (PaperBatch, TAKES_PAPERS),
    ):
        table = model._meta.db_table
        refuse_reading(
            f"{table}_while_open",
            table,
            event="INSERT",
            condition=f"NOT {_of_ballot('NEW', takes)}",
            message=f"{table}: the ballot takes no vote",
        )
    roll, electors = RollEntry._meta.db_table, Elector._meta.db_table
    refuse_reading(
        f"{roll}_electors_alone",
        roll,
        event="INSERT",
        condition=(
            f'NOT EXISTS (SELECT 1 FROM "{electors}" AS e WHERE e."ballot_id" = NEW."ballot_id" '  # noqa: S608
            'AND e."person_id" = NEW."person_id")'
        ),
        message=f"{roll}: not among those who may vote",
    )
    refuse_reading(
        f"{roll}_stays",
        roll,
        event="DELETE",
        condition=_of_ballot("OLD", f"NOT {ENDED}"),
        message=f"{roll}: who voted stays until the count",
    )
    guards.frozen_columns(RollEntry, ["channel", "place"])
    votes = SimpleVote._meta.db_table
    refuse_reading(
        f"{votes}_on_the_roll",
        votes,
        event="INSERT",
        condition=(
            f'NOT EXISTS (SELECT 1 FROM "{roll}" AS r WHERE r."ballot_id" = NEW."ballot_id" '  # noqa: S608
            'AND r."person_id" = NEW."person_id")'
        ),
        message=f"{votes}: not on the roll",
    )
    refuse_reading(
        f"{votes}_changes_while_open",
        votes,
        event="UPDATE",
        condition=f'OLD."choice" <> NEW."choice" AND NOT {_of_ballot("NEW", TAKES)}',
        message=f"{votes}: the ballot is closed",
    )
    refuse_reading(
        f"{votes}_stays",
        votes,
        event="DELETE",
        condition=_of_ballot("OLD", 'b."keys_destroyed_at" IS NULL'),
        message=f"{votes}: votes stay until the end of the dispute period",
    )


def _papers_of_those_marked() -> None:
    """Never more papers than people marked at the place; never more boxes than papers read twice; then they stay."""
    batches, boxes, roll = (one._meta.db_table for one in (PaperBatch, PaperBox, RollEntry))
    refuse_reading(
        f"{batches}_of_those_marked",
        batches,
        event="INSERT",
        condition=(
            f'(SELECT COALESCE(SUM(p."papers"), 0) FROM "{batches}" AS p '  # noqa: S608
            'WHERE p."ballot_id" = NEW."ballot_id" AND p."place_id" = NEW."place_id") + NEW."papers" > '
            f'(SELECT COUNT(*) FROM "{roll}" AS r WHERE r."ballot_id" = NEW."ballot_id" '
            'AND r."place_id" = NEW."place_id")'
        ),
        message=f"{batches}: more papers than people marked there",
    )
    refuse_reading(
        f"{boxes}_of_papers_read",
        boxes,
        event="INSERT",
        condition=(
            f'(SELECT COUNT(*) FROM "{boxes}" AS o WHERE o."ballot_id" = NEW."ballot_id") >= '  # noqa: S608
            f'(SELECT COALESCE(SUM(p."papers"), 0) FROM "{batches}" AS p '
            'WHERE p."ballot_id" = NEW."ballot_id" AND p."checked_at" IS NOT NULL)'
        ),
        message=f"{boxes}: more boxes than papers read twice",
    )
    guards.frozen_columns(PaperBatch, ["ballot", "place", "papers", "typed_at"])
    guards.frozen_columns(PaperBatch, ["checked_at"], when='OLD."checked_at" IS NOT NULL')
    guards.refuse(
        f"{batches}_content_stays",
        batches,
        event="UPDATE",
        when='OLD."content" IS DISTINCT FROM NEW."content" AND NEW."content" IS NOT NULL',
        message=f"{batches}: what was typed never changes",
    )
    for column in ("typed_by", "checked_by"):
        guards.refuse(
            f"{batches}_{column}_stays",
            batches,
            event="UPDATE",
            when=f'OLD."{column}_id" IS NOT NULL AND NEW."{column}_id" IS NOT NULL '
            f'AND OLD."{column}_id" <> NEW."{column}_id"',
            message=f"{batches}: never somebody else",
        )
    refuse_reading(
        f"{batches}_stays",
        batches,
        event="DELETE",
        condition=f'OLD."checked_at" IS NOT NULL AND {_of_ballot("OLD", f"NOT {ENDED}")}',
        message=f"{batches}: papers read twice stay until the count",
    )


def _boxes_never_change() -> None:
    """A box never changes; those of the urn go with the closing, those of the count with the keys."""
    for model in (SealedBox, CountedBox, PaperBox):
        table = model._meta.db_table
        guards.refuse(f"{table}_no_update", table, event="UPDATE", message=f"{table}: a box never changes")
    for model in (SealedBox, CountedBox):
        _of_one_length(model, "ciphertext", f"{BOX_BYTES}")
    _of_one_length(PaperBox, "ciphertext", f"{BOX_BYTES}, {VOTE_BYTES}")
    _of_one_length(SimpleVote, "choice", f"{VOTE_BYTES}")
    for model, until in (
        (SealedBox, 'b."closed_at" IS NULL AND b."cancelled_at" IS NULL'),
        (PaperBox, f"NOT {ENDED}"),
        (CountedBox, 'b."keys_destroyed_at" IS NULL'),
    ):
        table = model._meta.db_table
        refuse_reading(
            f"{table}_stays",
            table,
            event="DELETE",
            condition=_of_ballot("OLD", until),
            message=f"{table}: boxes stay until they are counted",
        )
    table = CountedBox._meta.db_table
    refuse_reading(
        f"{table}_after_closing",
        table,
        event="INSERT",
        condition=f"NOT {_of_ballot('NEW', 'b.closed_at IS NOT NULL AND b.counted_at IS NULL')}",
        message=f"{table}: boxes are taken out of the urn at the closing",
    )


def _of_one_length(model, column: str, lengths: str) -> None:
    """Size tells nothing of a choice."""
    table = model._meta.db_table
    for event in ("INSERT", "UPDATE"):
        guards.refuse(
            f"{table}_one_length_{event.lower()}",
            table,
            event=event,
            when=f'length(NEW."{column}") NOT IN ({lengths})',
            message=f"{table}: one length, whatever is chosen",
        )


def _keys_stay() -> None:
    """A key holder's own key is theirs from the opening on; the two-person boxes are made once."""
    guards.frozen_columns(KeyHolder, ["ballot", "position"])
    holders = KeyHolder._meta.db_table
    refuse_reading(
        f"{holders}_key_stays",
        holders,
        event="UPDATE",
        condition=(
            '(OLD."public_key" IS DISTINCT FROM NEW."public_key") AND '
            + _of_ballot("OLD", 'b."frozen_at" IS NOT NULL')
        ),
        message=f"{holders}: the keys are those of the opening",
    )
    guards.refuse(
        f"{holders}_person_stays",
        holders,
        event="UPDATE",
        when='OLD."person_id" IS DISTINCT FROM NEW."person_id" AND NEW."person_id" IS NOT NULL',
        message=f"{holders}: a key is never passed on",
    )
    pairs = PairBox._meta.db_table
    refuse_reading(
        f"{pairs}_made_at_the_opening",
        pairs,
        event="INSERT",
        condition=_of_ballot("NEW", 'b."frozen_at" IS NOT NULL'),
        message=f"{pairs}: the keys are those of the opening",
    )
    for model in (PairBox, HalfOpened):
        table = model._meta.db_table
        refuse_reading(
            f"{table}_stays",
            table,
            event="DELETE",
            condition=_of_ballot("OLD", 'b."frozen_at" IS NOT NULL AND b."keys_destroyed_at" IS NULL'),
            message=f"{table}: keys stay until they are destroyed",
        )
    for model in (PairBox, HalfOpened):
        table = model._meta.db_table
        guards.refuse(f"{table}_no_update", table, event="UPDATE", message=f"{table}: a closed key never changes")
    half = HalfOpened._meta.db_table
    refuse_reading(
        f"{half}_after_closing",
        half,
        event="INSERT",
        condition=f"NOT {_of_ballot('NEW', 'b.closed_at IS NOT NULL AND b.counted_at IS NULL')}",
        message=f"{half}: keys are opened after the closing",
    )
