"""Closed lists every space shares."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Circle(models.TextChoices):
    """Who sees a space and what is in it; chosen at creation, never widened over existing contributions."""

    EVERYONE = "everyone", _("Everyone")
    AGENTS = "agents", _("Agents")
    MEMBERS = "members", _("Members")


class IdentityMode(models.TextChoices):
    """What others will know of an author; chosen before sending, frozen by the database.

    ``anonymous`` exists for contributions brought in from elsewhere and for later channels: nothing about
    the author is stored. Spaces of this version offer ``named`` and ``protected``.
    """

    NAMED = "named", _("With my name")
    PROTECTED = "protected", _("Protected name")
    ANONYMOUS = "anonymous", _("Anonymous")


class Signature(models.TextChoices):
    """Under a named contribution: the person, or the team."""

    PERSON = "person", _("With my name")
    TEAM = "team", _("In the name of my team")


class Channel(models.TextChoices):
    """How a contribution arrived."""

    WEB = "web", _("Web")
    PHONE = "phone", _("Phone")
    PAPER = "paper", _("Paper")
    KIOSK = "kiosk", _("Kiosk")
    TRAINING = "training", _("Training")
    IMPORT = "import", _("Import")


class PhaseVerb(models.TextChoices):
    """What a phase opens; the only clock of what may be done."""

    PROPOSE = "propose", pgettext_lazy("what a phase opens", "Propose")
    SUPPORT = "support", pgettext_lazy("what a phase opens", "Support")
    COMMENT = "comment", pgettext_lazy("what a phase opens", "Comment")
