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
from .framing import end_outreach, ensure_frame, frames_due, give_outreach, open_outreach, outreach_due

__all__ = [
    "AlreadyAnswered",
    "Closed",
    "change_answers",
    "close_due",
    "close_questionnaire",
    "create_questionnaire",
    "describe",
    "end_outreach",
    "ensure_frame",
    "frames_due",
    "give_outreach",
    "move_question",
    "open_outreach",
    "outreach_due",
    "publish",
    "remove_question",
    "revise",
    "save_question",
    "send_answers",
]
