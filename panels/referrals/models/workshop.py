"""A workshop of members with agents of a unit: a day, a place, seats on each side, notes once it is over."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panels.models import Membership
from src.foundations import clock

from .referral import Referral

MOST_SEATS = 60


class Workshop(models.Model):
    """Fixed by the team; its seats are numbered, so that none is given twice."""

    referral = models.OneToOneField(Referral, models.CASCADE, related_name="workshop")
    starts_at = models.DateTimeField(_("day and hour"))
    place = models.CharField(_("place"), max_length=240)
    member_seats = models.PositiveSmallIntegerField(_("seats for members"))
    agent_seats = models.PositiveSmallIntegerField(_("seats for agents"))
    notes = models.TextField(blank=True, editable=False)
    notes_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Who came, as totals alone.
    members_came = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    agents_came = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        constraints = [
            models.CheckConstraint(
                condition=Q(member_seats__range=(1, MOST_SEATS), agent_seats__range=(1, MOST_SEATS)),
                name="workshop_has_seats",
            ),
            models.CheckConstraint(
                condition=Q(notes="", notes_at__isnull=True, members_came__isnull=True, agents_came__isnull=True)
                | ~Q(notes="") & Q(notes_at__isnull=False, members_came__isnull=False, agents_came__isnull=False),
                name="workshop_notes_with_totals",
            ),
        ]

    def __str__(self):
        return f"{self.referral_id}"

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= clock.now()


class MemberPlace(models.Model):
    """What a member answered to the invitation: a seat, numbered, or none because they don't come."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="member_places")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answer to an invitation to a workshop")
        verbose_name_plural = _("answers to invitations to workshops")
        ordering = ["workshop", "membership__number"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "membership"], name="workshop_member_once"),
            models.UniqueConstraint(fields=["workshop", "number"], name="workshop_member_seat_once"),
            models.CheckConstraint(condition=Q(number__isnull=True) | Q(number__gte=1), name="workshop_member_seat"),
        ]

    def __str__(self):
        return f"{self.workshop_id}"


class AgentPlace(models.Model):
    """The seat of an agent who registered."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="agent_places")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("agent registered for a workshop")
        verbose_name_plural = _("agents registered for a workshop")
        ordering = ["workshop", "number"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "person"], name="workshop_agent_once"),
            models.UniqueConstraint(fields=["workshop", "number"], name="workshop_agent_seat_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="workshop_agent_seat"),
        ]

    def __str__(self):
        return f"{self.workshop_id}, {self.number}"
