"""Who supports and who follows an idea."""

from django.db import models

from src.participation.models import AbstractFollow, AbstractSupport


class IdeaSupport(AbstractSupport):
    """One person's support of one idea."""

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="supports")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["idea", "user"], name="idea_support_once")]


class IdeaFollow(AbstractFollow):
    """One person's wish to hear of one idea."""

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="follows")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["idea", "user"], name="idea_follow_once")]
