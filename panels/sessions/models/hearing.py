"""Who is heard, with what they say of themselves; whom members ask to hear."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference

from ..enums import Proposer, RequestState, Stance
from ..querysets import HearingQuerySet
from .session import Session

NAME_MAX, REASON_MAX = 140, 2000


class HearingRequest(models.Model):
    """A member asks that somebody be heard, and why; others support it; the team answers with a reason."""

    panel = models.ForeignKey("panels.Panel", models.PROTECT, related_name="hearing_requests")
    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    asked_by = models.ForeignKey("panels.Membership", models.PROTECT, related_name="hearing_requests")
    who = models.CharField(_("whom to hear"), max_length=NAME_MAX)
    reason = models.TextField(_("why"))
    state = models.CharField(max_length=8, choices=RequestState, default=RequestState.OPEN, editable=False)
    answer = models.TextField(_("answer"), blank=True)
    asked_at = models.DateTimeField(editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("request to hear somebody")
        verbose_name_plural = _("requests to hear somebody")
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="panel_request_state_known"),
            models.CheckConstraint(condition=~Q(who="") & ~Q(reason=""), name="panel_request_says_why"),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, answer="", answered_at__isnull=True)
                | ~Q(state=RequestState.OPEN) & ~Q(answer="") & Q(answered_at__isnull=False),
                name="panel_request_answer_has_reason",
            ),
        ]

    def __str__(self):
        return self.who

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.OPEN


class RequestSupport(models.Model):
    """One member who also wants to hear somebody; taken back, it is gone."""

    request = models.ForeignKey(HearingRequest, models.CASCADE, related_name="supports")
    membership = models.ForeignKey("panels.Membership", models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("support of a request to hear somebody")
        verbose_name_plural = _("supports of requests to hear somebody")
        constraints = [
            models.UniqueConstraint(fields=["request", "membership"], name="panel_request_support_once"),
        ]


class Hearing(models.Model):
    """Somebody heard at a session. What they declare of themselves is told to everybody."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="hearings")
    request = models.ForeignKey(HearingRequest, models.SET_NULL, null=True, blank=True, related_name="hearings")
    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    name = models.CharField(_("name"), max_length=NAME_MAX)
    quality = models.CharField(_("in what quality"), max_length=NAME_MAX)
    stance = models.CharField(_("stance that the person declares"), max_length=8, choices=Stance)
    interests = models.TextField(_("interests that the person declares"))
    proposed_by = models.CharField(_("proposed by"), max_length=12, choices=Proposer)
    added_at = models.DateTimeField(editable=False)

    objects = HearingQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("person heard by a panel")
        verbose_name_plural = _("people heard by panels")
        ordering = ["session__number", "added_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="panel_hearing_stance_known"),
            models.CheckConstraint(condition=Q(proposed_by__in=Proposer.values), name="panel_hearing_proposer_known"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(quality="") & ~Q(interests=""), name="panel_hearing_declares"
            ),
        ]

    def __str__(self):
        return self.name
