"""Chainable reads of batches; ``visible_to`` is the gate."""

from django.db import models

from src.directory.enums import Role
from src.directory.viewer import as_viewer

from .enums import BatchState


class BatchQuerySet(models.QuerySet):
    """Batches."""

    def visible_to(self, user):
        """Batches of the places where ``user`` is a facilitator today; a partner's end with their dates."""
        viewer = as_viewer(user)
        if not viewer.has_place_role(Role.FACILITATOR):
            return self.none()
        return self.filter(viewer.role_condition(Role.FACILITATOR, "unit__path"))

    def to_check_by(self, user):
        """Batches somebody else typed that wait for a second look."""
        viewer = as_viewer(user)
        return self.visible_to(viewer).filter(state=BatchState.CHECKING).exclude(typed_by_id=viewer.user_id)

    def to_destroy(self):
        return self.filter(state=BatchState.SENT)
