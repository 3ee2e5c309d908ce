"""Verbs of ideas: each one transaction, each with a keyword-only ``actor``, each safe to send twice."""

from .accompanying import graduate, name_mentor, note_milestone, plan_milestones
from .answering import (
    announce_decision,
    back_to_study,
    countersign,
    draft_fast_answer,
    prepare_decision,
    send_back,
)
from .appealing import another_decider, appeal_answer
from .authoring import answer_question, edit_idea, save_details, wake_up, withdraw
from .choosing import prepare_not_chosen, shortlist
from .cohorts import answer_invitation, may_release, name_people, release, take_name_off
from .jury import convene, declare_conflict, in_conflict
from .merging import answer_merge, drop_merge, propose_merge, undo_merge
from .moderating import answer_appeal, appeal, keep, report, take_off, withdraw_report
from .moving import perform
from .orienting import accept_transfer, orient, propose_transfer, refuse_transfer
from .passing import copy_idea, may_pass, move_idea
from .photos import add_photo, remove_photo
from .screening import ask_author, mark_first_reading, remove, screen
from .speaking import comment, set_follow, set_support
from .studying import add_assessors, assess, close_study, conflict_sentence, decline_seat, start_study
from .submitting import Receipt, submit_idea
from .together import SomeRefused, countersign_together, draft_together, prepare_together

__all__ = [
    "Receipt",
    "SomeRefused",
    "accept_transfer",
    "add_assessors",
    "add_photo",
    "announce_decision",
    "another_decider",
    "answer_appeal",
    "answer_invitation",
    "answer_merge",
    "answer_question",
    "appeal",
    "appeal_answer",
    "ask_author",
    "assess",
    "back_to_study",
    "close_study",
    "comment",
    "conflict_sentence",
    "convene",
    "copy_idea",
    "countersign",
    "countersign_together",
    "declare_conflict",
    "decline_seat",
    "draft_fast_answer",
    "draft_together",
    "drop_merge",
    "edit_idea",
    "graduate",
    "in_conflict",
    "keep",
    "mark_first_reading",
    "may_pass",
    "may_release",
    "move_idea",
    "name_mentor",
    "name_people",
    "note_milestone",
    "orient",
    "perform",
    "plan_milestones",
    "prepare_decision",
    "prepare_not_chosen",
    "prepare_together",
    "propose_merge",
    "propose_transfer",
    "refuse_transfer",
    "release",
    "remove",
    "remove_photo",
    "report",
    "save_details",
    "screen",
    "send_back",
    "set_follow",
    "set_support",
    "shortlist",
    "start_study",
    "submit_idea",
    "take_name_off",
    "take_off",
    "undo_merge",
    "wake_up",
    "withdraw",
    "withdraw_report",
]
