"""Chainable reads of spaces; ``visible_to`` is the gate."""

from django.apps import apps
from django.db import models

from src.directory.viewer import as_viewer
from src.foundations import clock

from .enums import Circle


class SpaceQuerySet(models.QuerySet):
    """Spaces."""

    def visible_to(self, user):
        """Spaces whose circle contains ``user`` (an account, an anonymous user or a Viewer)."""
        return self.filter(circle_condition(as_viewer(user)))


def circle_condition(viewer, prefix: str = "") -> models.Q:
    """The three circles as one condition; ``prefix`` ("space__") reaches them from a contribution.

    Members are the people posted in the unit's branch, those invited by name, and those who hold a role there.
    """
    condition = models.Q(**{f"{prefix}circle": Circle.EVERYONE})
    if viewer.is_agent:
        condition |= models.Q(**{f"{prefix}circle": Circle.AGENTS})
    if viewer.is_authenticated:
        today = clock.today()
        memberships = apps.get_model("participation", "SpaceMember").objects.filter(
            models.Q(until__isnull=True) | models.Q(until__gte=today), user_id=viewer.user_id, since__lte=today
        )
        members = models.Q(**{f"{prefix}id__in": memberships.values("space_id")})
        members |= models.Q(**{f"{prefix}member_unit_id__in": viewer.unit_ids})
        helped = {space_id for role in viewer.roles for space_id in viewer.role_spaces(role)}
        if helped:
            members |= models.Q(**{f"{prefix}id__in": sorted(helped)})
        condition |= models.Q(**{f"{prefix}circle": Circle.MEMBERS}) & members
    return condition
