"""A reply that a direction prepared and that an elected official signs: who was asked, and what they did."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ReplySignature(models.Model):
    """One signature asked for a prepared decision, which isn't announced without it. Once announced, it stays.

    Only the deciders of the decision and the person asked know that it exists.
    """

    decision = models.OneToOneField("accountability.Decision", models.CASCADE, related_name="signature")
    official = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    # "deputy mayor for …": what is written after the name, and offered again next time.
    function = models.CharField(_("your function"), max_length=110, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_text = models.TextField(_("what must change"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("signature of a reply")
        verbose_name_plural = _("signatures of replies")
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(returned_at__isnull=True), name="reply_signed_or_returned"
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | ~Q(returned_text=""), name="reply_returned_says_why"
            ),
            models.CheckConstraint(condition=~Q(official=F("asked_by")), name="reply_signed_by_another"),
        ]
        indexes = [models.Index(fields=["official", "signed_at"], name="reply_to_sign")]

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None

    @property
    def is_returned(self) -> bool:
        return self.returned_at is not None

    @property
    def is_waiting(self) -> bool:
        """The official has still to read it."""
        return self.signed_at is None and self.returned_at is None
