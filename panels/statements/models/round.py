"""A round of statements: a question, its days; and the map made once it is closed, figures alone."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from panels.models import Panel
from src.foundations import clock
from src.foundations.references import new_reference

from ..querysets import RoundQuerySet

TITLE_MAX, QUESTION_MAX = 140, 600
# Sheets that came by post are typed for some days more.
PAPER_DAYS = 7


class Round(models.Model):
    """Members answer from its first to its last day; it is closed once, and never opened again."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="statement_rounds")
    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    question = models.TextField(_("question"), max_length=QUESTION_MAX)
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day"))
    # Of one sending of the form: the same one answers the first.
    token = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Prepared by mistake, and closed before anybody answered: nobody reads it, no map is made of it.
    is_discarded = models.BooleanField(default=False, editable=False)
    # When members were told that it is open.
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    run_id = models.UUIDField(null=True, blank=True, editable=False)

    objects = RoundQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("round of statements")
        verbose_name_plural = _("rounds of statements")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="statement_round_ends_after"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(question=""), name="statement_round_asks"),
            models.CheckConstraint(
                condition=Q(is_discarded=False) | Q(closed_at__isnull=False),
                name="statement_round_discarded_is_closed",
            ),
        ]
        indexes = [models.Index(fields=["panel", "opens_on"], name="statement_rounds_of_panel")]

    def __str__(self):
        return self.title

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_coming(self) -> bool:
        """Whether members don't know of it yet."""
        return not self.is_closed and clock.today() < self.opens_on

    @property
    def is_open(self) -> bool:
        """Whether members answer now."""
        return not self.is_closed and self.opens_on <= clock.today() <= self.closes_on

    @property
    def takes_paper(self) -> bool:
        """Whether sheets are still typed: after the last day too, until it is closed."""
        return not self.is_closed and self.opens_on <= clock.today()

    @property
    def papers_until(self):
        """The last day on which a sheet is typed."""
        return self.closes_on + timedelta(days=PAPER_DAYS)


class MapSnapshot(models.Model):
    """What the votes of a round said, in figures; made once, while the votes themselves are erased."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="snapshot")
    made_at = models.DateTimeField(editable=False)
    voters = models.PositiveIntegerField(editable=False)
    figures = models.JSONField(editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("map of opinions")
        verbose_name_plural = _("maps of opinions")

    def __str__(self):
        return str(self.round)
