"""Who decides of reminders: human resources of the whole city."""

from trainings.obligations.rules import can_prepare


def can_remind(user) -> bool:
    """See, set, start and pause reminders."""
    return can_prepare(user)
