"""Verbs of what the city owes: the promise clock, decisions prepared and announced, escalation."""

from ..registry import on_announced
from .announcing import announce
from .decisions import (
    announce_together,
    announced_meanwhile,
    countersign,
    discard_decision,
    edit_decision,
    gather_decisions,
    hold_prepared,
    prepare_decision,
    prepared_decision,
)
from .escalation import escalate
from .owing import call_off_pause, cancel, carry, close, owe, pause, reach_threshold, reassign, resume

__all__ = [
    "announce",
    "announce_together",
    "announced_meanwhile",
    "call_off_pause",
    "cancel",
    "carry",
    "close",
    "countersign",
    "discard_decision",
    "edit_decision",
    "escalate",
    "gather_decisions",
    "hold_prepared",
    "on_announced",
    "owe",
    "pause",
    "prepare_decision",
    "prepared_decision",
    "reach_threshold",
    "reassign",
    "resume",
]
