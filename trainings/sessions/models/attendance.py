"""Presence by half-day, the sheet once locked, and the lines that amend it."""

import secrets
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference
from src.foundations.uploads import PrivateStorage

from ..enums import COUNTED, MarkMethod, Presence
from .booking import Booking
from .session import REASON_MAX, Session, SessionSlot

SHA256 = r"^[0-9a-f]{64}$"


def random_name(row, filename: str) -> str:
    """A name that says nothing of the session."""
    return f"attendance-sheets/{secrets.token_hex(16)}{Path(filename).suffix.lower()}"


class AttendanceMark(models.Model):
    """A person, a half-day, there or not. Written again until the sheet is locked, never afterwards."""

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="marks")
    slot = models.ForeignKey(SessionSlot, models.PROTECT, related_name="marks")
    status = models.CharField(max_length=8, choices=Presence)
    method = models.CharField(max_length=8, choices=MarkMethod)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("presence at a half-day")
        verbose_name_plural = _("presences at half-days")
        ordering = ["booking", "slot"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "slot"], name="training_mark_once"),
            models.CheckConstraint(condition=Q(status__in=Presence.values), name="training_mark_status_known"),
            models.CheckConstraint(condition=Q(method__in=MarkMethod.values), name="training_mark_method_known"),
            models.CheckConstraint(
                condition=~Q(method__in=[MarkMethod.ROOM_QR, MarkMethod.KIOSK]) | Q(status__in=COUNTED),
                name="training_mark_by_code_is_presence",
            ),
        ]

    def __str__(self):
        return f"mark:{self.pk}"


class AttendanceSheet(models.Model):
    """The sheet as it was locked, by its fingerprint; a scan of the signed paper may be added once."""

    session = models.OneToOneField(Session, models.PROTECT, related_name="sheet")
    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    file = models.FileField(storage=PrivateStorage(), upload_to=random_name, max_length=120)
    sha256 = models.CharField(max_length=64, editable=False)
    scan = models.FileField(storage=PrivateStorage(), upload_to=random_name, max_length=120, blank=True)
    scan_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    locked_at = models.DateTimeField(editable=False)
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("locked attendance sheet")
        verbose_name_plural = _("locked attendance sheets")
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=SHA256), name="training_sheet_has_its_hash"),
            models.CheckConstraint(
                condition=Q(scan="", scan_sha256="") | ~Q(scan="") & Q(scan_sha256__regex=SHA256),
                name="training_sheet_scan_has_its_hash",
            ),
        ]

    def __str__(self):
        return f"sheet:{self.reference}"


class SheetAmendment(models.Model):
    """A locked presence said otherwise, by whom and why; the sheet itself never changes."""

    sheet = models.ForeignKey(AttendanceSheet, models.PROTECT, related_name="amendments")
    booking = models.ForeignKey(Booking, models.PROTECT, related_name="amendments")
    slot = models.ForeignKey(SessionSlot, models.PROTECT, related_name="+")
    was = models.CharField(max_length=8, choices=Presence)
    becomes = models.CharField(max_length=8, choices=Presence)
    reason = models.CharField(max_length=REASON_MAX)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("amendment of a sheet")
        verbose_name_plural = _("amendments of sheets")
        ordering = ["sheet", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="training_amendment_says_why"),
            models.CheckConstraint(condition=~Q(was=F("becomes")), name="training_amendment_changes"),
            models.CheckConstraint(
                condition=Q(was__in=Presence.values, becomes__in=Presence.values), name="training_amendment_known"
            ),
        ]

    def __str__(self):
        return f"amendment:{self.pk}"
