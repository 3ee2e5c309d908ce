"""Which points, reports and suggestions somebody handles: those of the branches where they hold a role."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from src.directory.enums import Role
from src.directory.viewer import as_viewer

# Who handles what comes from a point: those who orient, answer or decide for its unit, and administrators.
HANDLING = (Role.IDEA_CORRESPONDENT, Role.DELEGATE, Role.DECISION_MAKER, Role.ADMINISTRATOR)


def handled_condition(user, path: str) -> Q:
    """A condition on a column that holds a unit's path: inside the branches the person handles."""
    viewer = as_viewer(user)
    nothing = Q(pk__in=[])
    if not viewer.is_authenticated:
        return nothing
    conditions = [viewer.role_condition(role, path) for role in HANDLING]
    return reduce(or_, conditions, nothing)


class PointQuerySet(models.QuerySet):
    """Points. Everybody may read and rate them; some handle them."""

    def handled_by(self, user):
        """Those whose reports, suggestions and flags the person handles."""
        return self.filter(handled_condition(user, "unit__path"))

    def open_on(self, day):
        """Those that take ratings on a day."""
        return self.filter(opened_on__lte=day).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))


class OfUnitQuerySet(models.QuerySet):
    """Rows that belong to a point."""

    def handled_by(self, user):
        """Those of the points the person handles."""
        return self.filter(handled_condition(user, "point__unit__path"))
