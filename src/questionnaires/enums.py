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


class AnswerMode(models.TextChoices):
    """What ties answers to a person; chosen before the first publication, frozen by the database after it.

    ``identity``: signed or under a protected name, as the space offers. ``secret``: the roll says who answered, the
    answers are sealed and nothing leads from one to the other. ``open``: anybody, signed out; nobody is known.
    """

    IDENTITY = "identity", pgettext_lazy("questionnaire", "With a name or a protected name")
    SECRET = "secret", pgettext_lazy("questionnaire", "Secret answers")
    OPEN = "open", pgettext_lazy("questionnaire", "By anybody, without an account")


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


class ImportState(models.TextChoices):
    """Where a file of answers stands: what it means is being said, it is in, it was taken away."""

    MAPPING = "mapping", pgettext_lazy("import", "Waiting")
    IN = "in", pgettext_lazy("import", "Brought in")
    TAKEN_AWAY = "taken_away", pgettext_lazy("import", "Taken away")
