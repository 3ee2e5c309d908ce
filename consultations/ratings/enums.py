"""Closed lists of ratings: kinds of points, grades, reasons, ways in, what a check looks for."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PointKind(models.TextChoices):
    """What is rated."""

    PROCEDURE = "procedure", _("Procedure")
    COUNTER = "counter", _("Counter")
    SITE = "site", _("Site")
    MOBILE = "mobile", _("Mobile unit")


class Grade(models.IntegerChoices):
    """Five faces with words, best first on the screen; the easy-to-read page offers 5, 3 and 1."""

    VERY_GOOD = 5, pgettext_lazy("grade", "Very good")
    GOOD = 4, pgettext_lazy("grade", "Good")
    AVERAGE = 3, pgettext_lazy("grade", "Average")
    BAD = 2, pgettext_lazy("grade", "Bad")
    VERY_BAD = 1, pgettext_lazy("grade", "Very bad")


# "Satisfied" everywhere: the two best faces.
SATISFIED = (Grade.VERY_GOOD, Grade.GOOD)
EASY = (Grade.VERY_GOOD, Grade.AVERAGE, Grade.VERY_BAD)


class Reason(models.IntegerChoices):
    """What counted; each is one bit of the rating's sum."""

    WELCOME = 1, pgettext_lazy("what counted", "The welcome")
    WAITING = 2, pgettext_lazy("what counted", "The waiting")
    EXPLANATIONS = 4, pgettext_lazy("what counted", "The explanations")
    HOURS = 8, pgettext_lazy("what counted", "The opening hours")
    PLACE = 16, pgettext_lazy("what counted", "The place")


class Channel(models.TextChoices):
    """How a rating came."""

    WEB = "web", pgettext_lazy("channel of a rating", "Poster or link")
    VISIT = "visit", pgettext_lazy("channel of a rating", "Link sent after a visit")
    KIOSK = "kiosk", pgettext_lazy("channel of a rating", "Shared tablet")


class Pattern(models.IntegerChoices):
    """What the daily check looks for; each is one bit of the rating's sum. None removes a rating (ADR 0363)."""

    BURST = 1, _("Many ratings within ten minutes")
    NETWORK = 2, _("Many ratings from one network")
    TEXT = 4, _("The same sentence, many times")
    NIGHT = 8, _("Many ratings in the night")
    ONE_GRADE = 16, _("A long run of one grade")
    REGULAR = 32, _("Ratings at regular intervals")
    HASTE = 64, _("Faster than somebody reads")
    SWING = 128, _("A day unlike the others by its grades")
    VOLUME = 256, _("A day unlike the others by its number")
    COPIED = 512, _("The same answers, many times")
    # Told by the page itself: a field that nobody sees was filled.
    ROBOT = 1024, _("Filled by a program")


class ReportState(models.TextChoices):
    OPEN = "open", pgettext_lazy("problem report", "To answer")
    ANSWERED = "answered", pgettext_lazy("problem report", "Answered")


class SuggestionState(models.TextChoices):
    NEW = "new", pgettext_lazy("suggestion", "To read")
    TAKEN = "taken", pgettext_lazy("suggestion", "Became an idea")
    SET_ASIDE = "set_aside", pgettext_lazy("suggestion", "Set aside")


class Contact(models.TextChoices):
    """How whoever reported wants to hear of the answer; the code of the receipt works in each case."""

    NONE = "", _("With the secret code alone")
    MAIL = "mail", _("By e-mail")
    SMS = "sms", _("By text message")


class BatchSource(models.TextChoices):
    FILE = "file", pgettext_lazy("source of visits", "File")
    API = "api", pgettext_lazy("source of visits", "Appointment tool")


class Result(models.TextChoices):
    """What an independent evaluation concluded."""

    OBTAINED = "obtained", pgettext_lazy("evaluation", "Label obtained")
    RESERVED = "reserved", pgettext_lazy("evaluation", "Obtained with reservations")
    REFUSED = "refused", pgettext_lazy("evaluation", "Not obtained")


class CriterionResult(models.TextChoices):
    YES = "yes", pgettext_lazy("criterion", "Met")
    PARTLY = "partly", pgettext_lazy("criterion", "Partly met")
    NO = "no", pgettext_lazy("criterion", "Not met")
    NOT_LOOKED_AT = "none", pgettext_lazy("criterion", "Not looked at")
