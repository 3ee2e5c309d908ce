"""Where people come from, and their letters: of a code, the hash alone; of an address, nothing once it is sent."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference

from ..enums import InvitationState, ListKind
from ..querysets import BatchQuerySet
from .panel import Panel


class SourceList(models.Model):
    """One origin of the people asked. With ``seats``, exactly as many members come from it."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="source_lists")
    slug = models.SlugField(max_length=40)
    label = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=ListKind)
    seats = models.PositiveSmallIntegerField(_("reserved seats"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("source list")
        verbose_name_plural = _("source lists")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "slug"], name="source_list_once"),
            models.CheckConstraint(condition=Q(kind__in=ListKind.values), name="source_list_kind_known"),
        ]

    def __str__(self):
        return self.label

    @property
    def is_of_minors(self) -> bool:
        return self.kind == ListKind.MINORS


class InvitationBatch(models.Model):
    """Letters drawn from one list and printed together.

    ``secret`` and ``addresses`` are encrypted, and go once the letters are posted: until then a job that died makes
    the same codes again; afterwards nobody can.
    """

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="batches")
    source_list = models.ForeignKey(SourceList, models.PROTECT, related_name="batches")
    # The file of the people drawn, once; letters are made from it.
    addresses = models.BinaryField(null=True, editable=False)
    secret = models.BinaryField(null=True, editable=False)
    letters = models.PositiveIntegerField()
    made = models.PositiveIntegerField(default=0, editable=False)
    # The work that makes the letters; gone with the runs, after thirty days.
    run_id = models.UUIDField(null=True, editable=False)
    expires_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(editable=False)
    printed_at = models.DateTimeField(null=True, blank=True, editable=False)
    mailed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = BatchQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("batch of letters")
        verbose_name_plural = _("batches of letters")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(letters__gte=1, made__lte=models.F("letters")), name="batch_counts"),
            models.CheckConstraint(
                condition=Q(mailed_at__isnull=True) | Q(addresses__isnull=True, secret__isnull=True),
                name="batch_forgets_once_mailed",
            ),
            models.CheckConstraint(
                condition=Q(printed_at__isnull=True) | Q(made=models.F("letters")), name="batch_printed_whole"
            ),
            models.CheckConstraint(
                condition=Q(mailed_at__isnull=True) | Q(printed_at__isnull=False), name="batch_mailed_was_printed"
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def is_made(self) -> bool:
        return self.made == self.letters


class Invitation(models.Model):
    """One letter. Its code is on the paper alone."""

    batch = models.ForeignKey(InvitationBatch, models.CASCADE, related_name="invitations")
    number = models.PositiveIntegerField()
    code_hash = models.CharField(max_length=32, unique=True, editable=False)
    state = models.CharField(max_length=12, choices=InvitationState, default=InvitationState.MADE)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="invitation_number_once"),
            models.CheckConstraint(condition=Q(state__in=InvitationState.values), name="invitation_state_known"),
        ]
        indexes = [models.Index(fields=["batch", "state"], name="invitation_state_in_batch")]

    def __str__(self):
        return f"{self.batch_id}, {self.number}"


class InvitationAddress(models.Model):
    """Whom one letter goes to, encrypted; the row goes once the batch is posted."""

    invitation = models.OneToOneField(Invitation, models.CASCADE, primary_key=True, related_name="address")
    ciphertext = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("address of a letter")
        verbose_name_plural = _("addresses of letters")

    def __str__(self):
        return str(self.invitation_id)
