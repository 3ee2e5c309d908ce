"""Which ballots a viewer may know of."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.participation.querysets import in_circle


class BallotQuerySet(models.QuerySet):
    """Ballots, through their gate."""

    def visible_to(self, user):
        """Opened ones of the circles the person sees, and those whose list they are on; those they organise or hold a
        key of, in preparation too."""
        viewer = as_viewer(user)
        opened = Q(frozen_at__isnull=False) & (in_circle(viewer) | self._among(viewer, "Elector"))
        return self.filter(opened | self._organised(viewer) | self._among(viewer, "KeyHolder"))

    def organised_by(self, user):
        """Those the person prepares, opens and counts."""
        return self.filter(self._organised(as_viewer(user)))

    def at_desk(self, user):
        """Opened ones in which people of the places that the person looks after as a facilitator may vote."""
        viewer = as_viewer(user)
        if not viewer.has_role(Role.FACILITATOR):
            return self.none()
        here = viewer.role_condition(Role.FACILITATOR, "person__current_affectation__unit__path")
        electors = apps.get_model("ballots", "Elector").objects.filter(here)
        return self.filter(pk__in=electors.values("ballot"), frozen_at__isnull=False, cancelled_at__isnull=True)

    def on_paper_by(self, user):
        """Those whose voting paper the person prints: of their places, and those they organise."""
        return self.at_desk(user) | self.organised_by(user)

    def for_pages(self):
        """With what a page of one looks at."""
        return self.select_related("space__member_unit", "electorate_unit").prefetch_related(
            "options", "space__limits"
        )

    @staticmethod
    def _organised(viewer) -> Q:
        if viewer.has_role(Role.ADMINISTRATOR):
            return Q(pk__isnull=False)
        return Q(space__in=viewer.role_spaces(Role.FACILITATOR))

    @staticmethod
    def _among(viewer, model: str) -> Q:
        if not viewer.is_authenticated:
            return Q(pk__in=[])
        rows = apps.get_model("ballots", model).objects.filter(person_id=viewer.user_id)
        return Q(pk__in=rows.values("ballot"))
