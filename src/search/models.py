"""The index: one row per object that can be found; rights are never here."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchDocument(models.Model):
    """The stems of one object. The full-text index over ``search_text`` is vendor SQL (``vendor.py``)."""

    kind = models.CharField(max_length=32)
    object_id = models.BigIntegerField()
    # Which documents have the same traits and year: a hash of them, so that counting compares one number.
    cell = models.BigIntegerField(default=0)
    # Ends every order: says nothing of when the object was made, as its number would.
    tie = models.BigIntegerField(default=0)
    day = models.DateField(default=datetime.date.min)
    # Traits that results are narrowed and dated by: nothing a result doesn't show.
    genre = models.CharField(max_length=16, default="")
    step = models.CharField(max_length=16, default="")
    direction = models.CharField(max_length=32, default="")
    space = models.CharField(max_length=64, default="")
    direction_name = models.CharField(max_length=200, default="")
    space_name = models.CharField(max_length=120, default="")
    title = models.CharField(max_length=300)
    # Stems of the title alone, then of everything.
    title_text = models.TextField()
    search_text = models.TextField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_document_once")]

    def __str__(self):
        return self.title


class KnownStem(models.Model):
    """A stem of a kind's documents and in how many it appears; counted again each day, added to in between.

    ``similar`` gives usual words less weight; ``matching`` looks here for what a slip of the keyboard may have meant.
    The empty stem counts the documents.
    """

    kind = models.CharField(max_length=32)
    stem = models.CharField(max_length=64)
    documents = models.PositiveIntegerField(default=1)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("known word")
        verbose_name_plural = _("known words")
        constraints = [models.UniqueConstraint(fields=["kind", "stem"], name="search_known_stem_once")]
