"""Closed lists of the paper channel."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    """A batch is typed by one person, read again by another, then its sheets are destroyed."""

    TYPING = "typing", _("Being typed")
    CHECKING = "checking", _("Waiting for its second look")
    SENT = "sent", _("Sent, sheets to destroy")
    DESTROYED = "destroyed", _("Sheets destroyed")


class WhyAside(models.TextChoices):
    """Why a sheet isn't sent."""

    UNREADABLE = "illisible", _("It can't be read")
    EMPTY = "vide", _("It is empty")
    ELSEWHERE = "ailleurs", _("It was given to the people who can help in confidence")
    REFUSED = "refusee", _("It can't be received: closed, or incomplete")
