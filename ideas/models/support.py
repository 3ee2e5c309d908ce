"""Who supports and who follows an idea."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from src.participation.models import AbstractFollow, AbstractSupport


class IdeaSupport(AbstractSupport):
    """One person's support of one idea."""

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="supports")

    class Meta:
        verbose_name = _("support of an idea")
        verbose_name_plural = _("supports of ideas")
        constraints = [models.UniqueConstraint(fields=["idea", "user"], name="idea_support_once")]


class IdeaFollow(AbstractFollow):
    """One person's wish to hear of one idea."""

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="follows")

    class Meta:
        verbose_name = _("followed idea")
        verbose_name_plural = _("followed ideas")
        constraints = [models.UniqueConstraint(fields=["idea", "user"], name="idea_follow_once")]
