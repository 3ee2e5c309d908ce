"""What the database itself refuses about reminders."""

from src.foundations import guards

from .models import ManagerDigest, ReminderSent


def declare_guards() -> None:
    """What was sent was sent as it is written."""
    guards.frozen_columns(ReminderSent, ["requirement", "step", "channel", "batch", "sent_at"])
    guards.frozen_columns(ManagerDigest, ["manager", "week", "people", "sent_at"])
