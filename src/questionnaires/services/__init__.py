"""What changes questionnaires and answers."""

from .answering import AlreadyAnswered, Closed, change_answers, send_answers
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
from .open_link import look_at_days, send_open, unusual_days, was_sent
from .opening import open_answers
from .reminding import remind, why_not_remind
from .secret import has_answered, send_secret

__all__ = [
    "AlreadyAnswered",
    "Closed",
    "change_answers",
    "close_due",
    "close_questionnaire",
    "create_questionnaire",
    "describe",
    "has_answered",
    "look_at_days",
    "move_question",
    "open_answers",
    "publish",
    "remind",
    "remove_question",
    "revise",
    "save_question",
    "send_answers",
    "send_open",
    "send_secret",
    "unusual_days",
    "was_sent",
    "why_not_remind",
]
