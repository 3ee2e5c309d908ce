"""Tables of the cellar: what is due, who holds a lease, what was done and how it is sealed."""

from .audit import AuditEntry, Seal
from .outbox import Lease, OutboxEvent
from .rates import RateBucket
from .runs import JobRun, TickRun

__all__ = ["AuditEntry", "JobRun", "Lease", "OutboxEvent", "RateBucket", "Seal", "TickRun"]
