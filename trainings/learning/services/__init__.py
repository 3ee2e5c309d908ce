"""Verbs of those who follow a training."""

from .attending import attend, take_back
from .completing import evaluate_completion
from .enrolling import catch_up, enrol, go_on_in_newest
from .helping import see_together
from .lessons import answer_check, finish
from .quizzes import begin_attempt, save_answers, submit_attempt
from .scenarios import choose, start_again

__all__ = [
    "answer_check",
    "attend",
    "begin_attempt",
    "catch_up",
    "choose",
    "enrol",
    "evaluate_completion",
    "finish",
    "go_on_in_newest",
    "save_answers",
    "see_together",
    "start_again",
    "submit_attempt",
    "take_back",
]
