"""How a pairing ends."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Ending(models.TextChoices):
    """What became of the answers: told beside each other, too few, or given up; each time they are destroyed."""

    TOLD = "told", pgettext_lazy("pairing", "Told")
    FEW = "few", pgettext_lazy("pairing", "Too few answers")
    GIVEN_UP = "given_up", pgettext_lazy("pairing", "Given up")
