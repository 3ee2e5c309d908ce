"""Closed lists of the wall."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Section(models.TextChoices):
    """The parts of a sheet, in the order they are read."""

    ANSWERED = "answered", pgettext_lazy("on the wall", "Answered")
    UNDER_WAY = "under_way", _("Under way")
    PROPOSED = "proposed", _("Proposed last week")
    OPEN = "open", _("Your turn")
    NEARBY = "nearby", _("Near us")


class Scope(models.TextChoices):
    """What a sheet speaks of: the place itself, or what is large enough around it."""

    PLACE = "place", _("the place")
    DIRECTION = "direction", _("its direction")
    CITY = "city", _("the city")


class State(models.TextChoices):
    """Where a sheet is on its way to the wall; told from its dates, never stored."""

    TO_PRINT = "to_print", pgettext_lazy("sheet", "To print")
    PRINTED = "printed", pgettext_lazy("sheet", "Printed")
    POSTED = "posted", pgettext_lazy("sheet", "On the wall")


class PaperSize(models.TextChoices):
    A4 = "a4", "A4"
    A3 = "a3", "A3"
