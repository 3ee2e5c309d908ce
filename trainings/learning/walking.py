"""Where a path leads in a scenario."""

from trainings.models import Module


def scenes(module: Module) -> dict[str, dict]:
    """The scenes of a story, by key."""
    return {node["key"]: node for node in module.content["scenario"]["nodes"]}


def scene(module: Module, path: list) -> dict:
    """The scene where a path leads; the first one when a step of it isn't in the story."""
    found = scenes(module)
    here = found[module.content["scenario"]["start"]]
    for key, choice in path:
        if key != here["key"] or not 0 <= choice < len(here["choices"]):
            return found[module.content["scenario"]["start"]]
        here = found[here["choices"][choice]["to"]]
    return here


def last_choice(module: Module, path: list) -> dict | None:
    """The choice that led to where one stands: its feedback is read there."""
    if not path:
        return None
    key, choice = path[-1]
    return scenes(module)[key]["choices"][choice]
