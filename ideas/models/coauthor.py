"""Colleagues an author asks to be authors of the same idea."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CoAuthorState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("co-author", "No answer yet")
    ACCEPTED = "accepted", pgettext_lazy("co-author", "Author too")
    REFUSED = "refused", pgettext_lazy("co-author", "Refused")
    LEFT = "left", pgettext_lazy("co-author", "Left")
    DROPPED = "dropped", pgettext_lazy("co-author", "Invitation taken back")


class CoAuthor(models.Model):
    """One colleague asked to sign an idea with its author: never one that isn't signed by a person (trigger)."""

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="invitations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=CoAuthorState, default=CoAuthorState.ASKED)
    # As it is shown, written when they accept: "Bruno T., rippeur".
    signed_as = models.CharField(max_length=160, blank=True)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    # Whether the measure the idea became names them: never once they left (trigger).
    wants_credit = models.BooleanField(default=False, db_default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("co-author of an idea")
        verbose_name_plural = _("co-authors of ideas")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["idea", "user"], name="co_author_once"),
            models.CheckConstraint(condition=Q(state__in=CoAuthorState.values), name="co_author_state_known"),
            models.CheckConstraint(
                condition=Q(state=CoAuthorState.ACCEPTED) & ~Q(signed_as="")
                | ~Q(state=CoAuthorState.ACCEPTED) & Q(signed_as=""),
                name="co_author_signs_when_accepted",
            ),
        ]
        indexes = [models.Index(fields=["user", "state"], name="co_author_of_user")]

    def __str__(self):
        return f"{self.idea_id} {self.user_id} {self.state}"
