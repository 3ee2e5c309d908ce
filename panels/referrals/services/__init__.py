"""Verbs of referrals: ask, accept, speak, try a form, meet, answer, say what was done."""

from .asking import ask_panel, follow_up, withdraw_referral
from .deciding import accept_referral, choose_questionnaire, decline_referral, publish_answer, show_answer
from .gathering import answer_invitation, leave_workshop, plan_workshop, publish_notes, register_agent
from .speaking import disagree, keep_word
from .testing import fill_sheet

__all__ = [
    "accept_referral", "answer_invitation", "ask_panel", "choose_questionnaire", "decline_referral", "disagree",
    "fill_sheet", "follow_up", "keep_word", "leave_workshop", "plan_workshop", "publish_answer", "publish_notes",
    "register_agent", "show_answer", "withdraw_referral",
]  # fmt: skip
