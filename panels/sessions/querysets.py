"""Which sessions, documents and hearings a viewer may know of."""

from django.db import models
from django.db.models import Q

from panels.enums import TeamRole
from panels.querysets import FACT, MEMBER_FACT, panels_with
from src.directory.viewer import as_viewer

from .enums import MET, TOLD, Audience


def _of_the_team(user) -> list[int]:
    return sorted(as_viewer(user).fact(FACT) or {})


def _where_one_sits(user) -> list[int]:
    return sorted(as_viewer(user).fact(MEMBER_FACT) or {})


def _run(user) -> list[int]:
    return panels_with(as_viewer(user), TeamRole.ORGANISER, TeamRole.FACILITATOR)


class SessionQuerySet(models.QuerySet):
    """Sessions."""

    def visible_to(self, user):
        """Once announced, everybody knows of a session; in preparation, those who prepare it."""
        return self.filter(Q(state__in=TOLD, announced_at__isnull=False) | Q(panel_id__in=_run(user)))

    def standing(self):
        """Those that took place or will."""
        return self.filter(state__in=MET)


class DocumentQuerySet(models.QuerySet):
    """Documents."""

    def visible_to(self, user):
        """Open ones to everybody, the others to members and team; withdrawn ones to those who run the panel."""
        inside = sorted({*_of_the_team(user), *_where_one_sits(user)})
        read = Q(audience=Audience.EVERYBODY) | Q(panel_id__in=inside)
        return self.filter(Q(withdrawn_at__isnull=True) & read | Q(panel_id__in=_run(user)))

    def standing(self):
        """Those that are not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class HearingQuerySet(models.QuerySet):
    """People heard."""

    def visible_to(self, user):
        """Those of sessions that everybody knows of; in preparation, to those who prepare them."""
        return self.filter(
            Q(session__state__in=TOLD, session__announced_at__isnull=False) | Q(session__panel_id__in=_run(user))
        )

    def counted(self):
        """Those of sessions that took place or will."""
        return self.filter(session__state__in=MET)


class OfMembersQuerySet(models.QuerySet):
    """What is kept of each member: presences, half-days to pay, places at tables."""

    def visible_to(self, user):
        """One's own; for those who run the panel, everybody's."""
        mine = sorted((as_viewer(user).fact(MEMBER_FACT) or {}).values())
        return self.filter(Q(membership_id__in=mine) | Q(membership__panel_id__in=_run(user)))
