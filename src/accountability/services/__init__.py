"""Verbs of what the city owes: the promise clock, decisions prepared and announced, escalation, measures."""

from ..registry import on_announced
from .announcing import announce
from .conditions import meet_condition, note_conditions
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
from .measure_endings import confirm_by_word, deliver, set_indicator, set_owner, stop, take_up_again
from .measure_silence import remind_silent
from .measures import (
    add_milestone,
    adopt,
    born_of,
    give_news,
    move_milestone,
    publish,
    reach_milestone,
)
from .owing import call_off_pause, cancel, carry, close, owe, pause, reach_threshold, reassign, resume

__all__ = [
    "add_milestone",
    "adopt",
    "announce",
    "announce_together",
    "announced_meanwhile",
    "born_of",
    "call_off_pause",
    "cancel",
    "carry",
    "close",
    "confirm_by_word",
    "countersign",
    "deliver",
    "discard_decision",
    "edit_decision",
    "escalate",
    "gather_decisions",
    "give_news",
    "hold_prepared",
    "meet_condition",
    "move_milestone",
    "note_conditions",
    "on_announced",
    "owe",
    "pause",
    "prepare_decision",
    "prepared_decision",
    "publish",
    "reach_milestone",
    "reach_threshold",
    "reassign",
    "remind_silent",
    "resume",
    "set_indicator",
    "set_owner",
    "stop",
    "take_up_again",
]
