"""Verbs of ideas: each one transaction, each with a keyword-only ``actor``, each safe to send twice."""

from .accompanying import graduate, name_mentor, note_milestone, plan_milestones
from .anonymous import send_anonymous
from .answering import (
    announce_decision,
    back_to_study,
    countersign,
    draft_fast_answer,
    one_person_answer,
    prepare_decision,
    send_back,
)
from .appealing import another_decider, appeal_answer
from .authoring import answer_question, edit_idea, save_details, wake_up, withdraw
from .beside_choice import is_beside_choice
from .choosing import prepare_after_vote, prepare_not_chosen, shortlist
from .coauthoring import answer_invitation, drop_invitation, invite_co_author, leave_authors
from .cohorts import answer_for_oneself, may_release, name_people, release, take_name_off
from .crediting import set_credit
from .files import add_document, add_file, add_photo, move_file, remove_file
from .grouping import remove_document, submit_group_idea
from .jury import convene, declare_conflict, in_conflict
from .merging import answer_merge, drop_merge, propose_merge, undo_merge
from .moderating import answer_appeal, appeal, keep, report, take_off, withdraw_report
from .moving import perform
from .noting import edit_note, write_note
from .orienting import accept_transfer, orient, propose_transfer, refuse_transfer
from .passing import copy_idea, may_pass, move_idea
from .reopening import answer_reopening, meet_condition
from .screening import ask_author, mark_first_reading, remove, screen
from .settling import send_up
from .speaking import comment, set_follow, set_support
from .studying import add_assessors, assess, close_study, conflict_sentence, decline_seat, start_study
from .submitting import Receipt, submit_idea
from .thanking import thank
from .together import SomeRefused, countersign_together, draft_together, prepare_together

__all__ = [
    "Receipt",
    "SomeRefused",
    "accept_transfer",
    "add_assessors",
    "add_document",
    "add_file",
    "add_photo",
    "announce_decision",
    "another_decider",
    "answer_appeal",
    "answer_for_oneself",
    "answer_invitation",
    "answer_merge",
    "answer_question",
    "answer_reopening",
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
    "drop_invitation",
    "drop_merge",
    "edit_idea",
    "edit_note",
    "graduate",
    "in_conflict",
    "invite_co_author",
    "keep",
    "leave_authors",
    "mark_first_reading",
    "move_file",
    "is_beside_choice",
    "meet_condition",
    "may_pass",
    "may_release",
    "move_idea",
    "name_mentor",
    "name_people",
    "note_milestone",
    "one_person_answer",
    "orient",
    "perform",
    "plan_milestones",
    "prepare_decision",
    "prepare_after_vote",
    "prepare_not_chosen",
    "prepare_together",
    "propose_merge",
    "propose_transfer",
    "refuse_transfer",
    "release",
    "remove",
    "remove_file",
    "remove_document",
    "report",
    "save_details",
    "screen",
    "send_anonymous",
    "send_back",
    "send_up",
    "shortlist",
    "set_credit",
    "set_follow",
    "set_support",
    "shortlist",
    "start_study",
    "submit_group_idea",
    "submit_idea",
    "take_name_off",
    "take_off",
    "thank",
    "undo_merge",
    "wake_up",
    "withdraw",
    "withdraw_report",
    "write_note",
]
