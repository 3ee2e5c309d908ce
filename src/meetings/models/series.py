"""A group that meets again and again: its rhythm, its usual day and place, its rules."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from src.foundations import clock
from src.foundations.references import new_reference

from ..enums import Rhythm, Weekday
from ..querysets import SeriesQuerySet


class MeetingSeries(models.Model):
    """The meetings of one space, for one unit. Only services change it.

    ``met_on`` is the day of the last meeting held, ``due_on`` the last day on which the agreed rhythm is kept: both
    are written with the meeting, so that lists ask no history.
    """

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    space = models.OneToOneField("participation.Space", models.PROTECT, related_name="meeting_series")
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+", verbose_name=_("whose it is"))
    rules = models.TextField(_("rules of the meetings"), blank=True)
    every = models.PositiveSmallIntegerField(_("how often"), choices=Rhythm, default=Rhythm.QUARTER)
    weekday = models.PositiveSmallIntegerField(_("usual day"), choices=Weekday, default=Weekday.TUESDAY)
    usual_time = models.TimeField(_("usual hour"))
    minutes = models.PositiveSmallIntegerField(_("how long, in minutes"), default=60)
    place = models.CharField(_("place"), max_length=160, blank=True)
    remote_url = models.URLField(_("link to take part from afar"), max_length=300, blank=True)
    capacity = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    agreed_on = models.DateField(_("agreed on"))
    met_on = models.DateField(null=True, blank=True, editable=False)
    due_on = models.DateField(editable=False, db_index=True)
    # The due day about which those who run it were last reminded: one reminder a period missed.
    reminded_for = models.DateField(null=True, blank=True, editable=False)
    stopped_on = models.DateField(null=True, blank=True, editable=False)

    objects = SeriesQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("meetings of a unit")
        verbose_name_plural = _("meetings of units")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(every__in=Rhythm.values), name="meeting_rhythm_known"),
            models.CheckConstraint(condition=models.Q(weekday__in=Weekday.values), name="meeting_weekday_known"),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=10, minutes__lte=480), name="meeting_lasts_some_time"
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True) | models.Q(capacity__gte=2), name="meeting_has_seats"
            ),
            models.CheckConstraint(
                condition=models.Q(met_on__isnull=True) | models.Q(due_on__gt=models.F("met_on")),
                name="meeting_due_after_met",
            ),
        ]

    def __str__(self):
        return self.space.name

    def get_absolute_url(self):
        return f"/reunions/{self.reference}/"

    @property
    def is_late(self) -> bool:
        """Whether it has not met for its agreed period."""
        return self.stopped_on is None and self.due_on < clock.today()

    @property
    def days_late(self) -> int:
        """Days since the meeting was due; 0 in time."""
        return (clock.today() - self.due_on).days if self.is_late else 0
