"""The registry where each model says who owns its data, how sensitive they are, how long they live, how they leave."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

OUR_PACKAGES = frozenset({"src", "ideas", "consultations", "panels", "trainings", "theme"})


class Classification(StrEnum):
    """C4 ballots, protected authorship; C3 answers, rolls, scores; C2 accounts; C1 public."""

    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"


@dataclass(frozen=True)
class Declaration:
    """What a room declares of one of its models."""

    model: type
    owner: str
    classification: Classification
    retention: str | None
    export: Callable[[object], Iterable[dict]] | None
    erase: Callable[[object], int] | None
    reason: str
    purge: Callable[[object, bool], int] | None = None
    title: str = ""
    words: Mapping[str, Callable[[object, dict], object]] = field(default_factory=dict)


_declared: dict[type, Declaration] = {}


def declare(
    model, *, owner, classification, retention, export, erase, reason, purge=None, title="", words=None
) -> None:
    """Declare a model. ``None`` for retention, export or erase is an answer that ``reason`` must explain.

    ``purge(now, apply) -> int`` counts, and deletes when ``apply``, what is past its retention. The person reads
    ``retention`` after the word "Kept", under ``title`` (else the model's plural name): both are lazy strings.
    ``words`` says how exported values are read, by key: ``words[key](value, row)`` gives what stands on the screen,
    empty for what the file alone holds.
    """
    if not owner or not reason:
        raise ValueError(f"{model.__name__}: owner and reason are sentences, not blanks.")
    if model in _declared:
        raise ValueError(f"{model.__name__} is declared twice.")
    _declared[model] = Declaration(
        model, owner, Classification(classification), retention, export, erase, reason, purge, title, words or {}
    )


def declare_impersonal(owner: str, reasons: Iterable[tuple[type, str]], *, retention: str | None = None) -> None:
    """Declare the models of a room that hold nothing of anybody, each with its reason."""
    for model, reason in reasons:
        declare(
            model,
            owner=owner,
            classification=Classification.C1,
            retention=retention,
            export=None,
            erase=None,
            reason=reason,
        )


def declaration_of(model) -> Declaration | None:
    """What was declared of a model."""
    return _declared.get(model)


def declarations() -> list[Declaration]:
    """All declarations, by model label."""
    return sorted(_declared.values(), key=lambda one: one.model._meta.label)


def purge_all(now, *, apply: bool) -> dict[str, int]:
    """Count, or delete when ``apply``, what is past its retention in every model that says how; label -> rows."""
    return {one.model._meta.label: one.purge(now, apply) for one in declarations() if one.purge is not None}


def file_only(value, row) -> str:
    """For ``words``: numbers and names of the machine, given in the file and not shown."""
    return ""


def export_of(user) -> dict[str, list[dict]]:
    """What the product holds about a person, by model label, for that person."""
    return {one.model._meta.label: rows for one, rows in held_of(user)}


def held_of(user) -> list[tuple[Declaration, list[dict]]]:
    """What each declaration finds about a person, without those that find nothing."""
    found = [(one, list(one.export(user))) for one in declarations() if one.export is not None]
    return [(one, rows) for one, rows in found if rows]


def erase(user) -> dict[str, int]:
    """Erase or detach what each model holds about a person; label -> rows touched. The account goes last."""
    ordered = sorted(declarations(), key=lambda one: one.model is type(user))
    return {one.model._meta.label: one.erase(user) for one in ordered if one.erase is not None}


def models_without_declaration(apps) -> list[str]:
    """Labels of our concrete models that nobody declared; ``apps`` is Django's registry of applications."""
    return sorted(
        model._meta.label
        for config in apps.get_app_configs()
        if is_ours(config)
        for model in config.get_models(include_auto_created=True)
        if model not in _declared and not model._meta.proxy and model._meta.managed
    )


def is_ours(config) -> bool:
    """Whether an application is one of our rooms, told from its place: no path of a library is ours."""
    return config.name.split(".")[0] in OUR_PACKAGES
