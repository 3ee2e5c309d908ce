"""The three usual rules: everybody, those who meet the public, managers; in the whole city or one direction."""

from dataclasses import dataclass

from .predicates import EVERYBODY, Branch, Leaf, Unfit, read

EVERY, PUBLIC, MANAGERS = "everybody", "public", "managers"
_FIELDS = {PUBLIC: "contact_public", MANAGERS: "is_manager"}


@dataclass(frozen=True)
class Usual:
    """One of the three, and the code of a direction; empty for the whole city."""

    who: str
    direction: str = ""


def tree_of(usual: Usual) -> dict:
    """The rule as it is kept."""
    leaves = []
    if usual.who in _FIELDS:
        leaves.append({"field": _FIELDS[usual.who], "op": "=", "value": True})
    if usual.direction:
        leaves.append({"field": "direction", "op": "=", "value": usual.direction})
    if not leaves:
        return EVERYBODY
    return leaves[0] if len(leaves) == 1 else {"all": leaves}


def usual_of(tree: object) -> Usual | None:
    """Which of the three a rule is; None when it says more."""
    try:
        made = read(tree)
    except Unfit:
        return None
    leaves = made.parts if isinstance(made, Branch) and made.kind == "all" else (made,)
    who, direction = EVERY, ""
    for leaf in leaves:
        if not isinstance(leaf, Leaf) or leaf.op != "=":
            return None
        if leaf.field == "direction" and not direction:
            direction = str(leaf.value)
        elif leaf.field in _FIELDS.values() and leaf.value is True and who == EVERY:
            who = PUBLIC if leaf.field == "contact_public" else MANAGERS
        else:
            return None
    return Usual(who, direction)
