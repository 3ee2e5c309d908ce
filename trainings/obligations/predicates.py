"""Whom a rule is about: a tree of whitelisted questions about where somebody works, read without Django.

``{"all": […]}``, ``{"any": […]}``, ``{"not": …}`` hold branches; a leaf is ``{"field": …, "op": …, "value": …}``.
An empty ``all`` is everybody. Units are told by their codes; the caller says what lies in a branch (``Post.units``).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

DEPTH_MAX, LEAVES_MAX, VALUES_MAX, TEXT_MAX = 6, 40, 200, 64
EVERYBODY: dict = {"all": []}


@dataclass(frozen=True)
class Post:
    """One dated post, as a rule reads it. ``units``: codes of the unit and of all above it."""

    starts_on: date
    ends_on: date | None = None
    units: frozenset[str] = frozenset()
    direction: str = ""
    job_family: str = ""
    contact_public: bool = False
    is_manager: bool = False
    hired_on: date | None = None

    def holds(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


# Field → what kind of value it takes and the questions it answers.
FIELDS: Mapping[str, tuple[type, frozenset[str]]] = {
    "unit": (str, frozenset({"within"})),
    "direction": (str, frozenset({"=", "in"})),
    "job_family": (str, frozenset({"=", "in"})),
    "contact_public": (bool, frozenset({"="})),
    "is_manager": (bool, frozenset({"="})),
    "post_since": (date, frozenset({"=", ">="})),
    "hired_on": (date, frozenset({"=", ">="})),
}
_READ: Mapping[str, Callable[[Post], object]] = {
    "direction": lambda post: post.direction,
    "job_family": lambda post: post.job_family,
    "contact_public": lambda post: post.contact_public,
    "is_manager": lambda post: post.is_manager,
    "post_since": lambda post: post.starts_on,
    "hired_on": lambda post: post.hired_on,
}
_BRANCHES = ("all", "any")


class Unfit(ValueError):
    """A tree that isn't one; ``where`` tells the branch ("all.1.not"), ``what`` the fault in one word."""

    def __init__(self, what: str, where: str = ""):
        super().__init__(f"{where or 'root'}: {what}")
        self.what, self.where = what, where


@dataclass(frozen=True)
class Leaf:
    """One question: a field, how it is compared, with what (dates are dates, several values a tuple)."""

    field: str
    op: str
    value: object


@dataclass(frozen=True)
class Branch:
    """Questions held together by ``all``, ``any`` or ``not``."""

    kind: str
    parts: tuple["Branch | Leaf", ...]


def read(tree: object) -> Branch | Leaf:
    """Read a tree of JSON; raises ``Unfit`` at the first thing that isn't whitelisted."""
    made = _read(tree, "", 1)
    if sum(1 for _leaf in leaves(made)) > LEAVES_MAX:
        raise Unfit("too_long")
    return made


def _read(tree: object, where: str, depth: int) -> Branch | Leaf:
    if depth > DEPTH_MAX:
        raise Unfit("too_deep", where)
    if not isinstance(tree, dict):
        raise Unfit("not_a_branch", where)
    if set(tree) == {"not"}:
        return Branch("not", (_read(tree["not"], _under(where, "not"), depth + 1),))
    for kind in _BRANCHES:
        if set(tree) == {kind}:
            return _together(kind, tree[kind], where, depth)
    if set(tree) == {"field", "op", "value"}:
        return _leaf(tree, where)
    raise Unfit("not_a_branch", where)


def _under(where: str, name: object) -> str:
    return f"{where}.{name}" if where else str(name)


def _together(kind: str, parts: object, where: str, depth: int) -> Branch:
    if not isinstance(parts, list) or (kind == "any" and not parts) or (depth > 1 and not parts):
        raise Unfit("empty_branch", where)
    if len(parts) > LEAVES_MAX:
        raise Unfit("too_long", where)
    place = _under(where, kind)
    return Branch(kind, tuple(_read(part, _under(place, n), depth + 1) for n, part in enumerate(parts)))


def _leaf(tree: Mapping, where: str) -> Leaf:
    field, op, value = tree["field"], tree["op"], tree["value"]
    if not isinstance(field, str) or field not in FIELDS:
        raise Unfit("unknown_field", where)
    kind, operations = FIELDS[field]
    if not isinstance(op, str) or op not in operations:
        raise Unfit("unknown_question", where)
    if op in ("in", "within"):
        if not isinstance(value, list) or not 0 < len(value) <= VALUES_MAX:
            raise Unfit("wrong_value", where)
        return Leaf(field, op, tuple(sorted({_value(kind, one, where) for one in value})))
    return Leaf(field, op, _value(kind, value, where))


def _value(kind: type, value: object, where: str):
    if kind is date and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise Unfit("wrong_value", where)
    if type(value) is not kind or (kind is str and not 0 < len(value.strip()) <= TEXT_MAX):
        raise Unfit("wrong_value", where)
    return value


def write(made: Branch | Leaf) -> dict:
    """The JSON of a tree, the same for the same tree."""
    if isinstance(made, Branch):
        parts = [write(part) for part in made.parts]
        return {made.kind: parts[0] if made.kind == "not" else parts}
    value = made.value
    if isinstance(value, tuple):
        value = list(value)
    return {"field": made.field, "op": made.op, "value": value.isoformat() if isinstance(value, date) else value}


def leaves(made: Branch | Leaf) -> Iterator[Leaf]:
    """Each question of a tree, in order."""
    if isinstance(made, Leaf):
        yield made
        return
    for part in made.parts:
        yield from leaves(part)


def units_of(made: Branch | Leaf) -> frozenset[str]:
    """Codes of the units and directions a tree names."""
    named: set[str] = set()
    for leaf in leaves(made):
        if leaf.field in ("unit", "direction"):
            named.update(leaf.value if isinstance(leaf.value, tuple) else (leaf.value,))
    return frozenset(named)


def asks(leaf: Leaf, post: Post) -> bool:
    """Whether one question is answered by yes."""
    if leaf.op == "within":
        return not post.units.isdisjoint(leaf.value)
    found = _READ[leaf.field](post)
    if leaf.op == "in":
        return found in leaf.value
    if leaf.op == ">=":
        return found is not None and found >= leaf.value
    return found == leaf.value


def matches(made: Branch | Leaf, post: Post) -> bool:
    """Whether the rule is about somebody in this post."""
    if isinstance(made, Leaf):
        return asks(made, post)
    if made.kind == "not":
        return not matches(made.parts[0], post)
    hold = all if made.kind == "all" else any
    return hold(matches(part, post) for part in made.parts)


def reasons(made: Branch | Leaf, post: Post) -> list[Leaf]:
    """The questions that make the rule hold here, in order; a question under ``not`` gives none."""
    if isinstance(made, Leaf):
        return [made] if asks(made, post) else []
    if made.kind == "not":
        return []
    return [leaf for part in made.parts if matches(part, post) for leaf in reasons(part, post)]


def entered_on(made: Branch | Leaf, posts: Iterable[Post], day: date) -> date | None:
    """Since when somebody has been concerned without a break, on a day; None when they aren't.

    Posts that follow each other from one day to the next are one stay.
    """
    concerned = sorted((post for post in posts if post.starts_on <= day and matches(made, post)), key=_starts)
    since: date | None = None
    until: date | None = None
    for post in concerned:
        if since is None or (until is not None and (post.starts_on - until).days > 1):
            since, until = post.starts_on, post.ends_on
        elif until is not None:
            until = None if post.ends_on is None else max(until, post.ends_on)
    return since if since is not None and (until is None or until >= day) else None


def _starts(post: Post) -> tuple:
    return post.starts_on, post.ends_on or date.max
