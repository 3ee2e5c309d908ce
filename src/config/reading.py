"""Settings written as words, read once; a wrong one stops the start with its sentence."""


def hours(value: str) -> tuple[int, int] | None:
    """``8-20`` → (8, 20): mails leave from eight to eight; empty: at any hour, any day. Refuses anything else."""
    if not value.strip():
        return None
    try:
        opens, closes = (int(part) for part in value.split("-"))
    except ValueError:
        raise ValueError(f"TERRAIN_MAIL_HOURS: {value!r} n'est pas de la forme 8-20.") from None
    if not 0 <= opens < closes <= 24:
        raise ValueError(f"TERRAIN_MAIL_HOURS: {value!r} ne va pas d'une heure à une heure plus tardive du même jour.")
    return opens, closes
