"""A measure as another program reads it: in a file, and through the API."""


def measure_as_dict(row) -> dict:
    """One line of a list, without an account."""
    return {
        "reference": row.reference,
        "url": row.url,
        "title": row.title,
        "changes": row.changes,
        "status": row.status,
        "status_label": row.status_label,
        "is_trial": row.is_trial,
        "year": row.year,
        "theme": row.theme,
        "place": row.place,
        "direction": row.direction_label,
        "budget": row.budget,
        "due_on": row.due_on,
        "news_on": row.news_on,
        "silent_days": row.silent_days,
        "is_imported": row.is_imported,
        "born_of_ideas_of": list(row.credits),
    }
