"""Closed lists of ballots."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Method(models.TextChoices):
    """How choices are counted; the first is offered, the others stay behind *Autres méthodes*."""

    APPROVAL = "approval", _("Choose some of the proposals")
    YES_NO = "yes_no", _("Yes or no")
    GRADES = "grades", _("Majority judgment")
    EQUAL_SHARES = "equal_shares", _("Equal shares of a budget")


class Secrecy(models.TextChoices):
    """What is kept of a choice; frozen with the rules.

    ``simple``: encrypted beside the person, who may change it until the closing. ``secret``: sealed, with nobody's
    name, for good.
    """

    SIMPLE = "simple", pgettext_lazy("ballot", "Simple vote")
    SECRET = "secret", pgettext_lazy("ballot", "Secret vote")


class Majority(models.TextChoices):
    """What a proposal needs besides its rank; written before the opening."""

    MOST = "most", _("The most chosen")
    HALF = "half", _("More than half of those who expressed a choice")
    TWO_THIRDS = "two_thirds", _("Two thirds of those who expressed a choice")


class Electorate(models.TextChoices):
    """The rule by which those who vote are found in the directory, once, at the opening."""

    SPACE = "space", _("Everybody who takes part in the space")
    UNIT = "unit", _("The people of one unit, and of those under it")


class State(models.TextChoices):
    """Where a ballot stands; read from its dates and its marks, never stored."""

    PREPARED = "prepared", pgettext_lazy("ballot", "In preparation")
    READY = "ready", pgettext_lazy("ballot", "Opens soon")
    OPEN = "open", pgettext_lazy("ballot", "Open")
    CLOSED = "closed", pgettext_lazy("ballot", "Closed, to be counted")
    COUNTED = "counted", pgettext_lazy("ballot", "Counted")
    CANCELLED = "cancelled", pgettext_lazy("ballot", "Cancelled")


class Grade(models.IntegerChoices):
    """The seven grades of majority judgment, best first. Balinski and Laraki, *Majority Judgment*, MIT Press, 2011."""

    EXCELLENT = 0, pgettext_lazy("grade", "Excellent")
    VERY_GOOD = 1, pgettext_lazy("grade", "Very good")
    GOOD = 2, pgettext_lazy("grade", "Good")
    FAIRLY_GOOD = 3, pgettext_lazy("grade", "Fairly good")
    PASSABLE = 4, pgettext_lazy("grade", "Passable")
    INSUFFICIENT = 5, pgettext_lazy("grade", "Insufficient")
    REJECT = 6, pgettext_lazy("grade", "To reject")
