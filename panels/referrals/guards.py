"""What the database itself refuses about referrals."""

from src.foundations import guards
from src.foundations.guards import refuse_reading

from .enums import REFERRAL_MOVES, TOLD, ReferralState
from .models import AgentPlace, Change, Disagreement, FormTest, MemberPlace, Referral, Task, TestSheet, Word, Workshop

REFERRAL = Referral._meta.db_table
ANSWER = ["answer", "answer_shown_on", "green_light", "taking_part", "answered_at", "follow_due_on"]


def declare_guards() -> None:
    """States move by the table of ``enums``; what was asked, answered, told and objected stays as it was."""
    _moves()
    guards.frozen_columns(
        Referral,
        ["panel", "reference", "kind", "title", "question", "unit", "wanted_on", "asked_at"],
    )
    for columns in (["reply_on", "accepted_at"], ["because"], ["follow_up", "followed_at"]):
        first = Referral._meta.get_field(columns[0])
        held = f'OLD."{first.column}" IS NOT NULL' if first.null else f"OLD.\"{first.column}\" <> ''"
        guards.frozen_columns(Referral, columns, when=held)
    guards.frozen_columns(Referral, ANSWER, when='OLD."answered_at" IS NOT NULL')
    guards.refuse(f"{REFERRAL}_stays", REFERRAL, event="DELETE", message=f"{REFERRAL}: what was asked stays")
    _words()
    _form_tests()
    _workshops()


def _among(states) -> str:
    return "(" + ", ".join(f"'{state.value}'" for state in states) + ")"


def _moves() -> None:
    allowed = " OR ".join(
        f'(OLD."state" = \'{origin.value}\' AND NEW."state" IN {_among(targets)})'
        for origin, targets in REFERRAL_MOVES.items()
        if targets
    )
    guards.refuse(
        f"{REFERRAL}_moves",
        REFERRAL,
        event="UPDATE",
        when=f'OLD."state" <> NEW."state" AND NOT ({allowed})',
        message=f"{REFERRAL}: it can't go from that state to this one",
    )
    guards.refuse(
        f"{REFERRAL}_born",
        REFERRAL,
        event="INSERT",
        when=f"NEW.\"state\" <> '{ReferralState.ASKED.value}'",
        message=f"{REFERRAL}: it begins as asked",
    )


def _referral_is(row: str, states, column: str = "referral_id") -> str:
    return (
        f'EXISTS (SELECT 1 FROM "{REFERRAL}" AS r WHERE r."id" = {row}."{column}" '  # noqa: S608
        f'AND r."state" IN {_among(states)})'
    )


def _test_is(row: str, states) -> str:
    return (
        f'EXISTS (SELECT 1 FROM "{REFERRAL}" AS r JOIN "{FormTest._meta.db_table}" AS t '  # noqa: S608
        f'ON t."referral_id" = r."id" WHERE t."id" = {row}."test_id" AND r."state" IN {_among(states)})'
    )


def _words() -> None:
    """A word is written while the referral is accepted; a published disagreement stays, its owner's name doesn't."""
    for model in (Word, Disagreement):
        table = model._meta.db_table
        guards.frozen_columns(model, ["referral"])
        refuse_reading(
            f"{table}_in_time",
            table,
            event="INSERT",
            condition=f"NOT {_referral_is('NEW', [ReferralState.ACCEPTED])}",
            message=f"{table}: the panel is not answering",
        )
        refuse_reading(
            f"{table}_stays",
            table,
            event="UPDATE",
            condition=f"""OLD."text" <> NEW."text" AND NOT {_referral_is("OLD", [ReferralState.ACCEPTED])}""",
            message=f"{table}: the panel is not answering",
        )
    table = Disagreement._meta.db_table
    refuse_reading(
        f"{table}_kept",
        table,
        event="DELETE",
        condition=_referral_is("OLD", TOLD),
        message=f"{table}: a published disagreement stays",
    )


def _form_tests() -> None:
    """Tasks are those everybody tried; sheets come in time; what is to change is written before the publication."""
    guards.frozen_columns(Task, ["test", "position", "text"])
    guards.frozen_columns(TestSheet, ["test"])
    sheets, changes = TestSheet._meta.db_table, Change._meta.db_table
    refuse_reading(
        f"{sheets}_in_time",
        sheets,
        event="INSERT",
        condition=f"NOT {_test_is('NEW', [ReferralState.ACCEPTED])}",
        message=f"{sheets}: the panel is not trying this form",
    )
    guards.frozen_columns(Change, ["referral", "position", "text"])
    guards.frozen_columns(Change, ["outcome", "because"], when="OLD.\"outcome\" <> ''")
    for event, row in (("INSERT", "NEW"), ("DELETE", "OLD")):
        refuse_reading(
            f"{changes}_{event.lower()}",
            changes,
            event=event,
            condition=f"NOT {_referral_is(row, [ReferralState.ACCEPTED])}",
            message=f"{changes}: what is to change is published",
        )


def _workshops() -> None:
    """No seat beyond those there are, whoever comes at the same moment; notes are written once."""
    workshops = Workshop._meta.db_table
    guards.frozen_columns(Workshop, ["referral"])
    guards.frozen_columns(
        Workshop, ["notes", "notes_at", "members_came", "agents_came"], when='OLD."notes_at" IS NOT NULL'
    )
    for model, seats in ((MemberPlace, "member_seats"), (AgentPlace, "agent_seats")):
        table = model._meta.db_table
        for event in ("INSERT", "UPDATE"):
            refuse_reading(
                f"{table}_seats_{event.lower()}",
                table,
                event=event,
                condition=(
                    f'NEW."number" > (SELECT w."{seats}" FROM "{workshops}" AS w '  # noqa: S608
                    f'WHERE w."id" = NEW."workshop_id")'
                ),
                message=f"{table}: there is no such seat",
            )
        refuse_reading(
            f"{workshops}_{seats}_held",
            workshops,
            event="UPDATE",
            condition=(
                f'EXISTS (SELECT 1 FROM "{table}" AS p WHERE p."workshop_id" = NEW."id" '  # noqa: S608
                f'AND p."number" > NEW."{seats}")'
            ),
            message=f"{workshops}: somebody has this seat",
        )
