"""What apps bring to the engine from ``AppConfig.ready()``: subjects, forms, guards, effects, clocks, templates."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from src.directory.enums import Role

from .enums import Actor


@dataclass(frozen=True)
class SubjectKind:
    """A kind of thing a process moves, with its concrete model."""

    kind: str
    model: type
    label: str


@dataclass(frozen=True)
class FormKind:
    """A form a transition may ask for. ``leads_to`` limits the stage kinds it may enter; None: any."""

    key: str
    label: str
    has_reason: bool = False
    reason_required: bool = False
    leads_to: frozenset[str] | None = None


@dataclass(frozen=True)
class Guard:
    """A condition beside the stage and the person: answers a sentence when it refuses, None otherwise."""

    key: str
    label: str
    check: Callable


@dataclass(frozen=True)
class WayBack:
    """How a step by one form is undone, beside the columns the engine puts back by itself.

    ``undo(subject, transition, entry)`` runs in the transaction and may refuse with TransitionNotAllowed;
    None: nothing beside the columns. ``leaves`` limits the stage kinds such a step may have started from; None: any.
    """

    undo: Callable | None = None
    leaves: frozenset[str] | None = None


_subjects: dict[str, SubjectKind] = {}
_forms: dict[str, FormKind] = {}
_guards: dict[str, Guard] = {}
_roles: dict[str, str] = {}
_impersonal: set[str] = set()
_effects: dict[tuple[str, str], list[Callable]] = {}
_clocks: dict[str, Callable] = {}
_on_moved: dict[str, list[Callable]] = {}
_on_told: dict[str, list[Callable]] = {}
_ways_back: dict[tuple[str, str], "WayBack"] = {}
_templates: list[Path] = []


def _put(store: dict, key: str, value) -> None:
    known = store.get(key)
    if known is not None and known != value:
        raise ValueError(f"“{key}” is already registered: two meanings for one key.")
    store[key] = value


def register_subject(kind: str, model: type, label: str) -> None:
    """Declare what a process may move; refuses the same kind for another model."""
    _put(_subjects, kind, SubjectKind(kind, model, label))


def register_form(
    key: str,
    label: str,
    has_reason: bool = False,
    *,
    reason_required: bool = False,
    leads_to: Iterable[str] | None = None,
) -> None:
    """Declare a form. ``has_reason``: it carries ``reason_code`` or ``text``, so that it may close a subject.

    ``reason_required``: ``fire`` refuses it without either. ``leads_to``: the only stage kinds it may enter.
    """
    kinds = frozenset(leads_to) if leads_to is not None else None
    _put(_forms, key, FormKind(key, label, has_reason or reason_required, reason_required, kinds))


def register_guard(key: str, label: str, check: Callable) -> None:
    """Declare a condition: ``check(subject, viewer, data) -> str | None`` (a sentence when it refuses)."""
    _put(_guards, key, Guard(key, label, check))


def register_role(code: str, label: str, *, impersonal: bool = False) -> None:
    """Declare a role a subject gives beside those of the directory (the owner of a measure, an assessor).

    ``impersonal``: something else that moved takes the step (a measure, a ballot); nobody holds it, and
    ``fire(actor=None, vouched=True)`` may act under it.
    """
    _put(_roles, code, label)
    if impersonal:
        _impersonal.add(code)


def is_impersonal(code: str) -> bool:
    """Whether steps under this role are taken by something, not by somebody."""
    return code in _impersonal


def register_effect(form_key: str, apply: Callable, *, kind: str = "") -> None:
    """Run ``apply(subject, transition, viewer, data, journal_entry)`` in the transaction of each move by this form.

    Key ``"*"`` runs at every move, ``""`` at those without a form. ``kind`` keeps the effect to one kind of subject:
    forms are shared, facts aren't. Several effects run in the order they were registered.
    """
    effects = _effects.setdefault((kind, form_key), [])
    if apply not in effects:
        effects.append(apply)


def register_clock(kind: str, apply: Callable) -> None:
    """Say how the promised date of a subject kind obeys a clock effect.

    ``apply(subject, effect, *, transition, viewer, data, entry)`` is called
    in the transaction, only when the transition's clock effect isn't ``none``.
    """
    _put(_clocks, kind, apply)


def on_moved(kind: str, handler: Callable) -> Callable:
    """Have the relay call ``handler(payload)`` after each move of a kind of subject: idempotent, outside transactions.

    The payload is ``{"kind": …, "reference": …, "entry": id}``. The topic ``workflow.moved`` is the engine's own.
    """
    handlers = _on_moved.setdefault(kind, [])
    if handler not in handlers:
        handlers.append(handler)
    return handler


def on_told(kind: str, handler: Callable) -> Callable:
    """Have the relay call ``handler(payload)`` once the hold after a move is over, unless it was taken back.

    What people are told of a move starts here; the payload is that of ``on_moved``.
    """
    handlers = _on_told.setdefault(kind, [])
    if handler not in handlers:
        handlers.append(handler)
    return handler


def register_way_back(
    form_key: str, *, kind: str, undo: Callable | None = None, leaves: Iterable[str] | None = None
) -> None:
    """Declare that steps by this form can be taken back while nobody is told; without it they never can."""
    known = frozenset(leaves) if leaves is not None else None
    _put(_ways_back, (kind, form_key), WayBack(undo, known))


def register_template(path) -> None:
    """Ship a process as a JSON file, installed once on ``post_migrate`` (process_files)."""
    path = Path(path)
    if path not in _templates:
        _templates.append(path)


def subject_kinds() -> dict[str, SubjectKind]:
    return dict(_subjects)


def subject_kind(kind: str) -> SubjectKind | None:
    return _subjects.get(kind)


def forms() -> dict[str, FormKind]:
    return dict(_forms)


def form(key: str) -> FormKind | None:
    return _forms.get(key)


def guards() -> dict[str, Guard]:
    return dict(_guards)


def guard(key: str) -> Guard | None:
    return _guards.get(key)


def roles() -> dict[str, str]:
    """Every code ``who`` may hold, with its label: the author, the clock, the directory's roles, the subjects' own."""
    return {
        **dict(Actor.choices),
        **dict(Role.choices),
        **_roles,
    }


def effects(form_key: str, kind: str) -> list[Callable]:
    """What a move by this form triggers: for every kind first, then for this one."""
    keys = [("", "*"), ("", form_key), (kind, "*"), (kind, form_key)]
    return [apply for key in keys for apply in _effects.get(key, ())]


def moved_handlers(kind: str) -> list[Callable]:
    return list(_on_moved.get(kind, ()))


def told_handlers(kind: str) -> list[Callable]:
    return list(_on_told.get(kind, ()))


def way_back(form_key: str, kind: str) -> WayBack | None:
    return _ways_back.get((kind, form_key))


def clock_of(kind: str) -> Callable | None:
    return _clocks.get(kind)


def templates() -> list[Path]:
    return list(_templates)
