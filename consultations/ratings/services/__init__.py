"""Verbs of ratings: rate, report, suggest, ask after a visit, check, release."""

from .checking import check_day, check_due, forget, look_at
from .figures import recount, release
from .rating import rate, rate_by_link, say_more
from .reporting import answer_report, report_problem
from .suggesting import make_idea, set_aside, suggest
from .visiting import make_key, revoke_key, send_links, send_once

__all__ = [
    "answer_report",
    "check_day",
    "check_due",
    "forget",
    "look_at",
    "make_idea",
    "make_key",
    "rate",
    "rate_by_link",
    "recount",
    "release",
    "report_problem",
    "revoke_key",
    "say_more",
    "send_links",
    "send_once",
    "set_aside",
    "suggest",
]
