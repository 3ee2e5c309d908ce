"""A batch of sheets brought back from a place, and the sheets while they wait for their second look."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference

from ..enums import BatchState
from ..querysets import BatchQuerySet


class Batch(models.Model):
    """Sheets of one place and day. Whoever typed them never gives the second look (a check says so)."""

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+", verbose_name=_("place"))
    held_on = models.DateField(_("day of the visit"))
    announced = models.PositiveSmallIntegerField(_("sheets"))
    state = models.CharField(max_length=16, choices=BatchState, default=BatchState.TYPING)
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    sent = models.PositiveSmallIntegerField(default=0)
    set_aside = models.PositiveSmallIntegerField(default=0)
    sent_on = models.DateField(null=True, blank=True)
    destroy_by = models.DateField()
    destroyed_on = models.DateField(null=True, blank=True)
    destroyed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = BatchQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("batch of sheets")
        verbose_name_plural = _("batches of sheets")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(checked_by__isnull=True) | ~models.Q(checked_by=models.F("typed_by")),
                name="paper_batch_two_people",
            ),
            models.CheckConstraint(condition=models.Q(state__in=BatchState.values), name="paper_batch_state_known"),
        ]

    def __str__(self):
        return f"{self.unit}, {self.held_on:%d/%m/%Y}"

    @property
    def is_typing(self) -> bool:
        return self.state == BatchState.TYPING

    @property
    def is_checking(self) -> bool:
        return self.state == BatchState.CHECKING

    @property
    def is_sent(self) -> bool:
        return self.state == BatchState.SENT


class TypedSheet(models.Model):
    """What was typed of one sheet, encrypted, until the second look sends it; the row is then deleted."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="sheets")
    position = models.PositiveSmallIntegerField()
    form_key = models.CharField(max_length=32)
    about = models.CharField(max_length=64, blank=True)
    code = models.OneToOneField("paper.FollowCode", models.PROTECT, null=True, blank=True)
    ciphertext = models.BinaryField()
    # Typed again without seeing the first: one sheet in twenty, one a batch at least.
    is_blind = models.BooleanField(default=False)
    # Makes sending it twice leave one contribution.
    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("sheet being typed")
        verbose_name_plural = _("sheets being typed")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="paper_sheet_position_once")]
