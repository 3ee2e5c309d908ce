"""Chainable reads of sheets; ``visible_to`` is the gate."""

from django.db import models
from django.db.models import Q

from src.directory.enums import Role
from src.directory.viewer import WHOLE_CITY, as_viewer

from .enums import State

# Those who print and post, each in their branch; a manager does in their own unit.
ROLES = (Role.IDEA_CORRESPONDENT, Role.FACILITATOR, Role.ADMINISTRATOR)
_IN_STATE = {
    State.POSTED: Q(posted_on__isnull=False),
    State.PRINTED: Q(posted_on__isnull=True, printed_on__isnull=False),
    State.TO_PRINT: Q(posted_on__isnull=True, printed_on__isnull=True),
}


def branches(viewer, roles=ROLES) -> tuple[str, ...]:
    """Paths of the branches whose sheets the viewer handles; agents alone: sheets repeat what agents read."""
    if not viewer.is_agent:
        return ()
    paths = {path for role in roles for path in viewer.role_paths(role)}
    if viewer.is_superuser and Role.ADMINISTRATOR in roles:
        paths.add(WHOLE_CITY)
    if viewer.is_manager:
        paths.add(viewer.unit_path)
    return (WHOLE_CITY,) if WHOLE_CITY in paths else tuple(sorted(paths))


class SheetQuerySet(models.QuerySet):
    """Sheets."""

    def visible_to(self, user):
        """Sheets of the places where ``user`` prints and posts today; the same answer as ``rules.may_handle``."""
        return self.in_branches(branches(as_viewer(user)))

    def in_branches(self, paths):
        """Sheets of the places under one of these paths; "/" is the whole city, none is nothing."""
        if not paths:
            return self.none()
        if WHOLE_CITY in paths:
            return self
        inside = Q(pk__in=[])
        for path in paths:
            inside |= Q(unit__path__startswith=path)
        return self.filter(inside)

    def in_state(self, state):
        return self.filter(_IN_STATE[State(state)])
