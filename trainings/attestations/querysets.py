"""Chainable reads of attestations and of their batches."""

from django.db.models import QuerySet

from src.directory.enums import Role
from src.directory.viewer import as_viewer


class AttestationQuerySet(QuerySet):
    """Attestations."""

    def visible_to(self, user):
        """One's own. Whoever holds the code reads the public page instead."""
        viewer = as_viewer(user)
        return self.filter(completion__agent_id=viewer.user_id) if viewer.is_authenticated else self.none()


class BatchQuerySet(QuerySet):
    """Batches of attestations."""

    def visible_to(self, user):
        """Human resources of the site."""
        return self.filter(as_viewer(user).role_condition(Role.HR, "site__path"))
