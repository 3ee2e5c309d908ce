"""Chainable reads of completions."""

from django.db.models import Exists, OuterRef, QuerySet

from src.directory.viewer import as_viewer


class CompletionQuerySet(QuerySet):
    """Completions."""

    def that_count(self):
        """Without those that were revoked."""
        from .models import CompletionRevocation  # here because the models import this module

        return self.filter(~Exists(CompletionRevocation.objects.filter(completion=OuterRef("pk"))))

    def visible_to(self, user):
        """One's own. What others read of them they read from requirements and attestations."""
        viewer = as_viewer(user)
        return self.filter(agent_id=viewer.user_id) if viewer.is_authenticated else self.none()
