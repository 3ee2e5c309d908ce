"""What changes questionnaires and answers."""

from .answering import AlreadyAnswered, Closed, change_answers, first_sent, send_answers
from .building import (
    create_questionnaire,
    describe,
    move_question,
    publish,
    remove_question,
    revise,
    save_question,
)
from .closing import close_due, close_questionnaire
from .exchanging import begin_from, duplicate
from .framing import end_outreach, ensure_frame, frames_due, give_outreach, open_outreach, outreach_due
from .import_shapes import said_before
from .importing import (
    bring_in,
    forget,
    keep_meaning,
    open_import,
    table_of,
    take_away,
    try_import,
    why_nothing_comes_in,
)
from .open_link import look_at_days, send_open, unusual_days, was_sent
from .opening import open_answers, take_boxes
from .reminding import remind, why_not_remind
from .secret import has_answered, send_secret
from .sheets import take_sheet

__all__ = [
    "AlreadyAnswered",
    "Closed",
    "begin_from",
    "bring_in",
    "change_answers",
    "close_due",
    "close_questionnaire",
    "create_questionnaire",
    "describe",
    "duplicate",
    "forget",
    "has_answered",
    "keep_meaning",
    "look_at_days",
    "move_question",
    "open_answers",
    "open_import",
    "end_outreach",
    "first_sent",
    "ensure_frame",
    "frames_due",
    "give_outreach",
    "move_question",
    "open_outreach",
    "outreach_due",
    "publish",
    "remind",
    "remove_question",
    "revise",
    "save_question",
    "said_before",
    "send_answers",
    "send_open",
    "send_secret",
    "table_of",
    "take_away",
    "take_boxes",
    "take_sheet",
    "try_import",
    "unusual_days",
    "was_sent",
    "why_not_remind",
    "why_nothing_comes_in",
]
