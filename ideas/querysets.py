"""Chainable reads of ideas; ``visible_to`` is the gate every screen, feed, file and answer goes through."""

from django.db import models

from src.directory.viewer import as_viewer
from src.participation.querysets import circle_condition


class IdeaQuerySet(models.QuerySet):
    """Ideas."""

    def visible_to(self, user):
        """Ideas ``user`` may see: those of the spaces in their circles, minus what was removed, plus their own."""
        viewer = as_viewer(user)
        shown = circle_condition(viewer, "space__") & ~models.Q(stage_kind="removed")
        if viewer.is_authenticated:
            shown |= models.Q(author_id=viewer.user_id) | models.Q(handle__in=viewer.own_handles)
        return self.filter(shown)


class IdeaCommentQuerySet(models.QuerySet):
    """Comments on ideas."""

    def visible_to(self, user):
        """Comments of the ideas ``user`` may see."""
        ideas = self.model._meta.get_field("idea").related_model
        return self.filter(idea__in=ideas.objects.visible_to(user))
