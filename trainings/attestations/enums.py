"""Closed lists of attestations."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    """Where an attestation was printed."""

    OWN = "own", pgettext_lazy("attestation", "By its holder")
    DESK = "desk", pgettext_lazy("attestation", "By a facilitator, for its holder")
    BATCH = "batch", pgettext_lazy("attestation", "With those of a site")
