"""Closed lists of the ledger."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Method(models.TextChoices):
    """How a track was completed."""

    ONLINE = "online", pgettext_lazy("completion", "Online")
    IN_PERSON = "in_person", pgettext_lazy("completion", "In a session")
    BLENDED = "blended", pgettext_lazy("completion", "Online and in a session")
    IMPORTED = "imported", pgettext_lazy("completion", "Done elsewhere, taken from a file")
    EQUIVALENCE = "equivalence", pgettext_lazy("completion", "Another training that counts as this one")


# What was followed here has the version that was followed; what was done elsewhere may have none.
FOLLOWED_HERE = (Method.ONLINE, Method.IN_PERSON, Method.BLENDED)
