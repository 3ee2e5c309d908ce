"""Supports, follows and the narrow table of counters."""

from django.conf import settings
from django.db import models


class AbstractSupport(models.Model):
    """ "Me too": shown as a total, never as a name; withdrawn by deleting the row. A concrete table adds the FK."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


class AbstractFollow(models.Model):
    """Somebody wants news. Never written for the author of a contribution that isn't named."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


class AbstractCounts(models.Model):
    """Counters apart from the row they count, updated last in the transaction; rebuildable from the rows.

    ``imported_supports`` are votes without voters brought in by an import: shown apart, never added.
    """

    supports = models.PositiveIntegerField(default=0)
    comments = models.PositiveIntegerField(default=0)
    followers = models.PositiveIntegerField(default=0)
    imported_supports = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
