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
from .exchanging import begin_from, duplicate
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
    "keep_meaning",
    "move_question",
    "open_import",
    "publish",
    "remove_question",
    "revise",
    "save_question",
    "send_answers",
    "table_of",
    "take_away",
    "take_sheet",
    "try_import",
    "why_nothing_comes_in",
]
