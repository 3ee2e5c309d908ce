"""Referrals, what members say of them, forms tried, workshops."""

from .form_test import Change, FormTest, Task, TaskAnswer, TestSheet
from .referral import Referral
from .word import Disagreement, Word
from .workshop import AgentPlace, MemberPlace, Workshop

__all__ = [
    "AgentPlace", "Change", "Disagreement", "FormTest", "MemberPlace", "Referral", "Task", "TaskAnswer", "TestSheet",
    "Word", "Workshop",
]  # fmt: skip
