"""What the database itself refuses about panels."""

from src.foundations import guards
from src.foundations.guards import refuse_reading

from .enums import (
    BETWEEN,
    BINDING,
    CANDIDATE_MOVES,
    DRAW_MOVES,
    INVITATION_MOVES,
    PANEL_MOVES,
    CandidateState,
    DrawState,
    MembershipWay,
    PanelState,
)
from .models import (
    Candidate,
    CandidateProfile,
    Consent,
    Criterion,
    CriterionValue,
    CrossQuota,
    Draw,
    DrawTable,
    EligibilityDecision,
    GuardianConsent,
    HouseholdKey,
    Invitation,
    InvitationBatch,
    Membership,
    Panel,
    PoolFigures,
    Quota,
    Receipt,
    Relaxation,
    Seat,
    SourceList,
    Substitution,
)

CHECKED = [
    "rows", "pool_size", "pool_root", "quotas_sha256", "table_sha256", "seed", "floor", "bound_millionths", "engine",
    "checked_at",
]  # fmt: skip
SEALED = ["beacon", "beacon_name", "beacon_on", "no_chance_because", "manifest", "seal", "sealed_at"]
REVEALED = ["beacon_value", "row", "revealed_at"]


def _among(states) -> str:
    return "(" + ", ".join(f"'{state.value}'" for state in states) + ")"


def declare_guards() -> None:
    """States move by the tables of ``enums``; what is sealed stays; a protected quota is signed for by two."""
    for model, moves in (
        (Panel, PANEL_MOVES),
        (Invitation, INVITATION_MOVES),
        (Candidate, CANDIDATE_MOVES),
        (Draw, DRAW_MOVES),
    ):
        _moves(model, moves)
    _born(Panel, PanelState.DRAFT)
    _born(Draw, DrawState.DRAFT)
    _born(Candidate, CandidateState.VOLUNTEERED)
    _panels()
    _letters()
    _candidates()
    _pool_and_quotas_once_sealed()
    _protected_quotas()
    _draws()
    _seats()
    _direct_seats()


def _moves(model, moves) -> None:
    table = model._meta.db_table
    allowed = " OR ".join(
        f'(OLD."state" = \'{origin.value}\' AND NEW."state" IN {_among(targets)})'
        for origin, targets in moves.items()
        if targets
    )
    guards.refuse(
        f"{table}_moves",
        table,
        event="UPDATE",
        when=f'OLD."state" <> NEW."state" AND NOT ({allowed})',
        message=f"{table}: it can't go from that state to this one",
    )


def _born(model, state) -> None:
    table = model._meta.db_table
    guards.refuse(
        f"{table}_born",
        table,
        event="INSERT",
        when=f"NEW.\"state\" <> '{state.value}'",
        message=f"{table}: it begins as {state.value}",
    )


def _panels() -> None:
    """What people were asked stays; a panel that recruited stays."""
    table = Panel._meta.db_table
    asked = f"OLD.\"state\" <> '{PanelState.DRAFT.value}'"
    guards.frozen_columns(Panel, ["slug", "question", "commissioner", "kind", "site", "renews"], when=asked)
    guards.refuse(
        f"{table}_without_a_draw",
        table,
        event="UPDATE",
        when=(
            f"OLD.\"state\" = '{PanelState.RECRUITING.value}' AND NEW.\"state\" = '{PanelState.DELIBERATING.value}' "
            'AND NEW."seats" > 0'
        ),
        message=f"{table}: its seats are drawn first",
    )
    refuse_reading(
        f"{table}_seats_once_sealed",
        table,
        event="UPDATE",
        condition=f'OLD."seats" <> NEW."seats" AND {_bound("OLD", "id")}',
        message=f"{table}: a draw of this panel is sealed",
    )
    guards.refuse(
        f"{table}_stays", table, event="DELETE", when=asked, message=f"{table}: a panel that recruited stays"
    )
    figures = PoolFigures._meta.db_table
    for event in ("UPDATE", "DELETE"):
        refuse_reading(
            f"{figures}_no_{event.lower()}",
            figures,
            event=event,
            condition=(
                f'EXISTS (SELECT 1 FROM "{table}" AS p WHERE p."id" = OLD."panel_id" '  # noqa: S608
                f"AND p.\"state\" <> '{PanelState.POOL_CLOSED.value}')"
            ),
            message=f"{figures}: frozen figures stay",
        )


def _letters() -> None:
    guards.frozen_columns(Invitation, ["batch", "number", "code_hash"])
    guards.frozen_columns(InvitationBatch, ["reference", "panel", "source_list", "letters"])
    for column in ("printed_at", "mailed_at"):
        guards.frozen_columns(InvitationBatch, [column], when=f'OLD."{column}" IS NOT NULL')
    table = InvitationBatch._meta.db_table
    # A secret taken away never comes back, nor changes: the codes on paper are the ones.
    guards.refuse(
        f"{table}_secret_stays",
        table,
        event="UPDATE",
        when='OLD."secret" IS DISTINCT FROM NEW."secret" AND NEW."secret" IS NOT NULL',
        message=f"{table}: the secret of a batch never changes",
    )


def _candidates() -> None:
    table, guardians = Candidate._meta.db_table, GuardianConsent._meta.db_table
    guards.frozen_columns(Candidate, ["panel", "ticket", "is_direct"])
    guards.refuse(
        f"{table}_seated_without_a_draw",
        table,
        event="UPDATE",
        when=(
            f"NEW.\"state\" = '{CandidateState.SEATED.value}' "
            f'AND OLD."state" = \'{CandidateState.VOLUNTEERED.value}\' AND NOT NEW."is_direct"'
        ),
        message=f"{table}: a draw seats them",
    )
    guards.refuse(
        f"{table}_direct_never_drawn",
        table,
        event="UPDATE",
        when=f'NEW."is_direct" AND NEW."state" = \'{CandidateState.IN_POOL.value}\'',
        message=f"{table}: somebody welcomed without a draw isn't in one",
    )
    guards.refuse(f"{table}_stays", table, event="DELETE", message=f"{table}: the ticket stays")
    refuse_reading(
        f"{table}_minor_with_guardian",
        table,
        event="UPDATE",
        condition=(
            f'NEW."is_minor" AND NEW."state" IN {_among([CandidateState.IN_POOL, CandidateState.SEATED])} '  # noqa: S608
            f'AND OLD."state" <> NEW."state" '
            f'AND NOT EXISTS (SELECT 1 FROM "{guardians}" AS g WHERE g."candidate_id" = NEW."id")'
        ),
        message=f"{table}: a guardian agrees first",
    )
    guards.frozen_columns(Consent, ["candidate", "purpose", "text_version", "given_at"])
    guards.frozen_columns(Consent, ["withdrawn_at"], when='OLD."withdrawn_at" IS NOT NULL')
    guards.frozen_columns(EligibilityDecision, ["candidate", "is_eligible", "reason", "decided_at"])
    receipts = Receipt._meta.db_table
    guards.frozen_columns(Receipt, ["commitment"])
    guards.refuse(
        f"{receipts}_nonce_stays",
        receipts,
        event="UPDATE",
        when='OLD."nonce" IS DISTINCT FROM NEW."nonce" AND NEW."nonce" IS NOT NULL',
        message=f"{receipts}: the number of a receipt never changes",
    )


def _bound(row: str, column: str = "panel_id") -> str:
    """Whether a draw of the row's panel is sealed, and not void."""
    draws = Draw._meta.db_table
    return (
        f'EXISTS (SELECT 1 FROM "{draws}" AS d WHERE d."panel_id" = {row}."{column}" '  # noqa: S608
        f'AND d."state" IN {_among(BINDING)})'
    )


def _bound_through(row: str, column: str, model, inner: str = "") -> str:
    """The same, for a row that leads to its panel by another table, or by two."""
    draws, through = Draw._meta.db_table, model._meta.db_table
    if not inner:
        return (
            f'EXISTS (SELECT 1 FROM "{draws}" AS d JOIN "{through}" AS t ON t."panel_id" = d."panel_id" '  # noqa: S608
            f'WHERE t."id" = {row}."{column}" AND d."state" IN {_among(BINDING)})'
        )
    return (
        f'EXISTS (SELECT 1 FROM "{draws}" AS d JOIN "{Criterion._meta.db_table}" AS c '  # noqa: S608
        f'ON c."panel_id" = d."panel_id" JOIN "{through}" AS t ON t."{inner}" = c."id" '
        f'WHERE t."id" = {row}."{column}" AND d."state" IN {_among(BINDING)})'
    )


def _pool_and_quotas_once_sealed() -> None:
    """While a draw stands sealed, nothing of what it was made from changes; an erasure still does."""
    for model, condition in (
        (SourceList, lambda row: _bound(row)),
        (Criterion, lambda row: _bound(row)),
        (CrossQuota, lambda row: _bound(row)),
        (CriterionValue, lambda row: _bound_through(row, "criterion_id", Criterion)),
        (Quota, lambda row: _bound_through(row, "value_id", CriterionValue, "criterion_id")),
    ):
        table = model._meta.db_table
        for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
            refuse_reading(
                f"{table}_sealed_{event.lower()}",
                table,
                event=event,
                condition=condition(row),
                message=f"{table}: a draw of this panel is sealed",
            )
    for model in (CandidateProfile, HouseholdKey):
        table = model._meta.db_table
        for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD")):
            refuse_reading(
                f"{table}_sealed_{event.lower()}",
                table,
                event=event,
                condition=_bound_through(row, "candidate_id", Candidate),
                message=f"{table}: a draw of this panel is sealed",
            )
    table = Candidate._meta.db_table
    refuse_reading(
        f"{table}_no_entry_once_sealed",
        table,
        event="UPDATE",
        condition=(
            f'OLD."state" <> NEW."state" AND NEW."state" IN {_among([CandidateState.IN_POOL])} AND {_bound("NEW")}'
        ),
        message=f"{table}: a draw of this panel is sealed",
    )


def _protected_quotas() -> None:
    """Once people were asked, a protected quota changes to what a guarantor signed, and stays protected."""
    table, signed = Quota._meta.db_table, Relaxation._meta.db_table
    panels, criteria, values = Panel._meta.db_table, Criterion._meta.db_table, CriterionValue._meta.db_table
    asked = (
        f'EXISTS (SELECT 1 FROM "{panels}" AS p JOIN "{criteria}" AS c ON c."panel_id" = p."id" '  # noqa: S608
        f'JOIN "{values}" AS v ON v."criterion_id" = c."id" WHERE v."id" = OLD."value_id" '
        f"AND p.\"state\" <> '{PanelState.DRAFT.value}')"
    )
    changed = (
        '(NEW."minimum" < OLD."minimum" OR NEW."maximum" > OLD."maximum" OR NOT NEW."is_protected" '
        'OR NEW."value_id" <> OLD."value_id")'
    )
    refuse_reading(
        f"{table}_protected",
        table,
        event="UPDATE",
        condition=(
            f'OLD."is_protected" AND {changed} AND {asked} AND NOT (NEW."is_protected" AND EXISTS (SELECT 1 '  # noqa: S608
            f'FROM "{signed}" AS r WHERE r."quota_id" = NEW."id" AND r."signed_at" IS NOT NULL '
            'AND r."minimum" <= NEW."minimum" AND r."maximum" >= NEW."maximum"))'
        ),
        message=f"{table}: a protected quota is relaxed by two signatures",
    )
    refuse_reading(
        f"{table}_protected_stays",
        table,
        event="DELETE",
        condition=f'OLD."is_protected" AND {asked}',
        message=f"{table}: a protected quota stays",
    )
    columns = ["quota", "minimum_before", "maximum_before", "minimum", "maximum", "reason", "asked_at"]
    guards.frozen_columns(Relaxation, columns)
    guards.frozen_columns(Relaxation, ["signed_at"], when='OLD."signed_at" IS NOT NULL')
    guards.refuse(
        f"{signed}_stays",
        signed,
        event="DELETE",
        when='OLD."signed_at" IS NOT NULL',
        message=f"{signed}: a signed relaxation stays",
    )


def _draws() -> None:
    """A table is written once; a seal, a row and a reason too. A draw that was made stays in the list."""
    guards.frozen_columns(Draw, ["panel", "number", "is_trial", "made_at", "completes", "fills"])
    guards.frozen_columns(Draw, CHECKED, when=f"OLD.\"state\" <> '{DrawState.DRAFT.value}'")
    guards.frozen_columns(Draw, SEALED, when='OLD."sealed_at" IS NOT NULL')
    guards.frozen_columns(Draw, REVEALED, when='OLD."revealed_at" IS NOT NULL')
    guards.frozen_columns(Draw, ["certified_at", "certification"], when='OLD."certified_at" IS NOT NULL')
    guards.frozen_columns(Draw, ["voided_at", "void_because", "void_record"], when='OLD."voided_at" IS NOT NULL')
    table = Draw._meta.db_table
    refuse_reading(
        f"{table}_completes_a_certified_one",
        table,
        event="INSERT",
        condition=(
            f'NEW."completes_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "{table}" AS d '  # noqa: S608
            'WHERE d."id" = NEW."completes_id" AND d."panel_id" = NEW."panel_id" AND d."completes_id" IS NULL '
            f"AND d.\"state\" = '{DrawState.CERTIFIED.value}')"
        ),
        message=f"{table}: seats are completed once a draw of them all is certified",
    )
    guards.refuse(f"{table}_stays", table, event="DELETE", message=f"{table}: a draw stays in the list, void or not")
    files = DrawTable._meta.db_table
    for event in ("UPDATE", "DELETE"):
        guards.refuse(f"{files}_no_{event.lower()}", files, event=event, message=f"{files}: written once")
    refuse_reading(
        f"{files}_before_the_seal",
        files,
        event="INSERT",
        condition=(
            f'NOT EXISTS (SELECT 1 FROM "{table}" AS d WHERE d."id" = NEW."draw_id" '  # noqa: S608
            f"AND d.\"state\" = '{DrawState.DRAFT.value}')"
        ),
        message=f"{files}: this draw has its table",
    )


def _direct_seats() -> None:
    """Never more members without a draw than a committee has seats for them."""
    table, panels, people = Membership._meta.db_table, Panel._meta.db_table, Candidate._meta.db_table
    refuse_reading(
        f"{table}_direct_seats",
        table,
        event="INSERT",
        condition=(
            f'NEW."way" <> \'{MembershipWay.DRAWN.value}\' AND (SELECT COUNT(*) FROM "{table}" AS m '  # noqa: S608
            f'WHERE m."panel_id" = NEW."panel_id" AND m."way" <> \'{MembershipWay.DRAWN.value}\' '
            f'AND m."left_on" IS NULL) >= (SELECT p."direct_seats" FROM "{panels}" AS p WHERE p."id" = NEW."panel_id")'
        ),
        message=f"{table}: every seat without a draw has somebody",
    )
    refuse_reading(
        f"{table}_way_of_the_candidate",
        table,
        event="INSERT",
        condition=(
            f'(NEW."way" = \'{MembershipWay.DRAWN.value}\') = (SELECT c."is_direct" FROM "{people}" AS c '  # noqa: S608
            'WHERE c."id" = NEW."candidate_id")'
        ),
        message=f"{table}: whoever was drawn was drawn",
    )
    guards.frozen_columns(Membership, ["panel", "candidate", "number", "way", "designated_by", "since"])
    guards.frozen_columns(Membership, ["left_on"], when='OLD."left_on" IS NOT NULL')


def _seats() -> None:
    """No more seats than the panel has; a seat changes hands by a substitution, signed when it isn't the next."""
    table, panels, made = Seat._meta.db_table, Panel._meta.db_table, Substitution._meta.db_table
    guards.frozen_columns(Seat, ["panel", "number"])
    guards.refuse(f"{table}_stays", table, event="DELETE", message=f"{table}: a seat stays")
    refuse_reading(
        f"{table}_of_the_panel",
        table,
        event="INSERT",
        condition=f'NEW."number" > (SELECT p."seats" FROM "{panels}" AS p WHERE p."id" = NEW."panel_id")',  # noqa: S608
        message=f"{table}: more seats than the panel has",
    )
    refuse_reading(
        f"{table}_by_substitution",
        table,
        event="UPDATE",
        condition=(
            'NEW."holder_id" IS NOT NULL AND OLD."holder_id" IS DISTINCT FROM NEW."holder_id" '  # noqa: S608
            f'AND NOT EXISTS (SELECT 1 FROM "{made}" AS s WHERE s."seat_id" = NEW."id" '
            'AND s."incoming_id" = NEW."holder_id" AND (s."is_listed" OR s."signed_at" IS NOT NULL))'
        ),
        message=f"{table}: a seat changes hands by a substitution",
    )
    draws = Draw._meta.db_table
    refuse_reading(
        f"{table}_between_seal_and_row",
        table,
        event="UPDATE",
        condition=(
            'NEW."holder_id" IS NOT NULL AND OLD."holder_id" IS DISTINCT FROM NEW."holder_id" '  # noqa: S608
            f'AND EXISTS (SELECT 1 FROM "{draws}" AS d WHERE d."panel_id" = NEW."panel_id" '
            f'AND d."completes_id" IS NOT NULL AND d."state" IN {_among(BETWEEN)})'
        ),
        message=f"{table}: a draw for empty seats is sealed",
    )
    refuse_reading(
        f"{table}_draw_that_fills_it",
        table,
        event="UPDATE",
        condition=(
            f'OLD."draw_id" <> NEW."draw_id" AND NOT EXISTS (SELECT 1 FROM "{draws}" AS d '  # noqa: S608
            'WHERE d."id" = NEW."draw_id" AND d."panel_id" = NEW."panel_id" AND d."completes_id" IS NOT NULL '
            f"AND d.\"state\" = '{DrawState.CERTIFIED.value}')"
        ),
        message=f"{table}: another draw fills it once certified",
    )
    guards.frozen_columns(
        Substitution,
        [
            "draw",
            "is_drawn",
            "seat",
            "outgoing",
            "incoming",
            "why",
            "is_listed",
            "rank",
            "passed",
            "reason",
            "made_at",
        ],
    )
    guards.frozen_columns(Substitution, ["signed_at"], when='OLD."signed_at" IS NOT NULL')
    guards.refuse(f"{made}_stays", made, event="DELETE", message=f"{made}: a substitution stays")
