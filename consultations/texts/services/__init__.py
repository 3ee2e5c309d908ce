"""What changes texts, contributions and their outcomes."""

from .contributing import Closed, change, contribute, reply, set_support, take_sheet, withdraw
from .deciding import decide, forget_outcome, set_editorial
from .moderating import answer_appeal, appeal, keep, remove, report
from .publishing import close_text, open_text, publish_version, why_not_close, why_not_publish
from .trace import refresh_spans
from .writing import (
    add_unit,
    begin_version,
    bring_in,
    create_text,
    delete_unit,
    describe,
    drop_version,
    merge_unit,
    move_unit,
    note_version,
    save_unit,
    split_unit,
)

__all__ = [
    "Closed",
    "add_unit",
    "answer_appeal",
    "appeal",
    "begin_version",
    "bring_in",
    "change",
    "close_text",
    "contribute",
    "create_text",
    "decide",
    "delete_unit",
    "describe",
    "drop_version",
    "forget_outcome",
    "keep",
    "merge_unit",
    "move_unit",
    "note_version",
    "open_text",
    "publish_version",
    "refresh_spans",
    "remove",
    "reply",
    "report",
    "save_unit",
    "set_editorial",
    "set_support",
    "split_unit",
    "take_sheet",
    "why_not_close",
    "why_not_publish",
    "withdraw",
]
