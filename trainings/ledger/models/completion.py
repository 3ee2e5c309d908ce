"""Facts that are only ever added: somebody completed a track; a completion no longer counts."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trainings.models import Track, TrackVersion

from ..enums import FOLLOWED_HERE, Method
from ..querysets import CompletionQuerySet

REASON_MAX = 500


class Completion(models.Model):
    """Somebody completed a track on a day. Never changed, never removed; its link in the chain is in the cellar.

    ``agent`` is the number of an account: erasing somebody empties the account, the number stays without a person.
    """

    agent = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="completions")
    track = models.ForeignKey(Track, models.PROTECT, related_name="completions")
    version = models.ForeignKey(TrackVersion, models.PROTECT, null=True, blank=True, related_name="completions")
    content_sha256 = models.CharField(max_length=64, blank=True)
    # The day of the last fact that was needed, in the city.
    completed_on = models.DateField(_("completed on"))
    recorded_at = models.DateTimeField(_("recorded on"))
    method = models.CharField(_("how"), max_length=12, choices=Method)
    minutes = models.PositiveSmallIntegerField(pgettext_lazy("completion", "minutes"), default=0)
    # [{"kind": …, "ref": …}]: what proves it, by reference, never by what somebody answered.
    evidence = models.JSONField(default=list, blank=True)
    # What was done before and goes on counting, where only what changed was followed: it prolongs nothing.
    carries = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="carried_by")
    # What the completion comes from ("enrolment:12"): told twice, it is recorded once.
    source = models.CharField(max_length=80, unique=True, editable=False)

    objects = CompletionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("completed training")
        verbose_name_plural = _("completed trainings")
        ordering = ["completed_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(method__in=Method.values), name="completion_method_known"),
            models.CheckConstraint(
                condition=~Q(method__in=FOLLOWED_HERE) | Q(version__isnull=False), name="completion_knows_its_version"
            ),
            models.CheckConstraint(
                condition=Q(version__isnull=True, content_sha256="")
                | Q(version__isnull=False, content_sha256__regex=r"^[0-9a-f]{64}$"),
                name="completion_content_is_its_version",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="completion_says_its_source"),
            models.CheckConstraint(
                condition=Q(carries__isnull=True) | Q(version__isnull=False), name="completion_carries_into_a_version"
            ),
        ]
        indexes = [models.Index(fields=["agent", "track", "completed_on"], name="completions_of_agent")]

    def __str__(self):
        return f"{self.track_id}, {self.completed_on:%d/%m/%Y}"


class CompletionRevocation(models.Model):
    """A completion that no longer counts, and why; the completion itself stays where it is."""

    completion = models.OneToOneField(Completion, models.PROTECT, related_name="revocation")
    reason = models.CharField(_("reason"), max_length=REASON_MAX)
    # The journal's pseudonym of who decided.
    revoked_by = models.CharField(max_length=32, blank=True, editable=False)
    recorded_at = models.DateTimeField(_("recorded on"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("completion that no longer counts")
        verbose_name_plural = _("completions that no longer count")
        ordering = ["recorded_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="revocation_says_why")]

    def __str__(self):
        return f"{self.completion_id}"
