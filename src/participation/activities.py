"""Kinds of activity a space can run, named by the apps that run them."""

_activities: dict[str, object] = {}


def register(code: str, label) -> None:
    """Declare an activity (``"ideas"``) with the words administrators choose it by."""
    if _activities.get(code, label) != label:
        raise ValueError(f"“{code}” is already registered: two meanings for one activity.")
    _activities[code] = label


def choices() -> list[tuple[str, object]]:
    """Code and words of each activity, by code."""
    return sorted(_activities.items())
