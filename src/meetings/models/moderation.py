"""Moderation of topics: looks, reports, objections."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.participation.enums import CaseState
from src.participation.models import (
    AbstractModerationAppeal,
    AbstractModerationCase,
    AbstractModerationReport,
)

from ..querysets import TopicCaseQuerySet
from .topic import Topic


class TopicCase(AbstractModerationCase):
    """One look at a topic."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="cases")

    objects = TopicCaseQuerySet.as_manager()

    class Meta(AbstractModerationCase.Meta):
        verbose_name = _("moderation case of a topic")
        verbose_name_plural = _("moderation cases of topics")
        constraints = [
            *AbstractModerationCase.Meta.constraints,
            models.UniqueConstraint(fields=["topic"], condition=Q(state=CaseState.OPEN), name="topic_one_open_case"),
        ]


class TopicReport(AbstractModerationReport):
    """One person's report of a topic."""

    case = models.ForeignKey(TopicCase, models.CASCADE, related_name="reports")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="reports")

    class Meta(AbstractModerationReport.Meta):
        verbose_name = _("report of a topic")
        verbose_name_plural = _("reports of topics")
        constraints = [
            *AbstractModerationReport.Meta.constraints,
            models.UniqueConstraint(fields=["topic", "reporter"], name="topic_reported_once"),
        ]


class TopicAppeal(AbstractModerationAppeal):
    """An author's objection to the removal of their topic."""

    case = models.OneToOneField(TopicCase, models.CASCADE, related_name="appeal")

    class Meta(AbstractModerationAppeal.Meta):
        verbose_name = _("objection about a topic")
        verbose_name_plural = _("objections about topics")
