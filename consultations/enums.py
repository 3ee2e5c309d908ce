"""Closed lists of dossiers."""

from django.db import models
from django.utils.translation import pgettext_lazy


class DossierState(models.TextChoices):
    """Where a dossier stands; told from its phase line, never stored."""

    COMING = "coming", pgettext_lazy("dossier", "Opens soon")
    OPEN = "open", pgettext_lazy("dossier", "Under way")
    ENDED = "ended", pgettext_lazy("dossier", "Ended")


class WorkKind(models.TextChoices):
    """What a work of the library is."""

    RESEARCH = "research", pgettext_lazy("work", "Research")
    AGENTS = "agents", pgettext_lazy("work", "Work by agents")
    REPORT = "report", pgettext_lazy("work", "Report or study")
    LAW = "law", pgettext_lazy("work", "Law or rule")
    OTHER = "other", pgettext_lazy("work", "Other")


class OpinionState(models.TextChoices):
    """Where a body stands: told of the subject, its sitting planned, its opinion given."""

    SEIZED = "seized", pgettext_lazy("body", "Asked for its opinion")
    PLANNED = "planned", pgettext_lazy("body", "Sitting planned")
    GIVEN = "given", pgettext_lazy("body", "Opinion given")


class FigureKind(models.TextChoices):
    """What a figure of participation counts."""

    CHANNEL = "channel", pgettext_lazy("figure", "How people answered")
    THEME = "theme", pgettext_lazy("figure", "What they spoke of")


class GroupKind(models.TextChoices):
    """Who signs a contribution of a group."""

    UNION = "union", pgettext_lazy("group that signs", "Trade union")
    ASSOCIATION = "association", pgettext_lazy("group that signs", "Association")
    COLLECTIVE = "collective", pgettext_lazy("group that signs", "Collective of agents")
    SERVICE = "service", pgettext_lazy("group that signs", "Direction or service")
    OTHER = "other", pgettext_lazy("group that signs", "Other group")
