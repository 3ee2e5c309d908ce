"""Closed lists of meetings."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Rhythm(models.IntegerChoices):
    """How often a group agreed to meet, in months."""

    MONTH = 1, _("Every month")
    TWO_MONTHS = 2, _("Every two months")
    QUARTER = 3, _("Every quarter")
    HALF_YEAR = 6, _("Every six months")


class Weekday(models.IntegerChoices):
    """The usual day, as ``date.weekday()`` counts."""

    MONDAY = 0, pgettext_lazy("usual day", "Monday")
    TUESDAY = 1, pgettext_lazy("usual day", "Tuesday")
    WEDNESDAY = 2, pgettext_lazy("usual day", "Wednesday")
    THURSDAY = 3, pgettext_lazy("usual day", "Thursday")
    FRIDAY = 4, pgettext_lazy("usual day", "Friday")


class MeetingState(models.TextChoices):
    """Where a meeting stands. ``prepared``: only who runs it sees it; ``held``: it took place, minutes are awaited."""

    PREPARED = "prepared", pgettext_lazy("meeting", "In preparation")
    CALLED = "called", pgettext_lazy("meeting", "Announced")
    HELD = "held", pgettext_lazy("meeting", "Held, minutes awaited")
    PUBLISHED = "published", pgettext_lazy("meeting", "Minutes published")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")


# A group has one of these at most.
COMING_STATES = (MeetingState.PREPARED, MeetingState.CALLED, MeetingState.HELD)
# What members read; who runs it also reads what is in preparation.
TOLD_STATES = (MeetingState.CALLED, MeetingState.HELD, MeetingState.PUBLISHED, MeetingState.CANCELLED)


class TopicState(models.TextChoices):
    """Where a topic stands: it waits for a meeting, or was dealt with for good."""

    WAITING = "waiting", pgettext_lazy("topic", "Waiting")
    TAKEN_UP = "taken_up", pgettext_lazy("topic", "Dealt with")
    SET_ASIDE = "set_aside", pgettext_lazy("topic", "Set aside")


class Outcome(models.TextChoices):
    """What a meeting did with a line of its agenda."""

    TAKEN_UP = "taken_up", pgettext_lazy("line of an agenda", "Dealt with")
    CARRIED = "carried", pgettext_lazy("line of an agenda", "Carried to the next meeting")
    SET_ASIDE = "set_aside", pgettext_lazy("line of an agenda", "Set aside, with the reason")


class ActionState(models.TextChoices):
    """Where an action promised in a meeting stands."""

    OPEN = "open", pgettext_lazy("action", "To do")
    DONE = "done", pgettext_lazy("action", "Done")
    DROPPED = "dropped", pgettext_lazy("action", "Given up")
