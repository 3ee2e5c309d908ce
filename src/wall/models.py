"""A sheet: one place, one week, drawn once; then printed and put on the wall by somebody."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference

from .enums import Scope, State
from .querysets import SheetQuerySet


class Sheet(models.Model):
    """What hangs in a place during a week. Place, week and text never change once drawn (trigger)."""

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+", verbose_name=_("place"))
    # Monday of the week it hangs.
    week = models.DateField(_("week"), db_index=True)
    scope = models.CharField(_("speaks of"), max_length=16, choices=Scope)
    # Sections and their lines, in French, with the kind and reference of each subject; no author, no account.
    content = models.JSONField()
    drawn_at = models.DateTimeField()
    printed_on = models.DateField(_("printed on"), null=True, blank=True)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    posted_on = models.DateField(_("on the wall since"), null=True, blank=True)
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = SheetQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("sheet for the wall")
        verbose_name_plural = _("sheets for the wall")
        constraints = [
            models.UniqueConstraint(fields=["unit", "week"], name="wall_sheet_once"),
            models.CheckConstraint(condition=models.Q(scope__in=Scope.values), name="wall_sheet_scope_known"),
            models.CheckConstraint(
                condition=models.Q(posted_on__isnull=True) | models.Q(posted_on__gte=models.F("week")),
                name="wall_sheet_posted_after_drawn",
            ),
            models.CheckConstraint(
                condition=models.Q(posted_by__isnull=True) | models.Q(posted_on__isnull=False),
                name="wall_sheet_poster_has_day",
            ),
        ]

    def __str__(self):
        return f"{self.unit}, {self.week:%d/%m/%Y}"

    @property
    def state(self) -> State:
        if self.posted_on is not None:
            return State.POSTED
        return State.PRINTED if self.printed_on is not None else State.TO_PRINT

    @property
    def is_posted(self) -> bool:
        return self.posted_on is not None
