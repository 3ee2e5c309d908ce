"""Which rounds and statements a viewer may know of; answers are their owner's alone."""

from django.db import models
from django.db.models import Q

from panels.enums import TeamRole
from panels.querysets import FACT, MEMBER_FACT, panels_with
from src.directory.viewer import as_viewer
from src.foundations import clock

from .enums import StatementState


class RoundQuerySet(models.QuerySet):
    """Rounds of statements."""

    def visible_to(self, user):
        """Those begun, for the members of the panel; for its team, those that are prepared too; none thrown away."""
        viewer = as_viewer(user)
        sits, works = sorted(viewer.fact(MEMBER_FACT) or {}), sorted(viewer.fact(FACT) or {})
        inside = Q(panel_id__in=works) | Q(panel_id__in=sits, opens_on__lte=clock.today())
        return self.filter(inside, is_discarded=False)

    def open(self):
        """Those that members answer now."""
        today = clock.today()
        return self.filter(closed_at__isnull=True, opens_on__lte=today, closes_on__gte=today)

    def taking_paper(self):
        """Those whose sheets are still typed."""
        return self.filter(closed_at__isnull=True, opens_on__lte=clock.today())


class StatementQuerySet(models.QuerySet):
    """Statements."""

    def visible_to(self, user):
        """Those shown, inside the panel; one's own; all of them for who reads them before they are shown."""
        viewer = as_viewer(user)
        sits = viewer.fact(MEMBER_FACT) or {}
        inside = sorted({*(viewer.fact(FACT) or {}), *sits})
        reads = panels_with(viewer, TeamRole.ORGANISER, TeamRole.FACILITATOR)
        return self.filter(
            Q(round__panel_id__in=inside, state=StatementState.SHOWN)
            | Q(round__panel_id__in=reads)
            | Q(author_id__in=sorted(sits.values()))
        )

    def shown(self):
        """Those that members answer."""
        return self.filter(state=StatementState.SHOWN)


class VoteQuerySet(models.QuerySet):
    """Answers to statements."""

    def visible_to(self, user):
        """One's own, and nobody else's: not for the team either."""
        return self.filter(membership_id__in=sorted((as_viewer(user).fact(MEMBER_FACT) or {}).values()))
