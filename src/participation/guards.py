"""What the database itself refuses about spaces and contributions."""

from src.directory.models import Unit
from src.foundations import guards
from src.foundations.guards import refuse_reading

from .models import IdentityOpening, SealedAuthor, SiteCode, Space, SpaceLimit

IS_FROZEN = 'OLD."first_contribution_at" IS NOT NULL'


def declare_guards() -> None:
    """Declare this room's triggers."""
    frozen = ["circle", "identity_modes", "first_contribution_at", "cohort_seats", "direction_seats"]
    guards.frozen_columns(Space, frozen, when=IS_FROZEN)
    units = Unit._meta.db_table
    succeeds = (
        f'EXISTS (SELECT 1 FROM "{units}" AS u '  # noqa: S608
        'WHERE u."id" = OLD."member_unit_id" AND u."successor_id" = NEW."member_unit_id")'
    )
    # The members' branch may only pass to the unit that succeeds it.
    refuse_reading(
        "participation_space_members_frozen",
        Space._meta.db_table,
        event="UPDATE",
        condition=f'{IS_FROZEN} AND OLD."member_unit_id" IS DISTINCT FROM NEW."member_unit_id" AND NOT {succeeds}',
        message="participation_space: member_unit can no longer change",
    )
    _limits_are_told()
    guards.frozen_columns(SealedAuthor, ["handle", "ciphertext"])
    guards.frozen_columns(SiteCode, ["unit", "space", "week", "salt", "code_hash"])
    guards.frozen_columns(SiteCode, ["stopped_on"], when='OLD."stopped_on" IS NOT NULL')
    _guards_for_openings()


def _guards_for_openings() -> None:
    """What was asked never changes, nor what was decided; two people decide; an end is an end."""
    asked = ["reference", "subject_kind", "subject_reference", "handle", "ground", "motive_sealed", "court_reference"]
    guards.frozen_columns(IdentityOpening, [*asked, "silent_until", "asked_as", "asked_at", "expires_at"])
    over = """OLD."state" <> 'waiting'"""
    guards.frozen_columns(IdentityOpening, ["state", "decided_as", "decided_at", "answer_sealed"], when=over)
    table = IdentityOpening._meta.db_table
    for name in ("asked_by", "decided_by"):
        guards.refuse(
            f"{table}_{name}_stays",
            table,
            event="UPDATE",
            when=f'OLD."{name}_id" IS NOT NULL AND NEW."{name}_id" IS NOT NULL AND OLD."{name}_id" <> NEW."{name}_id"',
            message=f"{table}: {name} can no longer change",
        )
    for name in ("read_by_asker_at", "read_by_second_at", "told_at"):
        guards.frozen_columns(IdentityOpening, [name], when=f'OLD."{name}" IS NOT NULL')
    # An account may be erased later; at the moment of deciding both people are there.
    guards.refuse(
        f"{table}_two_people",
        table,
        event="UPDATE",
        when="NEW.\"state\" IN ('opened', 'refused') AND OLD.\"state\" = 'waiting' "
        'AND (NEW."asked_by_id" IS NULL OR NEW."decided_by_id" IS NULL)',
        message=f"{table}: two people decide",
    )
    guards.refuse(
        f"{table}_born_waiting",
        table,
        event="INSERT",
        when='NEW."state" <> \'waiting\' OR NEW."asked_by_id" IS NULL',
        message=f"{table}: an opening begins as a request of somebody",
    )


def _limits_are_told() -> None:
    """A space with limits says so: what reads ``is_limited`` alone never lets somebody in by mistake."""
    spaces, limits = Space._meta.db_table, SpaceLimit._meta.db_table
    silent = f'EXISTS (SELECT 1 FROM "{spaces}" AS s WHERE s."id" = NEW."space_id" AND NOT s."is_limited")'  # noqa: S608
    for event in ("INSERT", "UPDATE"):
        refuse_reading(
            f"{limits}_told_{event.lower()}",
            limits,
            event=event,
            condition=silent,
            message=f"{limits}: the space isn''t said to be limited",
        )
    kept = f'EXISTS (SELECT 1 FROM "{limits}" AS l WHERE l."space_id" = OLD."id")'  # noqa: S608
    refuse_reading(
        "participation_space_limits_kept",
        spaces,
        event="UPDATE",
        condition=f'OLD."is_limited" AND NOT NEW."is_limited" AND {kept}',
        message="participation_space: it still has limits",
    )


def guards_for_contribution(model) -> None:
    """Declare the triggers of a concrete contribution table: who made it, and how that is shown, never changes.

    ``author`` may become empty (the account was erased) but never somebody else; a comment's parent, when the
    table has one, is always a first-level comment. Apps call it from ``AppConfig.ready()``.
    """
    table = model._meta.db_table
    guards.frozen_columns(model, ["identity_mode", "handle", "reference"])
    guards.refuse(
        f"{table}_author_frozen",
        table,
        event="UPDATE",
        when='OLD."author_id" IS DISTINCT FROM NEW."author_id" AND NEW."author_id" IS NOT NULL',
        message=f"{table}: author can no longer change",
    )
    names = {field.name for field in model._meta.concrete_fields}
    _nothing_leads_to_the_anonymous(model, names)
    if {"parent", "in_reply_to"} <= names:
        _one_level_of_replies(model)


def guards_for_moderation(case_model, appeal_model) -> None:
    """Declare that what was decided, and what was answered to an objection, no longer changes."""
    decided = 'OLD."decided_at" IS NOT NULL'
    guards.frozen_columns(case_model, ["state", "reason_code", "text", "decided_at"], when=decided)
    guards.frozen_columns(appeal_model, ["state", "answer", "decided_at"], when=decided)
    guards.frozen_columns(appeal_model, ["case", "text"])


def _nothing_leads_to_the_anonymous(model, names: set) -> None:
    """No link is ever sealed to an anonymous contribution; and it is made where the space allows it."""
    table = model._meta.db_table
    anonymous = (
        f'EXISTS (SELECT 1 FROM "{table}" AS c '  # noqa: S608
        'WHERE c."handle" = NEW."handle" AND c."identity_mode" = \'anonymous\')'
    )
    refuse_reading(
        f"{table}_anonymous_never_sealed",
        SealedAuthor._meta.db_table,
        event="INSERT",
        condition=anonymous,
        message=f"{table}: nothing leads to who wrote anonymously",
    )
    if "space" not in names:
        return
    spaces = Space._meta.db_table
    elsewhere = (
        f'EXISTS (SELECT 1 FROM "{spaces}" AS s WHERE s."id" = NEW."space_id" '  # noqa: S608
        'AND CAST(s."identity_modes" AS TEXT) NOT LIKE \'%"anonymous"%\')'
    )
    refuse_reading(
        f"{table}_anonymous_where_allowed",
        table,
        event="INSERT",
        condition=f"NEW.\"identity_mode\" = 'anonymous' AND {elsewhere}",
        message=f"{table}: this space takes nothing anonymous",
    )


def _one_level_of_replies(model) -> None:
    table = model._meta.db_table
    is_a_reply = (
        f'EXISTS (SELECT 1 FROM "{table}" AS p '  # noqa: S608
        'WHERE p."id" = NEW."parent_id" AND p."parent_id" IS NOT NULL)'
    )
    for event in ("INSERT", "UPDATE"):
        refuse_reading(
            f"{table}_one_level_{event.lower()}",
            table,
            event=event,
            condition=f'NEW."parent_id" IS NOT NULL AND {is_a_reply}',
            message=f"{table}: a reply hangs on a first-level comment",
        )
