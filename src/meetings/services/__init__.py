"""Verbs of meetings."""

from .attendance import set_coming
from .calendars import drop_key, make_key, owner_of
from .holding import (
    correct_minutes,
    end_action,
    hold_meeting,
    mark,
    promise,
    publish_minutes,
    set_outcome,
    take_back,
    what_is_missing,
    write_minutes,
)
from .moderating import answer_objection, keep_topic, may_object, object_to_removal, remove_topic, report_topic
from .planning import call_meeting, cancel_meeting, move_meeting, plan_meeting
from .series import change_series, open_series, stop_series
from .topics import move_line, put_on_agenda, raise_topic, set_aside, set_support, take_off_agenda

__all__ = [
    "answer_objection",
    "call_meeting",
    "cancel_meeting",
    "change_series",
    "correct_minutes",
    "drop_key",
    "end_action",
    "hold_meeting",
    "keep_topic",
    "make_key",
    "mark",
    "may_object",
    "move_line",
    "move_meeting",
    "object_to_removal",
    "open_series",
    "owner_of",
    "plan_meeting",
    "promise",
    "publish_minutes",
    "put_on_agenda",
    "raise_topic",
    "remove_topic",
    "report_topic",
    "set_aside",
    "set_coming",
    "set_outcome",
    "set_support",
    "stop_series",
    "take_back",
    "take_off_agenda",
    "what_is_missing",
    "write_minutes",
]
