"""A draw: its table made by a job and checked, sealed, its row revealed, certified; or void, and listed."""

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from src.foundations import clock, runs

from .. import rules, vault
from ..compliance import compliance_of
from ..enums import BINDING, SITTING, Beacon, CandidateState, DrawState, PanelState
from ..frames import Frame, frame_of
from ..models import Draw, DrawTable, Panel, Receipt, Seat
from ..pool import people_of
from . import seating, telling
from .figures import freeze_figures
from .preparing import WrongState, hold, move
from .recording import record

JOB = "panels.draw"
STEP = 20
# Of the departures simulated, how many quotas are told: the hardest to replace.
DEPTHS = 5
MOST_REASON = 2000


class PoolMoved(WrongState):
    """Somebody left, or a quota changed, since the table was begun: it is made again."""


@transaction.atomic
def prepare_draw(*, actor, panel: Panel, rows: int = 1000, is_trial: bool = False) -> Draw:
    """Begin a draw and have its table made by a job. A trial one, on shuffled profiles, may come before the closing.

    Refuses a draw while another stands sealed, or while a table is made. Every draw begun is counted and listed.
    """
    states = (PanelState.RECRUITING, PanelState.POOL_CLOSED) if is_trial else (PanelState.POOL_CLOSED,)
    held = hold(panel, *states)
    rules.refuse_unless(rules.may_organise(actor, held))
    if held.draws.filter(state__in=BINDING).exists():
        raise WrongState(_("A draw of this panel is sealed: void it first, with its reason."), code="sealed")
    return begin(held, actor=actor, rows=rows, is_trial=is_trial)


def begin(panel: Panel, *, actor, rows: int, **facts) -> Draw:
    """Number a draw of a held panel and ask for its table; refuses while another table is made."""
    _refuse_while_made(panel)
    made = Draw.objects.create(
        panel=panel,
        number=(panel.draws.aggregate(last=Max("number"))["last"] or 0) + 1,
        rows=rows,
        made_by=getattr(actor, "user", actor),
        made_at=clock.now(),
        **facts,
    )
    told = {"trial": made.is_trial, "rows": rows} | ({"fills": made.fills} if made.fills else {})
    record("draw_prepared", panel, actor=actor, about=f"draw:{made.number}", payload=told)
    _start(made)
    return made


@transaction.atomic
def make_again(*, actor, draw: Draw) -> Draw:
    """Have the table of a draw made by a new job, after one that failed or was stopped."""
    held = _hold(draw, DrawState.DRAFT)
    rules.refuse_unless(rules.may_organise(actor, held.panel))
    _refuse_while_made(held.panel)
    _start(held)
    return held


def _refuse_while_made(panel: Panel) -> None:
    making = list(panel.draws.filter(state=DrawState.DRAFT, run_id__isnull=False).values_list("run_id", flat=True))
    if runs.any_open(making):
        raise WrongState(_("A table is being made already: wait for its end, or stop it."), code="making")


def _start(draw: Draw) -> None:
    run = runs.start(JOB, owner=draw.made_by, total=draw.rows, draw=draw.pk)
    Draw.objects.filter(pk=draw.pk).update(run_id=run.pk)
    draw.run_id = run.pk


def make_table(*, draw: Draw, progress: Callable[[int, int], None] = lambda done, total: None) -> Draw:
    """Make the table of a draw and keep it, whole or not at all; twice changes nothing.

    The same pool, quotas and number give the same table, whoever makes it and however often a worker died before.
    ``progress`` is called between panels and may stop the work by raising. Raises what the engine refuses
    (``InvalidPool``, ``Infeasible``), and PoolMoved.
    """
    from .. import lottery, proof  # numpy and the solver load in the worker that draws

    draw = Draw.objects.select_related("panel").get(pk=draw.pk)
    if draw.state != DrawState.DRAFT:
        return draw
    panel = draw.panel
    frame = frame_of(draw)
    people, pool = frame.people, frame.pool
    leaves, root = _leaves(panel, people)
    quotas = _quotas(frame)
    seed = proof.seed_of(root, quotas, draw.number)
    made = lottery.draw(
        pool,
        panels=draw.rows,
        seed=bytes.fromhex(seed),
        progress=lambda done, total: progress(done, total) if done % STEP == 0 or done == total else None,
    )
    table = proof.table_file(made.rows)
    seen = Counter(ticket for row in made.rows for ticket in row)
    result = made.record["result"]
    depths = lottery.reserve_per_profile(pool, made.rows, seed=bytes.fromhex(seed))[:DEPTHS]
    with transaction.atomic():
        _refuse_if_moved(draw, leaves, quotas)
        held = _hold(draw)
        if held.state != DrawState.DRAFT:
            return held
        DrawTable.objects.create(
            draw=held, table=zlib.compress(table), quotas=zlib.compress(quotas), leaves=zlib.compress(leaves)
        )
        Draw.objects.filter(pk=held.pk).update(
            state=DrawState.CHECKED,
            pool_size=len(people),
            pool_root=root,
            quotas_sha256=proof.seal_of(quotas),
            table_sha256=proof.seal_of(table),
            seed=seed,
            floor=min(seen.values()),
            bound_millionths=round(made.bound * 1_000_000),
            engine={
                "bound": f"{made.bound:.9f}",
                "certain": sorted(made.certain),
                "without_chance": sorted(made.without_chance),
                "distinct": result["distinct_panels"],
                "versions": {key: str(value) for key, value in made.record["environment"].items()},
                "engine": str(result["engine"]),
                "compliance": compliance_of(people, made.rows, json.loads(quotas)),
                "reserve": [
                    [list(map(list, one.label)), one.leavers, one.replaced, one.possible_worst] for one in depths
                ],
            },
            checked_at=clock.now(),
        )
        record(
            "draw_checked", panel, about=f"draw:{held.number}",
            payload={"pool_root": root, "table": proof.seal_of(table), "floor": min(seen.values())}, at_once=True,
        )  # fmt: skip
    return Draw.objects.select_related("panel").get(pk=draw.pk)


def entries_of(panel: Panel, people) -> list:
    """The pool as it is sealed: each with the number of its receipt."""
    from .. import proof  # beside the engine, which loads with it

    nonces = dict(
        Receipt.objects.filter(candidate__panel=panel, nonce__isnull=False).values_list("candidate__ticket", "nonce")
    )
    return [
        proof.Entry(ticket, values, bytes.fromhex(vault.opened(nonces[ticket], vault.RECEIPT)), household)
        for ticket, values, household in people
    ]


def _leaves(panel: Panel, people) -> tuple[bytes, str]:
    from .. import proof  # beside the engine, which loads with it

    if not people:
        raise ValidationError(_("Nobody is in the draw."), code="empty")
    leaves = proof.leaves_file(entries_of(panel, people))
    return leaves, proof.root_of(list(proof.read_leaves(leaves).values()))


def _quotas(frame: Frame) -> bytes:
    from .. import proof  # beside the engine, which loads with it

    return proof.quotas_file(seats=frame.seats, quotas=frame.quotas, crossed=frame.crossed)


def _refuse_if_moved(draw: Draw, leaves: bytes, quotas: bytes) -> None:
    panel = hold(draw.panel)
    frame = frame_of(draw)
    filled = Seat.objects.filter(panel=panel, number__in=draw.fills, holder__isnull=False).exists()
    if filled or not frame.people or _leaves(panel, frame.people)[0] != leaves or _quotas(frame) != quotas:
        raise PoolMoved(
            _("Somebody left, or a quota changed, since this table was begun: make it again."), code="moved"
        )


@transaction.atomic
def seal_draw(*, actor, draw: Draw, beacon: str, beacon_name: str, beacon_on, no_chance_because: str = "") -> Draw:
    """Seal a draw before its beacon exists: from now on neither the pool, nor the quotas, nor the table change.

    Refuses a trial; a beacon of today or before; a table of other people than those in the draw now; and, where
    somebody can't be drawn, to seal without the reason that they are told.
    """
    from .. import proof  # beside the engine, which loads with it

    held = _hold(draw, DrawState.CHECKED)
    panel = hold(held.panel, *_stands(held))
    rules.refuse_unless(rules.may_organise(actor, panel))
    if held.is_trial:
        raise WrongState(_("A trial draw is never sealed."), code="trial")
    if beacon not in Beacon.values:
        raise ValidationError({"beacon": _("Choose what gives the row.")})
    if beacon_on <= clock.today():
        raise ValidationError({"beacon_on": _("The row is revealed another day than the seal: choose a later one.")})
    if held.completes_id and beacon_on >= reserve_erased_on(held.completes):
        raise ValidationError({"beacon_on": _("The reserve is erased before this day: choose an earlier one.")})
    if held.engine["without_chance"] and not no_chance_because.strip():
        raise ValidationError(
            {"no_chance_because": _("Some people can’t be drawn under these quotas: write why, they are told.")}
        )
    files = files_of(held)
    _refuse_if_moved(held, files["leaves"], files["quotas"])
    try:
        manifest = proof.manifest_file(
            panel=panel.slug,
            number=held.number,
            leaves=files["leaves"],
            quotas=files["quotas"],
            table=files["table"],
            bound=held.engine["bound"],
            floor=held.floor,
            beacon=proof.Beacon(str(beacon), beacon_name, beacon_on.isoformat()),
            engine={**held.engine["versions"], "engine": held.engine["engine"]},
            completes=_completed(held),
        )
    except proof.Refused as refusal:
        raise ValidationError(
            _("This draw can’t be sealed so: look at the name of the beacon and the rows.")
        ) from refusal
    seal = proof.seal_of(manifest)
    _move(
        held,
        DrawState.SEALED,
        beacon=beacon,
        beacon_name=beacon_name,
        beacon_on=beacon_on,
        no_chance_because=no_chance_because.strip(),
        manifest=manifest.decode(),
        seal=seal,
        sealed_at=clock.now(),
    )
    record("draw_sealed", panel, actor=actor, about=f"draw:{held.number}", payload={"seal": seal}, at_once=True)
    telling.sealed(held)
    return held


def _stands(draw: Draw) -> tuple[str, ...]:
    """Where a panel stands for this draw to be sealed and certified."""
    return SITTING if draw.completes_id else (PanelState.POOL_CLOSED,)


def _completed(draw: Draw):
    """What the manifest says of the draw whose empty seats this one fills."""
    from .. import proof  # beside the engine, which loads with it

    if not draw.completes_id:
        return None
    certified = proof.read_certification(draw.completes.certification.encode())
    return proof.Completed(draw.completes.number, certified["digest"], tuple(draw.fills))


def reserve_erased_on(draw: Draw):
    """The day from which those whom a certified draw left in the reserve are erased."""
    return timezone.localdate(draw.certified_at) + timedelta(days=settings.TERRAIN_PANEL_CANDIDATE_DAYS)


@transaction.atomic
def reveal_draw(*, actor, draw: Draw, value: str) -> Draw:
    """Write what the beacon gave: the row follows. Refuses before its day, a value it can't give, and another time."""
    from .. import proof  # beside the engine, which loads with it

    held = _hold(draw, DrawState.SEALED)
    rules.refuse_unless(rules.may_organise(actor, held.panel) or rules.may_watch(actor, held.panel))
    if clock.today() < held.beacon_on:
        raise WrongState(_("The row is revealed on the day announced."), code="early")
    try:
        row, _set_aside = proof.row_of(held.beacon, value, seal=held.seal, rows=held.rows)
    except proof.Refused as refusal:
        raise ValidationError({"value": _("This isn’t what the beacon gives: look again.")}) from refusal
    _move(held, DrawState.REVEALED, beacon_value=value, row=row, revealed_at=clock.now())
    record(
        "draw_revealed", held.panel, actor=actor, about=f"draw:{held.number}",
        payload={"value": value, "row": row}, at_once=True,
    )  # fmt: skip
    return held


@transaction.atomic
def certify_draw(*, actor, draw: Draw, place: str, witnesses: Iterable[tuple[str, str]]) -> Draw:
    """Certify a revealed draw, as a guarantor: seats, the sealed reserve and the figures are written, once a panel.

    One made for empty seats fills them alone. Whoever withdrew since the seal leaves their seat empty, for the
    reserve. Each person drawn is to be called.
    """
    from .. import proof  # beside the engine, which loads with it

    held = _hold(draw, DrawState.REVEALED)
    panel = hold(held.panel, *_stands(held))
    user = getattr(actor, "user", actor)
    rules.refuse_unless(rules.may_watch(actor, panel) and held.made_by_id != user.pk)
    try:
        certification = proof.certification_file(
            held.manifest.encode(),
            beacon_value=held.beacon_value,
            witnesses=list(witnesses),
            place=place,
            on=clock.today().isoformat(),
        )
    except proof.Refused as refusal:
        raise ValidationError(_("Write where the row was revealed, and who saw it.")) from refusal
    files = files_of(held)
    row = proof.read_table(files["table"])[held.row]
    _move(held, DrawState.CERTIFIED, certified_by=user, certified_at=clock.now(), certification=certification.decode())
    if held.completes_id:
        seating.fill(held, row, signer=user)
        told = {"row": held.row, "fills": held.fills}
        record("draw_certified", panel, actor=actor, about=f"draw:{held.number}", payload=told, at_once=True)
        return held
    freeze_figures(panel)
    seating.seat(held, row)
    seating.rank(panel, proof.reserve_of(held.seed, held.row, proof.read_leaves(files["leaves"]), row))
    move(panel, PanelState.DRAWN, actor, "draw_certified", {"draw": held.number, "row": held.row})
    return held


@transaction.atomic
def void_draw(*, actor, draw: Draw, because: str) -> Draw:
    """Make a draw void before it is certified, with a reason that everybody reads; it stays listed and unchanged."""
    from .. import proof  # beside the engine, which loads with it

    held = _hold(draw, DrawState.DRAFT, DrawState.CHECKED, DrawState.SEALED, DrawState.REVEALED)
    rules.refuse_unless(rules.may_organise(actor, held.panel) or rules.may_watch(actor, held.panel))
    because = because.strip()
    if not because or len(because) > MOST_REASON:
        raise ValidationError({"because": _("Write why: everybody reads it.")})
    void = proof.void_file(
        panel=held.panel.slug, number=held.number, previous=held.seal, reason=because, on=clock.today().isoformat()
    )
    was = held.state
    _move(held, DrawState.VOID, void_because=because, voided_at=clock.now(), void_record=void.decode())
    if held.run_id:
        runs.ask_cancel(held.run_id)
    record(
        "draw_voided", held.panel, actor=actor, about=f"draw:{held.number}", payload={"from": str(was)}, at_once=True
    )
    return held


def files_of(draw: Draw) -> dict[str, bytes]:
    """The files of a draw: ``table``, ``quotas``, ``leaves``, byte for byte as they were made."""
    kept = DrawTable.objects.get(draw=draw)
    return {name: zlib.decompress(bytes(getattr(kept, name))) for name in ("table", "quotas", "leaves")}


def profiles_for_guarantors(*, actor, draw: Draw, reason: str) -> bytes:
    """The profiles of a sealed pool, for guarantors who check every row on site; one line of the journal.

    Refuses everybody else, and a pool of which somebody was erased: it no longer gives the leaves that were sealed.
    """
    from .. import proof  # beside the engine, which loads with it

    panel = draw.panel
    rules.refuse_unless(rules.may_watch(actor, panel) and rules.may_read_profile(actor, panel))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why you read these profiles: the journal keeps it.")})
    tickets = set(proof.read_leaves(files_of(draw)["leaves"]))
    with transaction.atomic():
        record(
            "profile_read", panel, actor=actor, about=f"draw:{draw.number}",
            payload={"reason": reason.strip(), "count": len(tickets)}, at_once=True,
        )  # fmt: skip
        people = [one for one in people_of(panel, CandidateState.values) if one[0] in tickets]
        if len(people) < len(tickets):
            raise WrongState(_("Somebody of this pool was erased: every row can’t be read again."), code="erased")
        return proof.profiles_file(entries_of(panel, people))


def _hold(draw: Draw, *states: str) -> Draw:
    found = Draw.objects.select_for_update(of=("self",)).select_related("panel__commissioner", "completes")
    held = found.get(pk=draw.pk)
    if states and held.state not in states:
        raise WrongState(
            _("This draw is at “%(state)s”: this can’t be done now.") % {"state": held.get_state_display()},
            code="state",
        )
    return held


def _move(draw: Draw, state: str, **columns) -> None:
    if not Draw.objects.filter(pk=draw.pk, state=draw.state).update(state=state, **columns):
        raise WrongState(_("Somebody has just moved this draw: read it again."), code="state")
    draw.state = state
    for name, value in columns.items():
        setattr(draw, name, value)
