"""A completion has one attestation, with one code for ever; each print says what was on the paper."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trainings.ledger.models import Completion

from ..codes import LENGTH, spaced
from ..enums import Channel
from ..querysets import AttestationQuerySet
from .batch import AttestationBatch

NAME_MAX, TITLE_MAX = 170, 255


class Attestation(models.Model):
    """The document of one completion. It no longer holds once the ledger says that the completion doesn't."""

    completion = models.OneToOneField(Completion, models.PROTECT, related_name="attestation")
    code = models.CharField(max_length=LENGTH, unique=True, editable=False)
    issued_at = models.DateTimeField(editable=False)

    objects = AttestationQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("attestation")
        verbose_name_plural = _("attestations")
        ordering = ["issued_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=rf"^[2-9A-HJKMNP-TV-Z]{{{LENGTH}}}$"), name="attestation_code_is_sayable"
            )
        ]

    def __str__(self):
        return self.code

    @property
    def spaced_code(self) -> str:
        return spaced(self.code)


class AttestationPrint(models.Model):
    """What one print said, word for word: the public page repeats it, so that a changed paper shows.

    ``pdf_sha256`` is empty where the paper came from a page or from the file of a whole site.
    """

    attestation = models.ForeignKey(Attestation, models.PROTECT, related_name="prints")
    number = models.PositiveSmallIntegerField()
    printed_on = models.DateField()
    printed_at = models.DateTimeField()
    channel = models.CharField(max_length=8, choices=Channel)
    # The journal's pseudonym of who printed.
    printed_by = models.CharField(max_length=32, blank=True)
    batch = models.ForeignKey(AttestationBatch, models.PROTECT, null=True, related_name="prints")
    # The name as it was; emptied when its person is erased.
    name = models.CharField(max_length=NAME_MAX, blank=True)
    title = models.CharField(max_length=TITLE_MAX)
    version = models.PositiveSmallIntegerField(null=True)
    completed_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    valid_until = models.DateField(null=True)
    template_version = models.PositiveSmallIntegerField()
    pdf_sha256 = models.CharField(max_length=64, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("print of an attestation")
        verbose_name_plural = _("prints of attestations")
        ordering = ["attestation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["attestation", "number"], name="attestation_print_number_once"),
            models.UniqueConstraint(
                fields=["batch", "attestation"], condition=Q(batch__isnull=False), name="attestation_once_in_a_batch"
            ),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="attestation_print_channel_known"),
            models.CheckConstraint(
                condition=Q(channel=Channel.BATCH, batch__isnull=False)
                | (~Q(channel=Channel.BATCH) & Q(batch__isnull=True)),
                name="attestation_print_batch_is_told",
            ),
            models.CheckConstraint(
                condition=Q(pdf_sha256="") | Q(pdf_sha256__regex=r"^[0-9a-f]{64}$"),
                name="attestation_print_has_a_hash",
            ),
        ]

    def __str__(self):
        return f"{self.attestation_id}, {self.number}"

    @property
    def said(self) -> tuple:
        """What stands on the paper, without its number and its day."""
        return (self.name, self.title, self.version, self.completed_on, self.minutes, self.valid_until)
