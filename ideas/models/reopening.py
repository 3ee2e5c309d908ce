"""A condition of a refusal is met: those who supported the idea say whether to look at it again."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class RoundState(models.TextChoices):
    OPEN = "open", _("Those who supported it are asked")
    REOPENED = "reopened", _("Looked at again")
    KEPT = "kept", _("The answer stays")
    DROPPED = "dropped", _("The idea was looked at again meanwhile")


class Wish(models.TextChoices):
    YES = "yes", _("Yes, look at it again")
    NO = "no", _("No, leave the answer as it is")


class ReopeningRound(models.Model):
    """The question put once a condition is met. Moved by ``services.reopening`` alone.

    Supporters answer by their account (``ReopeningAnswer``); the author's word is a column, without an account or a
    day, so that a sealed one may answer. Both are forgotten at the close: totals stay.
    """

    condition = models.OneToOneField("accountability.ReopeningCondition", models.PROTECT, related_name="round")
    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="reopenings")
    opened_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=8, choices=RoundState, default=RoundState.OPEN)
    author_wish = models.CharField(max_length=3, choices=Wish, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    # Once closed by its result.
    yes = models.PositiveIntegerField(null=True, blank=True)
    no = models.PositiveIntegerField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("question whether to reopen")
        verbose_name_plural = _("questions whether to reopen")
        constraints = [
            models.UniqueConstraint(fields=["idea"], condition=Q(state="open"), name="reopening_one_at_a_time"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("opened_on")), name="reopening_lasts"),
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True) | (~Q(state="open") & Q(closed_on__isnull=False)),
                name="reopening_open_or_closed",
            ),
            # A majority of yes, at least one; anything else leaves the answer as it is.
            models.CheckConstraint(
                condition=Q(state="reopened", yes__isnull=False, no__isnull=False, yes__gt=F("no"))
                | Q(state="kept", yes__isnull=False, no__isnull=False, yes__lte=F("no"))
                | Q(state__in=["open", "dropped"], yes__isnull=True, no__isnull=True),
                name="reopening_by_the_majority",
            ),
            models.CheckConstraint(condition=Q(state="open") | Q(author_wish=""), name="reopening_forgets_the_author"),
        ]
        indexes = [models.Index(fields=["state", "ends_on"], name="reopening_due")]

    def __str__(self):
        return f"{self.idea_id} {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state == RoundState.OPEN


class ReopeningAnswer(models.Model):
    """What a supporter answers, while the round is open: theirs to change, counted then forgotten when it closes."""

    round = models.ForeignKey(ReopeningRound, models.CASCADE, related_name="answers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    wish = models.CharField(max_length=3, choices=Wish)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answer whether to reopen")
        verbose_name_plural = _("answers whether to reopen")
        constraints = [models.UniqueConstraint(fields=["round", "user"], name="reopening_answer_once")]

    def __str__(self):
        return f"{self.round_id} {self.wish}"
