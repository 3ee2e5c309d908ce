"""Closed lists of reminders: when one is sent, and by what it reaches somebody."""

from django.db import models
from django.utils.translation import pgettext_lazy

from src.notices.enums import Means


class Step(models.TextChoices):
    """A moment before or after the day a training is due."""

    BEFORE_60 = "before_60", pgettext_lazy("reminder", "60 days before")
    BEFORE_30 = "before_30", pgettext_lazy("reminder", "30 days before")
    BEFORE_7 = "before_7", pgettext_lazy("reminder", "7 days before")
    ON_THE_DAY = "on_the_day", pgettext_lazy("reminder", "on the day")
    AFTER_15 = "after_15", pgettext_lazy("reminder", "15 days after")


# Days from the day it is due.
OFFSETS = {Step.BEFORE_60: -60, Step.BEFORE_30: -30, Step.BEFORE_7: -7, Step.ON_THE_DAY: 0, Step.AFTER_15: 15}


class Channel(models.TextChoices):
    """By what a reminder reached somebody: the inbox always, and one of the others."""

    INBOX = "inbox", pgettext_lazy("reminder", "Messages on Terrain")
    MAIL = "mail", pgettext_lazy("reminder", "E-mail")
    LETTER = Means.LETTER.value, pgettext_lazy("reminder", "Letter at work")
    SMS = Means.SMS.value, pgettext_lazy("reminder", "Text message")
    CALL = Means.CALL.value, pgettext_lazy("reminder", "Call")
