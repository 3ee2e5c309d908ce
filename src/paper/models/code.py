"""Secret codes: printed before anybody writes, kept as keyed hashes, tied to a contribution when it is sent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PrintRun(models.Model):
    """Sheets of one form printed together for a place; says when they must have been destroyed."""

    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+", verbose_name=_("place"))
    form_key = models.CharField(max_length=32)
    # What the sheets are about (the address of a box), as the form's own room understands it.
    about = models.CharField(max_length=64, blank=True)
    sheets = models.PositiveSmallIntegerField(_("sheets"))
    printed_on = models.DateField()
    destroy_by = models.DateField()
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("printed sheets")
        verbose_name_plural = _("printed sheets")


class FollowCode(models.Model):
    """One code. A sheet's number leads to it until the sheet is sent; then the number is forgotten.

    No date of making, no account: only the day after which it opens nothing.
    """

    code_hash = models.CharField(max_length=32, unique=True)
    sheet_number = models.CharField(max_length=6, unique=True, null=True, blank=True)
    run = models.ForeignKey(PrintRun, models.CASCADE, null=True, blank=True, related_name="codes")
    subject_kind = models.CharField(max_length=32, blank=True)
    handle = models.UUIDField(unique=True, null=True, blank=True)
    expires_on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("secret code")
        verbose_name_plural = _("secret codes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(handle__isnull=True) | models.Q(sheet_number__isnull=True, run__isnull=True),
                name="paper_code_forgets_its_sheet",
            ),
        ]
