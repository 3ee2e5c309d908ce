"""What a panel's sessions are made of."""

from .attendance import Attendance
from .document import Document
from .hearing import Hearing, HearingRequest, RequestSupport
from .posting import Posting
from .session import AgendaItem, Session
from .stipend import StipendExport, StipendLine, StipendRate
from .tables import Table, TablePin, TablePlan, TableRule, TableSeat

__all__ = [
    "AgendaItem",
    "Attendance",
    "Document",
    "Hearing",
    "HearingRequest",
    "Posting",
    "RequestSupport",
    "Session",
    "StipendExport",
    "StipendLine",
    "StipendRate",
    "Table",
    "TablePin",
    "TablePlan",
    "TableRule",
    "TableSeat",
]
