"""Processes shipped as JSON files, installed once: afterwards they belong to the city."""

import json
from pathlib import Path

from django.db import transaction

from . import registry
from .enums import ClockEffect, ProcessStatus
from .models import Process, Stage, Transition
from .services import activate_process


def install_process(source: dict | str | Path) -> Process:
    """Install one version of a shipped process and put it in use. Does nothing when that version is already there.

    A later shipped version is put in use only where the city never wrote a version of its own; elsewhere it waits as
    a draft. Shipped wording is French in ``label`` (or ``staff_label`` and
    ``public_label``) and English in the same key with ``_en``: from then on it is the city's data.
    """
    spec = source if isinstance(source, dict) else read_process(source)
    version = spec.get("version", 1)
    known = Process.objects.filter(slug=spec["slug"], version=version).first()
    if known is not None:
        return known
    with transaction.atomic():
        active = Process.objects.filter(slug=spec["slug"], status=ProcessStatus.ACTIVE).first()
        process = Process.objects.create(
            slug=spec["slug"],
            name=spec["name"],
            version=version,
            subject_kind=spec["subject_kind"],
            notes=spec.get("notes", ""),
            based_on=active,
            is_shipped=True,
        )
        Stage.objects.bulk_create(_stages(process, spec["stages"]))
        Transition.objects.bulk_create(_transitions(process, spec["transitions"]))
        if active is None or active.is_shipped:
            activate_process(process, None)
    return process


def read_process(path: str | Path) -> dict:
    """A shipped process as its file says; one that ``extends`` another of its folder begins before it.

    It has the version, the stages and the transitions of the other, its own first ones before them, and without what
    can't be reached any more. A later version of the other is a later version of both.
    """
    path = Path(path)
    spec = json.loads(path.read_text(encoding="utf-8"))
    if "extends" not in spec:
        return spec
    base = read_process(path.parent / spec["extends"])
    stages = [*spec["stages"], *({**stage, "is_start": False} for stage in base["stages"])]
    transitions = [*spec["transitions"], *base["transitions"]]
    reached = {stage["slug"] for stage in spec["stages"] if stage.get("is_start")}
    waiting = list(reached)
    while waiting:
        at = waiting.pop()
        onwards = {row["to"] for row in transitions if at in _from(row)} - reached
        reached |= onwards
        waiting += onwards
    return {
        **spec,
        "version": base.get("version", 1),
        "stages": [stage for stage in stages if stage["slug"] in reached],
        "transitions": [row for row in transitions if row["to"] in reached and set(_from(row)) <= reached],
    }


def _from(row) -> list[str]:
    return row["from"] if isinstance(row["from"], list) else [row["from"]]


def install_registered(**kwargs) -> None:
    """Install what apps ship, after migrations: safe to run at each of them."""
    for path in registry.templates():
        install_process(path)


def _staff(row) -> str:
    return row.get("staff_label") or row["label"]


def _staff_en(row) -> str:
    return row.get("staff_label_en") or row.get("label_en", "")


def _stages(process, rows):
    return [
        Stage(
            process=process,
            slug=row["slug"],
            kind=row["kind"],
            staff_label=_staff(row),
            staff_label_en=_staff_en(row),
            public_label=row.get("public_label") or _staff(row),
            public_label_en=row.get("public_label_en") or _staff_en(row),
            default_days=row.get("default_days"),
            accepts_supports=row.get("accepts_supports", False),
            is_start=row.get("is_start", False),
            sort_order=order,
        )
        for order, row in enumerate(rows)
    ]


def _transitions(process, rows):
    """``from`` may be a list: the same move from several stages, each with its own short name ``slug-stage``."""
    made = []
    for row in rows:
        several = isinstance(row["from"], list)
        for from_slug in row["from"] if several else [row["from"]]:
            made.append(
                Transition(
                    process=process,
                    slug=f"{row['slug']}-{from_slug}" if several else row["slug"],
                    label=row["label"],
                    label_en=row.get("label_en", ""),
                    from_slug=from_slug,
                    to_slug=row["to"],
                    who=row["who"],
                    form=row.get("form", ""),
                    guard=row.get("guard", ""),
                    clock=row.get("clock", ClockEffect.NONE),
                    after_days=row.get("after_days"),
                    may_go_back=row.get("may_go_back", True),
                    sort_order=len(made),
                )
            )
    return made
