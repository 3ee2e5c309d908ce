"""Moderation of ideas and of their comments: looks, reports, objections."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.participation.enums import CaseState
from src.participation.models import (
    AbstractModerationAppeal,
    AbstractModerationCase,
    AbstractModerationReport,
)

from ..querysets import IdeaCaseQuerySet


class IdeaCase(AbstractModerationCase):
    """One look at an idea, or at one of its comments when ``comment`` says which."""

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="cases")
    comment = models.ForeignKey("ideas.IdeaComment", models.CASCADE, null=True, blank=True, related_name="cases")

    objects = IdeaCaseQuerySet.as_manager()

    class Meta(AbstractModerationCase.Meta):
        verbose_name = _("moderation case")
        verbose_name_plural = _("moderation cases")
        constraints = [
            *AbstractModerationCase.Meta.constraints,
            models.UniqueConstraint(
                fields=["idea"],
                condition=Q(state=CaseState.OPEN, comment__isnull=True),
                name="idea_one_open_case",
            ),
            models.UniqueConstraint(
                fields=["comment"], condition=Q(state=CaseState.OPEN), name="idea_comment_one_open_case"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="idea_case_due")]

    @property
    def target(self):
        """What is looked at."""
        return self.comment if self.comment_id else self.idea


class IdeaReport(AbstractModerationReport):
    """One person's report of an idea or of a comment."""

    case = models.ForeignKey(IdeaCase, models.CASCADE, related_name="reports")
    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="reports")
    comment = models.ForeignKey("ideas.IdeaComment", models.CASCADE, null=True, blank=True, related_name="reports")

    class Meta(AbstractModerationReport.Meta):
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            *AbstractModerationReport.Meta.constraints,
            models.UniqueConstraint(
                fields=["idea", "reporter"], condition=Q(comment__isnull=True), name="idea_reported_once"
            ),
            models.UniqueConstraint(fields=["comment", "reporter"], name="idea_comment_reported_once"),
        ]


class IdeaAppeal(AbstractModerationAppeal):
    """An author's objection to the removal of their idea or comment."""

    case = models.OneToOneField(IdeaCase, models.CASCADE, related_name="appeal")

    class Meta(AbstractModerationAppeal.Meta):
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
