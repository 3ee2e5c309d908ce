"""A rule being written as a tree, gesture by gesture: branches may be empty until it is saved. Pure: JSON alone.

A place is the chain of numbers of the branches ("" is the root, "0.1" the second part of its first one); what a
``not`` holds is always a branch, and shares its place.
"""

import copy
import json
from dataclasses import dataclass

from .predicates import DEPTH_MAX, LEAVES_MAX, Unfit, read

TEXT_MAX = 20_000
ALL, ANY, NOT = "all", "any", "not"


class NotATree(ValueError):
    """What came back isn't a rule being written."""


@dataclass(frozen=True)
class Row:
    """One line of the tree: its place, how deep, a branch's kind or a question."""

    place: str
    depth: int
    kind: str
    leaf: dict | None = None
    is_empty: bool = False


def opened(text: str) -> dict:
    """The tree a page sent back, made ready; raises NotATree."""
    if len(text) > TEXT_MAX:
        raise NotATree
    try:
        return ready(json.loads(text))
    except (ValueError, RecursionError) as fault:
        raise NotATree from fault


def ready(tree: object) -> dict:
    """The tree with a branch at its root and under each ``not``; raises NotATree when it can't be one."""
    made = _ready(tree, 1)
    return made if _kind(made) else {ALL: [made]}


def _ready(node: object, depth: int) -> dict:
    if not isinstance(node, dict) or depth > 2 * DEPTH_MAX:
        raise NotATree
    if set(node) == {NOT}:
        inner = _ready(node[NOT], depth + 1)
        return {NOT: inner if set(inner) <= {ALL, ANY} else {ANY: [inner]}}
    for kind in (ALL, ANY):
        if set(node) == {kind}:
            if not isinstance(node[kind], list) or len(node[kind]) > LEAVES_MAX:
                raise NotATree
            return {kind: [_ready(part, depth + 1) for part in node[kind]]}
    try:
        read(node)
    except Unfit as fault:
        raise NotATree from fault
    return dict(node)


def _kind(node: dict) -> str:
    return next((kind for kind in (ALL, ANY, NOT) if set(node) == {kind}), "")


def _parts(node: dict) -> list | None:
    """What a branch holds; None for a question."""
    kind = _kind(node)
    if kind == NOT:
        return _parts(node[NOT])
    return node[kind] if kind else None


def rows(tree: dict) -> list[Row]:
    """The tree line by line."""
    return list(_rows(tree, "", 0))


def _rows(node: dict, place: str, depth: int):
    parts = _parts(node)
    if parts is None:
        yield Row(place, depth, "", node)
        return
    kind = _kind(node)
    if kind == NOT:
        # "None of all of this" and "none of one of these" read differently.
        kind = f"{NOT}_{_kind(node[NOT])}"
    yield Row(place, depth, kind, is_empty=not parts and bool(place))
    for number, part in enumerate(parts):
        yield from _rows(part, f"{place}.{number}" if place else str(number), depth + 1)


def _at(tree: dict, place: str) -> dict:
    node = tree
    for number in place.split(".") if place else ():
        parts = _parts(node)
        if parts is None or not number.isascii() or not number.isdecimal() or int(number[:4]) >= len(parts):
            raise NotATree
        node = parts[int(number[:4])]
    return node


def add(tree: dict, place: str, part: dict) -> dict:
    """The tree with one more part in the branch of a place; beside it, when the place is a question's."""
    made = copy.deepcopy(tree)
    parts = _parts(_at(made, place))
    if parts is None:
        parts = _parts(_at(made, place.rpartition(".")[0]))
    parts.append(part)
    return made


def group(kind: str) -> dict:
    """An empty branch: all of these, at least one of these, none of these."""
    return {NOT: {ANY: []}} if kind == NOT else {kind: []}


def remove(tree: dict, place: str) -> dict:
    """The tree without a part and what it holds; the root is emptied."""
    if not place:
        return {ALL: []}
    made = copy.deepcopy(tree)
    above, _dot, number = place.rpartition(".")
    _at(made, place)
    del _parts(_at(made, above))[int(number)]
    return made


def turn(tree: dict, place: str) -> dict:
    """The tree whose branch asks for one of its parts in the place of all, or the other way round."""
    made = copy.deepcopy(tree)
    node = _at(made, place)
    if _parts(node) is None:
        raise NotATree
    node = node[NOT] if _kind(node) == NOT else node
    kind = _kind(node)
    node[ANY if kind == ALL else ALL] = node.pop(kind)
    return made


def plain(tree: dict) -> dict:
    """The tree as it is kept: a root that holds one part alone is that part."""
    parts = _parts(tree)
    return parts[0] if _kind(tree) in (ALL, ANY) and len(parts) == 1 else tree


def faults(tree: dict) -> list[tuple[str, str]]:
    """Everything that keeps a tree from being a rule: places and faults in one word; empty when it is one."""
    every = rows(tree)
    found = [(row.place, "empty_branch") for row in every if row.is_empty]
    if _kind(tree) == ANY and not _parts(tree):
        found.append(("", "empty_branch"))
    if sum(1 for row in every if row.leaf is not None) > LEAVES_MAX:
        found.append(("", "too_long"))
    if not found:
        try:
            read(tree)
        except Unfit as fault:
            found.append(("", fault.what))
    return found
