"""A referral: what a direction asks of a panel, what the panel answers before a date, what the direction did then."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panels.models import Panel
from src.foundations import clock
from src.foundations.references import new_reference

from ..enums import TOLD, ReferralKind, ReferralState
from ..querysets import ReferralQuerySet

TITLE_MAX = 140


class Referral(models.Model):
    """Its state moves by ``services`` alone; what was asked, promised, answered and told never changes."""

    # Of the promise clock: what the direction says it did.
    SUBJECT = "referral"

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="referrals")
    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    kind = models.CharField(max_length=16, choices=ReferralKind)
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    question = models.TextField(_("question"))
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # What the direction would like; the panel promises a day of its own.
    wanted_on = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField(editable=False)
    # Of one sending of the form: the same one answers the first.
    token = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    state = models.CharField(max_length=12, choices=ReferralState, default=ReferralState.ASKED, editable=False)
    state_since = models.DateTimeField(editable=False)
    reply_on = models.DateField(null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Why it was declined, or withdrawn.
    because = models.TextField(blank=True, editable=False)
    # Chosen by the team among those of the panel's space.
    questionnaire = models.ForeignKey(
        "questionnaires.Questionnaire", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    # Shown to members before it is published; of a form test, the verdict.
    answer = models.TextField(blank=True, editable=False)
    answer_shown_on = models.DateField(null=True, blank=True, editable=False)
    green_light = models.BooleanField(null=True, blank=True, editable=False)
    taking_part = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    follow_due_on = models.DateField(null=True, blank=True, editable=False)
    follow_up = models.TextField(blank=True, editable=False)
    followed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ReferralQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("referral to a panel")
        verbose_name_plural = _("referrals to panels")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ReferralKind.values), name="referral_kind_known"),
            models.CheckConstraint(condition=Q(state__in=ReferralState.values), name="referral_state_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(question=""), name="referral_asks_something"),
            models.CheckConstraint(
                condition=Q(reply_on__isnull=True, accepted_at__isnull=True)
                | Q(reply_on__isnull=False, accepted_at__isnull=False),
                name="referral_accepted_with_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ReferralState.ASKED, ReferralState.DECLINED], accepted_at__isnull=True)
                | Q(state__in=[ReferralState.ACCEPTED, *TOLD], accepted_at__isnull=False)
                | Q(state=ReferralState.WITHDRAWN),
                name="referral_state_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ReferralState.DECLINED, ReferralState.WITHDRAWN]) | ~Q(because=""),
                name="referral_refusal_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=TOLD)
                | ~Q(answer="") & Q(answered_at__isnull=False, follow_due_on__isnull=False, taking_part__isnull=False),
                name="referral_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=ReferralState.FOLLOWED, followed_at__isnull=False) & ~Q(follow_up="")
                | ~Q(state=ReferralState.FOLLOWED) & Q(follow_up="", followed_at__isnull=True),
                name="referral_followed_in_words",
            ),
            models.CheckConstraint(
                condition=Q(kind=ReferralKind.QUESTIONNAIRE) | Q(questionnaire__isnull=True),
                name="referral_questionnaire_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind=ReferralKind.FORM_TEST) & (~Q(state__in=TOLD) | Q(green_light__isnull=False))
                | ~Q(kind=ReferralKind.FORM_TEST) & Q(green_light__isnull=True),
                name="referral_light_of_a_form",
            ),
        ]
        indexes = [models.Index(fields=["panel", "state"], name="referral_of_panel")]

    def __str__(self):
        return self.title

    @property
    def is_asked(self) -> bool:
        return self.state == ReferralState.ASKED

    @property
    def is_accepted(self) -> bool:
        return self.state == ReferralState.ACCEPTED

    @property
    def is_declined(self) -> bool:
        return self.state == ReferralState.DECLINED

    @property
    def is_withdrawn(self) -> bool:
        return self.state == ReferralState.WITHDRAWN

    @property
    def is_told(self) -> bool:
        """Whether everybody reads the panel's answer."""
        return self.state in TOLD

    @property
    def is_question(self) -> bool:
        return self.kind == ReferralKind.QUESTION

    @property
    def is_form_test(self) -> bool:
        return self.kind == ReferralKind.FORM_TEST

    @property
    def is_questionnaire(self) -> bool:
        return self.kind == ReferralKind.QUESTIONNAIRE

    @property
    def is_workshop(self) -> bool:
        return self.kind == ReferralKind.WORKSHOP

    @property
    def is_owed(self) -> bool:
        """Whether the direction still owes what it did."""
        return self.state == ReferralState.ANSWERED

    @property
    def days_late(self) -> int:
        """Days by which the panel's answer, or then the direction's account, is late; 0 in time."""
        due = self.reply_on if self.is_accepted else self.follow_due_on if self.is_owed else None
        return max((clock.today() - due).days, 0) if due else 0

    @property
    def takes_words(self) -> bool:
        """Whether members may still say something: accepted, and its day isn't over."""
        return self.is_accepted and clock.today() <= self.reply_on
