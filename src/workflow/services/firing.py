"""The one door: ``fire`` moves a subject from a stage to the next, or says who moved it first."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock, outbox

from .. import process_cache, registry, returning
from ..enums import Actor, ClockEffect
from ..exceptions import ConditionNotMet, TransitionNotAllowed
from ..sentences import already_moved


def fire(
    subject,
    transition_slug: str,
    *,
    actor,
    data: dict | None = None,
    as_role: str | None = None,
    at: datetime | None = None,
    vouched: bool = False,
):
    """Move ``subject`` by one transition and answer its journal entry.

    Changes, in one transaction: the stage (conditional update that must touch one row), one journal row, the effects
    of the transition's form, the promised date, and two outbox rows: ``workflow.moved``, due at once, and
    ``workflow.told``, held for ``TERRAIN_HOLD_MINUTES``, which starts what people are told (``take_back`` recalls it).

    Refuses with PermissionDenied a person who holds none of the transition's roles, and with TransitionNotAllowed
    a subject that isn't at its first stage any more (who moved it, and when) or a guard's condition.

    ``actor`` is None for the clock (``as_role="system"``) and for a sealed author (``as_role="author"``: the caller
    knows it's them; no account and no hour is kept), and for what an impersonal role takes. With an actor,
    ``as_role`` picks one of the roles they hold;
    ``vouched=True`` says that the right was checked earlier (an announcement, an import). ``at`` dates the move.
    Keys of ``data`` that begin with "_" reach the effects but not the journal.
    """
    data = dict(data or {})
    transition = process_cache.graph(subject.process_id).transition(transition_slug)
    if transition is None:
        raise TransitionNotAllowed(_("This step does not exist in the process this item follows."))
    viewer = as_viewer(actor) if actor is not None else None
    role = _acting_role(subject, transition, viewer, as_role, vouched)
    if subject.stage_id != transition.from_stage_id:
        subject.refresh_from_db(fields=["stage", "stage_kind", "stage_since"])
        if subject.stage_id != transition.from_stage_id:
            raise TransitionNotAllowed(already_moved(subject, role))
    _check_conditions(subject, transition, viewer, data)
    return _move(subject, transition, actor, role, viewer, data, at)


def _acting_role(subject, transition, viewer, as_role, vouched) -> str:
    """The role the journal keeps; PermissionDenied when there is none."""
    if viewer is None:
        taken = as_role in (Actor.SYSTEM, Actor.AUTHOR) or (vouched and registry.is_impersonal(as_role))
        allowed = taken and as_role in transition.who
    elif vouched:
        allowed = as_role in transition.who
    else:
        held = [code for code in transition.who if code in subject.roles_of(viewer) and code != Actor.SYSTEM]
        as_role = as_role or (held[0] if held else None)
        allowed = as_role in held
    if not allowed:
        raise PermissionDenied(_("This step is not yours to take."))
    return str(as_role)


def _check_conditions(subject, transition, viewer, data) -> None:
    guard = registry.guard(transition.guard) if transition.guard else None
    refusal = guard.check(subject, viewer, data) if guard else None
    if refusal:
        raise ConditionNotMet(refusal)
    form = registry.form(transition.form) if transition.form else None
    if form and form.reason_required and not (data.get("text") or data.get("reason_code")):
        raise ConditionNotMet(_("Say why: this step always carries a reason."))


def _move(subject, transition, actor, role, viewer, data, at):
    sealed_author = actor is None and role == Actor.AUTHOR
    now = at or clock.now()
    if sealed_author:
        now = clock.week_start_moment(clock.week_of(now))
    columns = {
        **subject.fire_updates(transition, data),
        "stage": transition.to_stage,
        "stage_kind": transition.to_stage.kind,
        "stage_since": now,
    }
    before = _remember(subject)
    way_back = returning.memory(subject, transition, columns) if actor is not None else {}
    told_at = (at or clock.now()) + timedelta(minutes=settings.TERRAIN_HOLD_MINUTES)
    try:
        with transaction.atomic():
            entry = _write(subject, transition, actor, role, viewer, data, now, columns)
            if entry is not None:
                _emit(subject, entry, told_at, way_back)
    except BaseException:
        _restore(subject, before)
        raise
    if entry is None:
        raise TransitionNotAllowed(already_moved(subject, role))
    return entry


def _remember(subject) -> tuple[dict, dict]:
    """The object as it is in memory, so that a move that fails leaves it as untouched as its row."""
    return dict(subject.__dict__), dict(subject._state.fields_cache)


def _restore(subject, before: tuple[dict, dict]) -> None:
    values, relations = before
    subject.__dict__.clear()
    subject.__dict__.update(values)
    subject._state.fields_cache = relations


def _write(subject, transition, actor, role, viewer, data, now, columns):
    """The transaction's content; None when somebody else moved the subject first (nothing is written then)."""
    model = type(subject)
    touched = model._base_manager.filter(
        pk=subject.pk, process_id=subject.process_id, stage_id=transition.from_stage_id
    ).update(**columns)
    if touched != 1:
        return None
    for name, value in columns.items():
        setattr(subject, name, value)
    relation = model.journal_relation()
    entry = relation.related_model._base_manager.create(
        **{relation.field.name: subject},
        transition_slug=transition.slug,
        from_kind=transition.from_stage.kind,
        to_kind=transition.to_stage.kind,
        from_stage=transition.from_stage,
        to_stage=transition.to_stage,
        actor=actor,
        actor_role=role,
        at=now,
        reason_code=data.get("reason_code") or "",
        text=data.get("text") or "",
        data=journal_data(data),
    )
    for apply in registry.effects(transition.form, subject.subject_kind):
        apply(subject, transition, viewer, data, entry)
    apply_clock = registry.clock_of(subject.subject_kind)
    if apply_clock and transition.clock != ClockEffect.NONE:
        apply_clock(subject, transition.clock, transition=transition, viewer=viewer, data=data, entry=entry)
    return entry


def _emit(subject, entry, told_at, way_back: dict) -> None:
    """What follows at once, and what waits; the second row carries what a return needs, and is all it needs."""
    payload = {"kind": subject.subject_kind, "reference": subject.reference, "entry": entry.pk}
    outbox.emit_all(
        [
            outbox.Effect(
                "workflow.moved",
                {**payload, "held": True},
                key=f"workflow.moved:{subject.subject_kind}:{entry.pk}",
            ),
            outbox.Effect(
                "workflow.told",
                {**payload, **way_back},
                key=returning.told_key(subject.subject_kind, entry.pk),
                not_before=told_at,
            ),
        ]
    )


def journal_data(data: dict) -> dict:
    """What the journal keeps of a form: objects become their key, the reason has its own columns."""
    return {
        key: _storable(value)
        for key, value in data.items()
        if not key.startswith("_") and key not in ("text", "reason_code")
    }


def _storable(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, dict):
        return {str(key): _storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset | models.QuerySet):
        return [_storable(item) for item in value]
    return value
