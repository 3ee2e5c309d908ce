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


class QuoteState(models.TextChoices):
    """Where a quote stands; pages show it in one of them alone."""

    ASKED = "asked", _("Asked for")
    AGREED = "agreed", _("Agreed")
    REFUSED = "refused", _("Refused")
    # By its author, after a yes.
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")
    # By the editors, who no longer need it.
    DROPPED = "dropped", _("Given up")


class QuoteSignature(models.TextChoices):
    """How the author wants their words signed."""

    NAME = "name", _("With the signature of my contribution")
    AGENT = "agent", _("By “an agent of the City”, without my name")


class ResourceKind(models.TextChoices):
    """What a resource is."""

    GUIDE = "guide", _("Guide")
    FORM = "form", _("Form to fill in")
    TEMPLATE = "template", _("Template to use again")
    POSTER = "poster", _("Poster")
    STUDY = "study", _("Study")


class Audience(models.TextChoices):
    """Whom a resource is made for; everybody may take it."""

    ALL = "all", _("Everybody")
    AGENTS = "agents", _("Agents")
    TEAMS = "teams", _("Who leads a team")
    FACILITATORS = "facilitators", _("Facilitators")
    PANELS = "panels", _("Panel members")
