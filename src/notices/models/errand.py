"""What reaches people who have no e-mail: a letter, a text message, a call."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import CallOutcome, ErrandState, Means
from ..querysets import ErrandQuerySet

PHONE = RegexValidator(r"^\+?\d{9,15}$", _("Write the number with its digits alone, for instance 0601020304."))


class Reach(models.Model):
    """How somebody without e-mail asked to be told; without a row, nothing leaves and everything waits on Terrain."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="reach")
    means = models.CharField(max_length=16, choices=Means, default=Means.NONE)
    phone = models.CharField(_("phone number"), max_length=16, blank=True, validators=[PHONE])

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("way of being told without e-mail")
        verbose_name_plural = _("ways of being told without e-mail")
        constraints = [
            models.CheckConstraint(condition=models.Q(means__in=Means.values), name="reach_means_known"),
            models.CheckConstraint(
                condition=models.Q(means__in=["letter", "none"]) | ~models.Q(phone=""), name="reach_needs_a_number"
            ),
        ]


class LetterBatch(models.Model):
    """Letters of one place, printed together: who printed them, and the day they were handed to the post."""

    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    posted_on = models.DateField(null=True, blank=True)
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("batch of letters")
        verbose_name_plural = _("batches of letters")
        ordering = ["-drawn_at", "-id"]


class Errand(models.Model):
    """One message carried to somebody without e-mail. It has no handle: what isn't signed never is (ADR 0192)."""

    key = models.CharField(max_length=240, unique=True)
    code = models.CharField(max_length=80)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    means = models.CharField(max_length=16, choices=Means)
    context = models.JSONField(default=dict)
    state = models.CharField(max_length=16, choices=ErrandState, default=ErrandState.WAITING)
    batch = models.ForeignKey(LetterBatch, models.CASCADE, null=True, blank=True, related_name="errands")
    # Calls nobody answered; copies of a text message that may have left.
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=16, choices=CallOutcome, blank=True)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ErrandQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("message without e-mail")
        verbose_name_plural = _("messages without e-mail")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=ErrandState.values), name="errand_state_known"),
            models.CheckConstraint(
                condition=models.Q(means__in=["letter", "sms", "call"]), name="errand_is_carried_somehow"
            ),
            models.CheckConstraint(
                condition=models.Q(batch__isnull=True) | models.Q(means="letter"), name="errand_batch_of_letters"
            ),
            models.CheckConstraint(
                condition=~models.Q(means="sms") | models.Q(attempts__lte=2), name="errand_two_texts_at_most"
            ),
        ]
        indexes = [
            models.Index(
                fields=["means", "user"], condition=models.Q(state__in=["waiting", "claimed"]), name="errand_waiting"
            ),
        ]
