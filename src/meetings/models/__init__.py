"""Models of the room."""

from .action import Action
from .meeting import Attendance, CalendarKey, Meeting, MinutesRevision
from .moderation import TopicAppeal, TopicCase, TopicReport
from .series import MeetingSeries
from .topic import AgendaLine, Topic, TopicCounts, TopicSupport

__all__ = [
    "Action",
    "AgendaLine",
    "Attendance",
    "CalendarKey",
    "Meeting",
    "MeetingSeries",
    "MinutesRevision",
    "Topic",
    "TopicAppeal",
    "TopicCase",
    "TopicCounts",
    "TopicReport",
    "TopicSupport",
]
