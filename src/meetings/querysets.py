"""Chainable reads of meetings; ``visible_to`` is the gate."""

from django.db import models
from django.db.models import Q

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.participation.querysets import in_circle

from .enums import TOLD_STATES, TopicState

# Who follows, for a branch of the city, whether its units meet: dates alone, never what is said there.
FOLLOWING_ROLES = (Role.DECISION_MAKER, Role.DELEGATE, Role.HR)


def runs(viewer, prefix: str = "") -> Q:
    """What belongs to the spaces a person facilitates. An administrator names who does, and reads nothing of it."""
    if not viewer.is_authenticated:
        return Q(pk__in=[])
    return Q(**{f"{prefix}space_id__in": sorted(viewer.role_spaces(Role.FACILITATOR))})


class SeriesQuerySet(models.QuerySet):
    """Groups that meet."""

    def visible_to(self, user):
        """Those of the circles the person is in, and those they run."""
        viewer = as_viewer(user)
        return self.filter(in_circle(viewer) | runs(viewer))

    def run_by(self, user):
        """Those the person prepares, holds and tells."""
        return self.filter(runs(as_viewer(user)))

    def followed_by(self, user):
        """Those whose dates the person follows for a branch of the city; for administrators, all of them."""
        viewer = as_viewer(user)
        if not viewer.is_authenticated:
            return self.none()
        if viewer.has_role(Role.ADMINISTRATOR):
            return self.all()
        condition = Q(pk__in=[])
        for role in FOLLOWING_ROLES:
            if viewer.role_paths(role):
                condition |= viewer.role_condition(role, "unit__path")
        return self.filter(condition)

    def late(self, day=None):
        """Those that have not met for their agreed period; the same answer as ``MeetingSeries.is_late``."""
        return self.filter(due_on__lt=day or clock.today(), stopped_on__isnull=True)


class MeetingQuerySet(models.QuerySet):
    """Meetings."""

    def visible_to(self, user):
        """Those of the circle, once announced; those who run it also read what they prepare."""
        viewer = as_viewer(user)
        return self.filter((Q(state__in=TOLD_STATES) & in_circle(viewer)) | runs(viewer))


class TopicQuerySet(models.QuerySet):
    """Topics raised."""

    def visible_to(self, user):
        """Those of the circle; who runs the meetings reads them too."""
        viewer = as_viewer(user)
        return self.filter(in_circle(viewer) | runs(viewer))

    def of(self, user):
        """The person's own, signed or sealed."""
        viewer = as_viewer(user)
        if not viewer.is_authenticated:
            return self.none()
        return self.filter(Q(author_id=viewer.user_id) | Q(handle__in=viewer.own_handles))

    def waiting(self):
        """Those that no meeting has dealt with."""
        return self.filter(state=TopicState.WAITING)


class TopicCaseQuerySet(models.QuerySet):
    """Looks at topics."""

    def visible_to(self, user):
        """Those of the spaces where the person moderates."""
        viewer = as_viewer(user)
        if not viewer.is_authenticated:
            return self.none()
        held = viewer.role_condition(Role.MODERATOR, "topic__space__steering_unit__path")
        return self.filter(held | Q(topic__space_id__in=sorted(viewer.role_spaces(Role.MODERATOR))))
