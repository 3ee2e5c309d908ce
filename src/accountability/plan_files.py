"""A plan as another program reads it: in a file, and through the API."""

from .measure_files import measure_as_dict


def plan_as_dict(row) -> dict:
    """One line of the list of plans. A silent measure is counted where it stands, and among the silent ones."""
    return {
        "reference": row.reference,
        "url": row.url,
        "title": row.title,
        "summary": row.summary,
        "adopted_on": row.adopted_on,
        "ends_on": row.ends_on,
        "direction": row.direction_label,
        "measures": row.standing.total,
        "standing": standing_as_dict(row.standing),
    }


def standing_as_dict(standing) -> dict:
    """Where measures stand, under names programs read."""
    counts = standing.counts
    return {
        "to_come": counts.get("a-venir", 0),
        "under_way": counts.get("en-cours", 0),
        "to_confirm": counts.get("a-confirmer", 0),
        "confirmed": counts.get("confirmee", 0),
        "stopped": counts.get("arretee", 0),
        "silent": standing.silent,
    }


def full_plan_as_dict(page) -> dict:
    """A plan with its axes, orientations and measures, those the page was asked for."""
    return {
        **plan_as_dict(page.row),
        "axes": [
            {
                "number": axis.part.number,
                "title": axis.part.title,
                "standing": standing_as_dict(axis.standing),
                "orientations": [
                    {
                        "number": block.part.number,
                        "title": block.part.title,
                        "measures": [
                            {"number": entry.number, **measure_as_dict(entry.row)} for entry in block.entries
                        ],
                    }
                    for block in axis.orientations
                ],
            }
            for axis in page.axes
        ],
    }
