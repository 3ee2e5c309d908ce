"""A scenario as a graph: what keeps it from being one that everybody can begin and end."""

from collections.abc import Iterable
from dataclasses import dataclass

NO_START, TWICE, NOWHERE = "no_start", "twice", "nowhere"
ORPHAN, ENDLESS, END_GOES_ON, STUCK = "orphan", "endless", "end_goes_on", "stuck"


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong, at which scene, and which other scene it names."""

    kind: str
    node: str = ""
    target: str = ""


def faults(scenario: dict) -> list[Fault]:
    """Everything wrong at once, sorted; empty when every scene is reached and every path can end."""
    nodes: dict[str, dict] = {}
    found = set()
    for node in scenario.get("nodes") or []:
        if node["key"] in nodes:
            found.add(Fault(TWICE, node["key"]))
        nodes.setdefault(node["key"], node)
    targets = {key: [choice["to"] for choice in node.get("choices") or []] for key, node in nodes.items()}
    for key, node in nodes.items():
        if node.get("end") and targets[key]:
            found.add(Fault(END_GOES_ON, key))
        if not node.get("end") and not targets[key]:
            found.add(Fault(STUCK, key))
        found |= {Fault(NOWHERE, key, target) for target in targets[key] if target not in nodes}
    start = scenario.get("start", "")
    if start not in nodes:
        return sorted(found | {Fault(NO_START, start)})
    reached = _closure([start], targets)
    found |= {Fault(ORPHAN, key) for key in nodes.keys() - reached}
    ending = _closure([key for key, node in nodes.items() if node.get("end")], _backwards(targets))
    # A scene nobody leaves is already told.
    found |= {Fault(ENDLESS, key) for key in nodes.keys() - ending if targets[key]}
    return sorted(found)


def _closure(begin: Iterable[str], edges: dict[str, list[str]]) -> set[str]:
    seen: set[str] = set()
    left = list(begin)
    while left:
        key = left.pop()
        if key not in seen and key in edges:
            seen.add(key)
            left += edges[key]
    return seen


def _backwards(edges: dict[str, list[str]]) -> dict[str, list[str]]:
    back: dict[str, list[str]] = {key: [] for key in edges}
    for key, targets in edges.items():
        for target in targets:
            if target in back:
                back[target].append(key)
    return back
