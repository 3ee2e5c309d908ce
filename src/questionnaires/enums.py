"""Closed lists of questionnaires."""

from django.db import models
from django.utils.translation import pgettext_lazy

from . import asking


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SINGLE = asking.SINGLE, pgettext_lazy("question", "One choice")
    MULTIPLE = asking.MULTIPLE, pgettext_lazy("question", "Several choices")
    SCALE = asking.SCALE, pgettext_lazy("question", "Scale")
    GRID = asking.GRID, pgettext_lazy("question", "Grid: one answer a line")
    RANKING = asking.RANKING, pgettext_lazy("question", "Ranking")
    GRADES = asking.GRADES, pgettext_lazy("question", "Grades for each proposal")
    NUMBER = asking.NUMBER, pgettext_lazy("question", "Number")
    DATE = asking.DATE, pgettext_lazy("question", "Date")
    SHORT_TEXT = asking.SHORT_TEXT, pgettext_lazy("question", "Short text")
    LONG_TEXT = asking.LONG_TEXT, pgettext_lazy("question", "Long text")
    INFORMATION = asking.INFORMATION, pgettext_lazy("question", "Information, nothing to answer")


class AxisCode(models.TextChoices):
    """A coarse fact of somebody's post that results may be broken down by."""

    DIRECTION = "direction", pgettext_lazy("axis", "Direction")
    JOB_FAMILY = "job_family", pgettext_lazy("axis", "Job family")
    CONTACT = "contact", pgettext_lazy("axis", "Contact with the public")
    MANAGER = "manager", pgettext_lazy("axis", "Leading a team")
    UNIT_SIZE = "unit_size", pgettext_lazy("axis", "Size of the unit")


class State(models.TextChoices):
    """Where a questionnaire stands; told from its dates and its calendar, never stored."""

    PREPARED = "prepared", pgettext_lazy("questionnaire", "In preparation")
    COMING = "coming", pgettext_lazy("questionnaire", "Opens soon")
    OPEN = "open", pgettext_lazy("questionnaire", "Open")
    COUNTING = "counting", pgettext_lazy("questionnaire", "Closed, results being prepared")
    CLOSED = "closed", pgettext_lazy("questionnaire", "Closed, results published")
