"""The tables of a session: set, ruled, made so that people mix, made again without those missing, shown."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from panels import vault
from panels.enums import Need
from panels.models import Accommodation, Membership
from panels.services.preparing import WrongState
from panels.services.recording import record
from src.foundations import clock

from .. import rules
from ..clashes import of_clash
from ..enums import MET, PairRule, SessionState
from ..models import Session, Table, TablePin, TablePlan, TableRule, TableSeat
from ..models.tables import MOST_ROUNDS, MOST_SEATS_A_TABLE, MOST_TABLES
from .planning import hold
from .presence import expected_at

OPEN = (SessionState.PREPARED, SessionState.ANNOUNCED)
# What a table can offer; the other needs are met elsewhere.
TABLE_NEEDS = (Need.STEP_FREE, Need.SIGN_LANGUAGE, Need.HEARING_LOOP, Need.INTERPRETER)


@transaction.atomic
def set_tables(*, actor, session: Session, rounds: int, seats: int, offers: dict[str, int]) -> TablePlan:
    """Write how many rounds there are, how many seats a table has, and how many tables offer each need.

    The first tables offer what is asked; everybody has a seat. What was made before goes, with the places held; rules
    between two members stay. Refuses more than a room holds.
    """
    held = hold(session, *OPEN)
    rules.refuse_unless(rules.prepares(actor, held.panel))
    if not 1 <= rounds <= MOST_ROUNDS:
        raise ValidationError({"rounds": _("Between one and eight rounds.")})
    if not 2 <= seats <= MOST_SEATS_A_TABLE:
        raise ValidationError({"seats": _("Between two and twenty seats a table.")})
    people = expected_at(held).count()
    number = max(1, -(-people // seats), *(offers.get(need, 0) for need in TABLE_NEEDS))
    if number > MOST_TABLES:
        raise ValidationError({"seats": _("This makes more than forty tables: put more seats at each.")})
    plan, _new = TablePlan.objects.update_or_create(
        session=held,
        defaults={
            "rounds": rounds,
            "distinct": None,
            "bound": None,
            "repeats": None,
            "made_at": None,
            "shown_at": None,
        },
    )
    plan.tables.all().delete()
    Table.objects.bulk_create(
        Table(
            plan=plan,
            number=rank,
            seats=seats,
            offers=[str(need) for need in TABLE_NEEDS if rank <= offers.get(need, 0)],
        )
        for rank in range(1, number + 1)
    )
    return plan


@transaction.atomic
def rule_pair(*, actor, plan: TablePlan, kind: str, one: Membership, other: Membership) -> TableRule:
    """Ask that two members sit together, or never; in place of what was asked of them before."""
    held = hold(plan.session, *OPEN)
    rules.refuse_unless(rules.prepares(actor, held.panel))
    if kind not in PairRule.values:
        raise ValidationError({"kind": _("Choose in the list.")})
    if one.pk == other.pk:
        raise ValidationError({"other": _("Choose two different members.")})
    if {one.panel_id, other.panel_id} != {held.panel_id}:
        raise ValidationError({"other": _("This person doesn’t sit on this panel.")})
    first, second = sorted((one, other), key=lambda member: member.pk)
    made, _new = TableRule.objects.update_or_create(plan=plan, one=first, other=second, defaults={"kind": kind})
    return made


@transaction.atomic
def drop_rule(*, actor, rule: TableRule) -> None:
    """Ask no longer what was asked of two members."""
    held = hold(rule.plan.session, *OPEN)
    rules.refuse_unless(rules.prepares(actor, held.panel))
    rule.delete()


@transaction.atomic
def hold_place(*, actor, plan: TablePlan, member: Membership, table: Table) -> TablePin:
    """Keep a member at one table in every round; in place of another."""
    held = hold(plan.session, *OPEN)
    rules.refuse_unless(rules.prepares(actor, held.panel))
    if member.panel_id != held.panel_id or table.plan_id != plan.pk:
        raise ValidationError({"table": _("Choose in the list.")})
    made, _new = TablePin.objects.update_or_create(plan=plan, membership=member, defaults={"table": table})
    return made


@transaction.atomic
def free_place(*, actor, pin: TablePin) -> None:
    """Keep a member nowhere in particular."""
    held = hold(pin.plan.session, *OPEN)
    rules.refuse_unless(rules.prepares(actor, held.panel))
    pin.delete()


def make(*, actor, session: Session, without_half: int | None = None, from_round: int = 1) -> TablePlan:
    """Make the tables, or make them again from one round on; a few seconds, then one transaction.

    ``without_half``: those who aren't written as present at that half-day have no place. Needs are opened for the
    time of the reckoning, with a line of the journal, and written nowhere. Refuses with every reason at once when no
    plan keeps the rules.
    """
    rules.refuse_unless(rules.prepares(actor, session.panel))
    plan = TablePlan.objects.filter(session=session).select_related("session__panel").first()
    if plan is None or session.state not in MET + (SessionState.PREPARED,):
        raise WrongState(_("Set the tables first."), code="tables")
    if not 1 <= from_round <= plan.rounds or from_round > 1 and not plan.is_made:
        raise ValidationError({"from_round": _("There is no such round.")})
    members = {one.pk: one for one in expected_at(session)}
    record("table_needs_read", session.panel, actor=actor, about=f"session:{session.number}")
    setup, names = _setup(plan, members)
    absent = _absent(session, names, without_half)
    made = _reckoned(plan, setup, names, absent, from_round)
    return _keep(plan, made, names, actor)


def _setup(plan: TablePlan, members: dict[int, Membership]):
    """What the engine begins from: people by number and badge, so that its refusals read well."""
    from panels.mixing import Person, Pin, Setup  # numpy loads when tables are made
    from panels.mixing import Table as Seats

    names = {pk: f"{one.number:03d}. {one.label}" for pk, one in members.items()}
    needs = _needs(members)
    setup = Setup(
        people=tuple(Person(name, frozenset(needs.get(pk, ()))) for pk, name in names.items()),
        tables=tuple(
            Seats(f"{one.number:02d}", one.seats, frozenset(_words(one.offers))) for one in plan.tables.all()
        ),
        rounds=plan.rounds,
        together=_pairs(plan, names, PairRule.TOGETHER),
        apart=_pairs(plan, names, PairRule.APART),
        pins=tuple(
            Pin(names[one.membership_id], number, f"{one.table.number:02d}")
            for one in plan.pins.select_related("table")
            if one.membership_id in names
            for number in range(plan.rounds)
        ),
    )
    return setup, names


def _pairs(plan: TablePlan, names: dict[int, str], kind: str):
    found = plan.rules.filter(kind=kind).values_list("one_id", "other_id")
    return tuple((names[one], names[other]) for one, other in found if one in names and other in names)


def _needs(members: dict[int, Membership]) -> dict[int, list[str]]:
    owners = {one.candidate_id: pk for pk, one in members.items()}
    rows = Accommodation.objects.filter(candidate_id__in=owners).values_list("candidate_id", "ciphertext")
    return {
        owners[candidate]: _words([one for one in vault.opened(closed, vault.NEEDS) if one in TABLE_NEEDS])
        for candidate, closed in rows
    }


def _words(needs) -> list[str]:
    with translation.override("fr"):
        return [str(Need(one).label) for one in needs]


def _absent(session: Session, names: dict[int, str], half: int | None) -> frozenset[str]:
    if half is None:
        return frozenset()
    there = set(session.attendances.filter(half_day=half, is_present=True).values_list("membership_id", flat=True))
    if not there:
        raise WrongState(_("Nobody is written as present at this half-day yet."), code="presence")
    return frozenset(name for pk, name in names.items() if pk not in there)


def _reckoned(plan: TablePlan, setup, names: dict[int, str], absent: frozenset[str], from_round: int):
    from dataclasses import replace

    from panels import mixing  # numpy loads when tables are made

    try:
        if from_round == 1:
            return mixing.plan(replace(setup, absent=absent), plan.seed)
        kept = mixing.Plan(setup, plan.seed, _rounds(plan, setup, names), None)
        return mixing.replan(kept, from_round - 1, absent)
    except mixing.Impossible as refused:
        raise ValidationError([of_clash(clash) for clash in refused.clashes]) from None


def _rounds(plan: TablePlan, setup, names: dict[int, str]):
    """The rounds as they were made, for the engine to keep those that took place."""
    found = [{table.name: () for table in setup.tables} for _number in range(plan.rounds)]
    for one in plan.seat_rows.select_related("table"):
        if one.membership_id in names:
            found[one.round - 1][f"{one.table.number:02d}"] += (names[one.membership_id],)
    return tuple({table: tuple(sorted(people)) for table, people in one.items()} for one in found)


@transaction.atomic
def _keep(plan: TablePlan, made, names: dict[int, str], actor) -> TablePlan:
    held = TablePlan.objects.select_for_update(of=("self",)).select_related("session__panel").get(pk=plan.pk)
    tables = {f"{one.number:02d}": one.pk for one in held.tables.all()}
    people = {name: pk for pk, name in names.items()}
    held.seat_rows.all().delete()
    TableSeat.objects.bulk_create(
        TableSeat(plan=held, round=number, table_id=tables[table], membership_id=people[name])
        for number, one in enumerate(made.rounds, start=1)
        for table, seated in one.items()
        for name in seated
    )
    held.distinct, held.bound, held.repeats = made.figures.distinct, made.figures.bound, made.figures.repeats
    held.made_at, held.made_by = clock.now(), getattr(actor, "user", actor)
    held.save()
    figures = {"distinct": held.distinct, "bound": held.bound}
    record("tables_made", held.session.panel, actor=actor, about=f"session:{held.session.number}", payload=figures)
    return held


@transaction.atomic
def show(*, actor, plan: TablePlan, shown: bool = True) -> TablePlan:
    """Let each member read their tables, or no longer. Refuses tables that aren't made."""
    held = TablePlan.objects.select_for_update(of=("self",)).select_related("session__panel").get(pk=plan.pk)
    rules.refuse_unless(rules.prepares(actor, held.session.panel))
    if not held.is_made:
        raise WrongState(_("Make the tables first."), code="tables")
    held.shown_at = clock.now() if shown else None
    held.save(update_fields=["shown_at"])
    return held
