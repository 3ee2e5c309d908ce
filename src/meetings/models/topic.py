"""What members ask to talk about, who supports it, and the agendas it was on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from src.participation.models import AbstractContribution, AbstractCounts, AbstractSupport

from ..enums import Outcome, TopicState
from ..querysets import TopicQuerySet


class Topic(AbstractContribution):
    """Something to talk about at a meeting. ``carries``: how many meetings have put it off."""

    series = models.ForeignKey("meetings.MeetingSeries", models.PROTECT, related_name="topics")
    space = models.ForeignKey("participation.Space", models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=160)
    body = models.TextField(_("why it matters"), blank=True)
    state = models.CharField(max_length=16, choices=TopicState, default=TopicState.WAITING)
    carries = models.PositiveSmallIntegerField(default=0, editable=False)
    # What was said of it, or why it was set aside.
    answer = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True, editable=False)

    objects = TopicQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta(AbstractContribution.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        indexes = [models.Index(fields=["series", "state"], name="topic_of_series")]
        constraints = [
            *AbstractContribution.Meta.constraints,
            models.CheckConstraint(condition=models.Q(state__in=TopicState.values), name="topic_state_known"),
            models.CheckConstraint(
                condition=models.Q(state=TopicState.WAITING, closed_on__isnull=True)
                | ~models.Q(state=TopicState.WAITING) & models.Q(closed_on__isnull=False),
                name="topic_closed_is_dated",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=TopicState.SET_ASIDE) | ~models.Q(answer=""),
                name="topic_set_aside_says_why",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_waiting(self) -> bool:
        return self.state == TopicState.WAITING


class TopicSupport(AbstractSupport):
    """ "Me too", for a topic."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="support_rows")

    class Meta:
        verbose_name = _("support of a topic")
        verbose_name_plural = _("supports of topics")
        constraints = [models.UniqueConstraint(fields=["topic", "user"], name="topic_support_once")]


class TopicCounts(AbstractCounts):
    """Counters of a topic, apart from it."""

    topic = models.OneToOneField(Topic, models.CASCADE, primary_key=True, related_name="counts")

    class Meta:
        verbose_name = _("counters of a topic")
        verbose_name_plural = _("counters of topics")


class AgendaLine(models.Model):
    """A topic on the agenda of one meeting, at its place; then what the meeting did with it."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="lines")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    text = models.TextField(_("what was said"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("line of an agenda")
        verbose_name_plural = _("lines of agendas")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "topic"], name="agenda_topic_once"),
            models.CheckConstraint(condition=models.Q(outcome__in=["", *Outcome.values]), name="agenda_outcome_known"),
            models.CheckConstraint(
                condition=~models.Q(outcome__in=[Outcome.SET_ASIDE, Outcome.TAKEN_UP]) | ~models.Q(text=""),
                name="agenda_outcome_says_something",
            ),
        ]
