"""Tables of reminders: the plan of an obligation, what each run sent, and the digests of managers."""

from .digest import ManagerDigest
from .plan import ReminderPlan
from .sent import ReminderBatch, ReminderSent

__all__ = ["ManagerDigest", "ReminderBatch", "ReminderPlan", "ReminderSent"]
