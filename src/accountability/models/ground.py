"""The ground check: who was drawn, and how many said what. Nobody's answer is a row."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..enums import CheckResult


class GroundCheck(models.Model):
    """Some thirty people of the perimeter, drawn by a seed kept beside; their answers exist as totals alone.

    An answer adds to these totals in the transaction that marks its seat: no row holds what one person said, so
    nothing can be linked again, by its content, its order or its transaction.
    """

    measure = models.ForeignKey("accountability.Measure", models.CASCADE, related_name="checks")
    seed = models.CharField(max_length=64, editable=False)
    # SHA-256 of the people one could draw from, so that whoever draws again knows it is from the same ones.
    frame_hash = models.CharField(max_length=64, editable=False)
    frame_size = models.PositiveIntegerField(editable=False)
    drawn = models.PositiveSmallIntegerField(editable=False)
    opened_on = models.DateField()
    closes_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    answers = models.PositiveSmallIntegerField(default=0, editable=False)
    on_paper = models.PositiveSmallIntegerField(default=0, editable=False)
    # Done and suits: what confirms. The three after it are the answers to each question.
    yes = models.PositiveSmallIntegerField(default=0, editable=False)
    done_yes = models.PositiveSmallIntegerField(default=0, editable=False)
    suits_yes = models.PositiveSmallIntegerField(default=0, editable=False)
    lasts_yes = models.PositiveSmallIntegerField(default=0, editable=False)
    result = models.CharField(max_length=12, choices=CheckResult, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ground check")
        verbose_name_plural = _("ground checks")
        constraints = [
            models.UniqueConstraint(fields=["measure"], condition=Q(result=""), name="ground_check_one_open"),
            models.CheckConstraint(
                condition=Q(result="", closed_on__isnull=True) | (~Q(result="") & Q(closed_on__isnull=False)),
                name="ground_check_result_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(answers__lte=F("drawn"))
                & Q(yes__lte=F("answers"))
                & Q(yes__lte=F("done_yes"))
                & Q(yes__lte=F("suits_yes"))
                & Q(done_yes__lte=F("answers"))
                & Q(suits_yes__lte=F("answers"))
                & Q(lasts_yes__lte=F("answers"))
                & Q(on_paper__lte=F("answers")),
                name="ground_check_adds_up",
            ),
            # Eight answers and six in ten.
            models.CheckConstraint(
                condition=~Q(result="confirmed") | Q(answers__gte=8, answers__lte=F("yes") * 5 / 3),
                name="ground_check_confirmed_by_enough",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return not self.result


class GroundSeat(models.Model):
    """Somebody drawn: that they were asked, and until it closes whether they answered. Never what."""

    check_of = models.ForeignKey(GroundCheck, models.CASCADE, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # "2026-4": one request of this kind per person and quarter, whatever the measure.
    quarter = models.CharField(max_length=6)
    # Empty again once the check is closed: who answered is nobody's business any more.
    has_answered = models.BooleanField(null=True, default=False, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("person asked on the ground")
        verbose_name_plural = _("people asked on the ground")
        constraints = [
            models.UniqueConstraint(fields=["user", "quarter"], name="ground_seat_once_a_quarter"),
        ]
