"""Closed lists of publishing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Conformity(models.TextChoices):
    """How far the site meets the RGAA; without a valid audit the law says "not conforming"."""

    NONE = "none", _("not conforming")
    PARTIAL = "partial", _("partially conforming")
    FULL = "full", _("fully conforming")


class Rights(models.TextChoices):
    """By what right the city shows a picture."""

    CITY = "city", _("Made by the city")
    AGREEMENT = "agreement", _("With its author's written agreement")
    LICENCE = "licence", _("Under a free licence")
