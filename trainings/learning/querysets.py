"""Chainable reads of what is followed; ``visible_to`` is the gate: one's own, and nobody else's."""

from django.db.models import QuerySet

from src.directory.viewer import as_viewer


class EnrolmentQuerySet(QuerySet):
    """Trainings followed."""

    def visible_to(self, user):
        """One's own."""
        return self.filter(agent_id=as_viewer(user).user_id) if as_viewer(user).is_agent else self.none()
