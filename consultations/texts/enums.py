"""Closed lists of reform texts."""

from django.db import models
from django.utils.translation import pgettext_lazy


class TextState(models.TextChoices):
    """Where a text stands; computed from its versions, the phases of its space and its closing.

    ``studied``: the period of contributions is over, outcomes are being given. ``closed``: for good.
    """

    PREPARED = "prepared", pgettext_lazy("reform text", "Being prepared")
    COMING = "coming", pgettext_lazy("reform text", "Opens soon")
    OPEN = "open", pgettext_lazy("reform text", "Open")
    STUDIED = "studied", pgettext_lazy("reform text", "Contributions being studied")
    CLOSED = "closed", pgettext_lazy("reform text", "Closed")


class UnitKind(models.TextChoices):
    """What a unit is: a title that announces others, an article with a number, a paragraph without."""

    HEADING = "heading", pgettext_lazy("unit of a text", "Heading")
    ARTICLE = "article", pgettext_lazy("unit of a text", "Article")
    PARAGRAPH = "paragraph", pgettext_lazy("unit of a text", "Paragraph")


class ContributionKind(models.TextChoices):
    """What somebody says of a unit; a reply answers a contribution and waits for no outcome."""

    SUPPORT = "support", pgettext_lazy("contribution to a text", "Agreement")
    AMEND = "amend", pgettext_lazy("contribution to a text", "Other wording")
    QUESTION = "question", pgettext_lazy("contribution to a text", "Question")
    REPLY = "reply", pgettext_lazy("contribution to a text", "Reply")


# What waits for an outcome, in the order shown.
OFFERED = (ContributionKind.SUPPORT, ContributionKind.AMEND, ContributionKind.QUESTION)


class OutcomeKind(models.TextChoices):
    """What became of a contribution. ``answered`` is for questions and agreements, which ask for no wording."""

    TAKEN = "taken", pgettext_lazy("outcome", "Taken")
    PARTLY = "partly", pgettext_lazy("outcome", "Partly taken")
    SET_ASIDE = "set_aside", pgettext_lazy("outcome", "Set aside")
    ANSWERED = "answered", pgettext_lazy("outcome", "Answered")


class SpanKind(models.TextChoices):
    """How a version differs from the one before, at one place."""

    CHANGED = "changed", pgettext_lazy("change of a text", "Changed")
    ADDED = "added", pgettext_lazy("change of a text", "Added")
    REMOVED = "removed", pgettext_lazy("change of a text", "Removed")
    MOVED = "moved", pgettext_lazy("change of a text", "Moved")
    SPLIT = "split", pgettext_lazy("change of a text", "Split")
    MERGED = "merged", pgettext_lazy("change of a text", "Merged")
