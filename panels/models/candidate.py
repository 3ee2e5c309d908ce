"""Somebody who registered: a ticket, and beside it, each in its own table, what must not be read together."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference
from src.participation.enums import Channel

from ..enums import CandidateState, ConsentPurpose, Ineligibility
from ..querysets import CandidateQuerySet
from .invitation import Invitation, SourceList
from .panel import Panel

TICKET_SYMBOLS = 5


def new_ticket() -> str:
    """ "P-7KQ4M": random, so that it says neither when nor how many."""
    return f"P-{new_reference(TICKET_SYMBOLS)}"


class Candidate(models.Model):
    """A ticket and where it stands. Erased, it keeps nothing else."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="candidates")
    ticket = models.CharField(max_length=7, unique=True, default=new_ticket, editable=False)
    source_list = models.ForeignKey(SourceList, models.PROTECT, null=True, related_name="candidates")
    invitation = models.OneToOneField(Invitation, models.SET_NULL, null=True, blank=True, related_name="candidate")
    # Given once somebody drawn has an account here.
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=CandidateState, default=CandidateState.VOLUNTEERED)
    # Welcomed without a draw: a volunteer of a committee, or somebody an association named.
    is_direct = models.BooleanField(default=False, editable=False)
    reserve_rank = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    is_minor = models.BooleanField(default=False)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.WEB)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    registered_on = models.DateField(null=True)

    objects = CandidateQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        # The ticket says nothing of the order in which people came.
        ordering = ["ticket"]
        indexes = [models.Index(fields=["panel", "state"], name="candidate_state_in_panel")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CandidateState.values), name="candidate_state_known"),
            models.CheckConstraint(
                condition=Q(channel__in=[Channel.WEB, Channel.PAPER, Channel.PHONE]), name="candidate_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(entered_by__isnull=True) | Q(checked_by__isnull=True) | ~Q(entered_by=F("checked_by")),
                name="candidate_paper_read_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state=CandidateState.ERASED)
                | Q(
                    source_list__isnull=True,
                    invitation__isnull=True,
                    account__isnull=True,
                    reserve_rank__isnull=True,
                    entered_by__isnull=True,
                    checked_by__isnull=True,
                    registered_on__isnull=True,
                    is_minor=False,
                ),
                name="candidate_erased_is_a_ticket",
            ),
            models.CheckConstraint(
                condition=Q(state=CandidateState.ERASED)
                | Q(source_list__isnull=False, is_direct=False)
                | Q(source_list__isnull=True, is_direct=True),
                name="candidate_comes_from_a_list",
            ),
            models.CheckConstraint(
                condition=~Q(state=CandidateState.RESERVE) | Q(reserve_rank__isnull=False),
                name="candidate_reserve_has_a_rank",
            ),
            models.UniqueConstraint(fields=["panel", "reserve_rank"], name="candidate_rank_once"),
            models.UniqueConstraint(fields=["panel", "account"], name="candidate_account_once"),
        ]

    def __str__(self):
        return self.ticket


class CandidateContact(models.Model):
    """Name, telephone, address: encrypted; read by whoever calls or writes to them."""

    candidate = models.OneToOneField(Candidate, models.CASCADE, primary_key=True, related_name="contact")
    ciphertext = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("contact of a candidate")
        verbose_name_plural = _("contacts of candidates")

    def __str__(self):
        return str(self.candidate_id)


class CandidateProfile(models.Model):
    """What somebody answered to the criteria: encrypted; read one by one by its keepers, each time with a reason."""

    candidate = models.OneToOneField(Candidate, models.CASCADE, primary_key=True, related_name="profile")
    ciphertext = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("profile of a candidate")
        verbose_name_plural = _("profiles of candidates")

    def __str__(self):
        return str(self.candidate_id)


class HouseholdKey(models.Model):
    """A keyed hash of an address, so that a panel never has two people of one home; no row for a blank or a hostel."""

    candidate = models.OneToOneField(Candidate, models.CASCADE, primary_key=True, related_name="household")
    digest = models.CharField(max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("key of a household")
        verbose_name_plural = _("keys of households")
        constraints = [models.CheckConstraint(condition=~Q(digest=""), name="household_never_blank")]

    def __str__(self):
        return str(self.candidate_id)


class Accommodation(models.Model):
    """What somebody needs to come, out of a closed list: encrypted, apart from the profile, never used by the draw."""

    candidate = models.OneToOneField(Candidate, models.CASCADE, primary_key=True, related_name="accommodation")
    ciphertext = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("accommodation")
        verbose_name_plural = _("accommodations")

    def __str__(self):
        return str(self.candidate_id)


class Consent(models.Model):
    """What somebody agreed to, in which words, when, and when they took it back."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=16, choices=ConsentPurpose)
    text_version = models.CharField(max_length=16)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["given_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=ConsentPurpose.values), name="consent_purpose_known"),
            models.CheckConstraint(condition=~Q(text_version=""), name="consent_to_a_text"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after",
            ),
            models.UniqueConstraint(
                fields=["candidate", "purpose"], condition=Q(withdrawn_at__isnull=True), name="consent_once"
            ),
        ]

    def __str__(self):
        return f"{self.candidate_id}, {self.purpose}"


class GuardianConsent(models.Model):
    """A parent or guardian agreed that a minor takes part; who they are is encrypted."""

    candidate = models.OneToOneField(Candidate, models.CASCADE, primary_key=True, related_name="guardian")
    ciphertext = models.BinaryField()
    text_version = models.CharField(max_length=16)
    given_on = models.DateField()
    channel = models.CharField(max_length=8, choices=Channel)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("agreement of a guardian")
        verbose_name_plural = _("agreements of guardians")

    def __str__(self):
        return str(self.candidate_id)


class EligibilityDecision(models.Model):
    """Whether somebody may be drawn, decided by a person, with one reason of a closed list when not."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="decisions")
    is_eligible = models.BooleanField()
    reason = models.CharField(max_length=16, choices=Ineligibility, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("decision of eligibility")
        verbose_name_plural = _("decisions of eligibility")
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_eligible=True, reason="") | Q(is_eligible=False, reason__in=Ineligibility.values),
                name="eligibility_refused_says_why",
            )
        ]

    def __str__(self):
        return f"{self.candidate_id}: {self.is_eligible}"


class PaperEntry(models.Model):
    """A registration on paper, typed once, encrypted until somebody else types the same; then the row goes."""

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="paper_entries")
    ciphertext = models.BinaryField()
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    typed_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("registration on paper")
        verbose_name_plural = _("registrations on paper")
        ordering = ["typed_at", "pk"]

    def __str__(self):
        return self.reference
