"""Closed lists of what is owed and answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """Same codes as the stages they lead to."""

    ACCEPTED = "accepted", _("Yes")
    PILOT = "pilot", _("Trial")
    DEFERRED = "deferred", _("Later")
    DECLINED = "declined", _("No")
    ALREADY_DONE = "already_done", _("Already in place")


class Reason(models.TextChoices):
    """Closed list of reasons of an answer (demo/glossary)."""

    RULE = "regle", _("A rule forbids it")
    BUDGET = "budget", _("No budget this year")
    COMPETENCE = "competence", _("Not for the City to decide")
    SAFETY = "securite", _("Safety of people")
    PRIVACY = "vie_privee", _("Protection of privacy")
    EQUALITY = "egalite", _("Would create an inequality")
    TECHNICAL = "technique", _("Not possible with our tools")
    EFFECT = "effet", _("Would not solve the problem")
    EXISTING = "deja", _("Already exists")
    PRIORITY = "priorite", _("Other priorities first")
