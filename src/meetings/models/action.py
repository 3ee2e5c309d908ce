"""What a meeting promised to do: by whom, before when, and what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from src.foundations import clock
from src.foundations.references import new_reference

from ..enums import ActionState


class Action(models.Model):
    """One thing to do, promised in a meeting. ``carries``: how many later meetings found it still to do.

    ``is_measure``: those who met ask that the city follows it as a measure; it becomes one with the minutes.
    """

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    series = models.ForeignKey("meetings.MeetingSeries", models.PROTECT, related_name="actions")
    born_at = models.ForeignKey("meetings.Meeting", models.PROTECT, related_name="promised")
    text = models.CharField(_("what will be done"), max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who does it"),
    )
    owner_label = models.CharField(_("who does it, in words"), max_length=160)
    due_on = models.DateField(_("before"))
    is_measure = models.BooleanField(_("follow it as a measure"), default=False)
    state = models.CharField(max_length=16, choices=ActionState, default=ActionState.OPEN)
    carries = models.PositiveSmallIntegerField(default=0, editable=False)
    # The meeting where it was said to be done or given up, and what was said.
    closed_at = models.ForeignKey(
        "meetings.Meeting", models.PROTECT, null=True, blank=True, related_name="ended", editable=False
    )
    closed_on = models.DateField(null=True, blank=True, editable=False)
    closing = models.CharField(_("what became of it"), max_length=300, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["series", "state"], name="action_of_series")]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=ActionState.values), name="action_state_known"),
            models.CheckConstraint(
                condition=~models.Q(text="") & ~models.Q(owner_label=""), name="action_says_what_and_who"
            ),
            models.CheckConstraint(
                condition=models.Q(state=ActionState.OPEN, closed_on__isnull=True)
                | ~models.Q(state=ActionState.OPEN) & models.Q(closed_on__isnull=False),
                name="action_closed_is_dated",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ActionState.DROPPED) | ~models.Q(closing=""),
                name="action_given_up_says_why",
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def is_open(self) -> bool:
        return self.state == ActionState.OPEN

    @property
    def is_late(self) -> bool:
        """Still to do after its day."""
        return self.is_open and self.due_on < clock.today()
