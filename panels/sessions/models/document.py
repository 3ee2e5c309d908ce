"""A document of a panel: a file, a link or a text, with the plain words that are posted."""

import secrets
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference
from src.foundations.uploads import PrivateStorage

from ..enums import Audience, DocumentKind
from ..querysets import DocumentQuerySet
from .session import Session


def random_name(row, filename: str) -> str:
    """A name that says nothing of what the file was called."""
    return f"panel-documents/{secrets.token_hex(16)}{Path(filename).suffix.lower()}"


class Document(models.Model):
    """What members read. Withdrawn, nobody but the team sees it; it may come back."""

    panel = models.ForeignKey("panels.Panel", models.PROTECT, related_name="documents")
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="documents")
    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    title = models.CharField(_("title"), max_length=140)
    kind = models.CharField(_("what it is"), max_length=8, choices=DocumentKind, default=DocumentKind.SUMMARY)
    source = models.CharField(_("who wrote it"), max_length=140)
    audience = models.CharField(_("who reads it"), max_length=10, choices=Audience, default=Audience.MEMBERS)
    # What is read on a screen without opening the file, and what is posted.
    words = models.TextField(_("summary in plain words"))
    file = models.FileField(storage=PrivateStorage(), upload_to=random_name, max_length=120, blank=True)
    size = models.PositiveIntegerField(default=0, editable=False)
    link = models.URLField(_("link"), max_length=300, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = DocumentQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("document of a panel")
        verbose_name_plural = _("documents of panels")
        ordering = ["-added_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="panel_document_kind_known"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="panel_document_audience_known"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(source="") & ~Q(words=""), name="panel_document_says_what"
            ),
            models.CheckConstraint(condition=Q(file="") | Q(link=""), name="panel_document_file_or_link"),
        ]

    def __str__(self):
        return self.title

    @property
    def extension(self) -> str:
        """PDF, ODT… in capitals; empty without a file."""
        return Path(self.file.name).suffix.lstrip(".").upper() if self.file else ""

    @property
    def is_open_to_all(self) -> bool:
        return self.audience == Audience.EVERYBODY
