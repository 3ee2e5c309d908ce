"""The index: one row per object that can be found; rights are never here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchDocument(models.Model):
    """The stems of one object. The full-text index over ``search_text`` is vendor SQL (``vendor.py``)."""

    kind = models.CharField(max_length=32)
    object_id = models.BigIntegerField()
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


class CommonStem(models.Model):
    """In how many documents of a kind a usual word appears, so that ``similar`` gives it less weight.

    Only words of at least eleven documents are kept: a rare word could tell whose text it is.
    """

    kind = models.CharField(max_length=32)
    stem = models.CharField(max_length=64)
    documents = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("common word")
        verbose_name_plural = _("common words")
        constraints = [models.UniqueConstraint(fields=["kind", "stem"], name="search_common_stem_once")]
