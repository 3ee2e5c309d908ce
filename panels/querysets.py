"""Which panels, candidates, calls and draws a viewer may know of."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock, together

from .enums import OVER, CallState, CandidateState, DrawState, PanelState, TeamRole

FACT = "panel_roles"
MEMBER_FACT = "panel_memberships"


@together.reading
def roles_of(user):
    """Panel → role, for somebody who works for panels today; the loader of a fact of the viewer, one statement."""
    member = apps.get_model("panels", "TeamMember")
    found = member.objects.working().filter(person_id=user.pk)
    return dict((yield found.order_by().values_list("panel_id", "role")))


@together.reading
def memberships_of(user):
    """Panel → membership, for somebody who sits; the loader of a fact of the viewer, one statement."""
    membership = apps.get_model("panels", "Membership")
    found = membership.objects.sitting().filter(candidate__account_id=user.pk)
    return dict((yield found.order_by().values_list("panel_id", "pk")))


def panels_with(viewer, *roles: str) -> list[int]:
    """Ids of the panels for which the viewer holds one of these roles."""
    return sorted(panel for panel, role in (viewer.fact(FACT) or {}).items() if role in roles)


class PanelQuerySet(models.QuerySet):
    """Panels."""

    def visible_to(self, user):
        """Everybody knows of a panel that recruits or did; its team and administrators, of one in preparation."""
        viewer = as_viewer(user)
        if viewer.has_role(Role.ADMINISTRATOR):
            return self.all()
        return self.filter(~Q(state=PanelState.DRAFT) | Q(pk__in=sorted(viewer.fact(FACT) or {})))

    def worked_on_by(self, user):
        """Those for which the person holds a role; administrators prepare all of them."""
        viewer = as_viewer(user)
        if viewer.has_role(Role.ADMINISTRATOR):
            return self.all()
        return self.filter(pk__in=sorted(viewer.fact(FACT) or {}))


class BatchQuerySet(models.QuerySet):
    """Batches of letters."""

    def organised_by(self, user):
        """Those of the panels that the person organises."""
        return self.filter(panel_id__in=panels_with(as_viewer(user), TeamRole.ORGANISER))


class CandidateQuerySet(models.QuerySet):
    """Candidates: a ticket and a state; what is known of them lies in other tables, behind other doors."""

    def visible_to(self, user):
        """Tickets of the panels for which the person organises, calls or looks as a guarantor; nobody else's."""
        viewer = as_viewer(user)
        return self.filter(panel_id__in=panels_with(viewer, *TeamRole.values))

    def standing(self):
        """Who may still be drawn or sit."""
        return self.exclude(state__in=OVER)

    def in_pool(self):
        """Those among whom the draw is made."""
        return self.filter(state=CandidateState.IN_POOL)


class CallQuerySet(models.QuerySet):
    """Calls to make."""

    def visible_to(self, user):
        """Those of the panels for which the person calls."""
        viewer = as_viewer(user)
        return self.filter(candidate__panel_id__in=panels_with(viewer, TeamRole.FACILITATOR, TeamRole.ORGANISER))

    def held_by(self, user):
        """Those the person has in hand now."""
        viewer = as_viewer(user)
        return self.filter(state=CallState.TAKEN, taken_by_id=viewer.user_id, taken_until__gt=clock.now())

    def to_make(self, now):
        """Those that wait for anybody: their time has come, and nobody has them."""
        free = Q(state=CallState.WAITING) | Q(state=CallState.TAKEN, taken_until__lte=now)
        return self.filter(free, call_at__lte=now)


class MembershipQuerySet(models.QuerySet):
    """Members of panels."""

    def sitting(self):
        """Those who haven't left; at the end of the mandate they have not."""
        return self.filter(left_on__isnull=True)

    def visible_to(self, user):
        """Members know each other by the name each chose; the team knows them so too."""
        viewer = as_viewer(user)
        panels = {*(viewer.fact(FACT) or {}), *(viewer.fact(MEMBER_FACT) or {})}
        return self.filter(panel_id__in=sorted(panels))


class DrawQuerySet(models.QuerySet):
    """Draws."""

    def visible_to(self, user):
        """Sealed ones and those that were, void included, for everybody; the others for the panel's team."""
        viewer = as_viewer(user)
        told = Q(sealed_at__isnull=False)
        return self.filter(told | Q(panel_id__in=sorted(viewer.fact(FACT) or {})))

    def standing(self):
        """Those whose seal binds the pool and the quotas."""
        return self.filter(state__in=[DrawState.SEALED, DrawState.REVEALED, DrawState.CERTIFIED])


class TeamQuerySet(models.QuerySet):
    """People who work for panels."""

    def working(self):
        """Those whose role holds today."""
        today = clock.today()
        return self.filter(Q(until__isnull=True) | Q(until__gte=today), since__lte=today)
