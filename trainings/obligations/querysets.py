"""Chainable reads of obligations, rules and requirements."""

from django.db.models import Q, QuerySet

from src.directory.enums import Role
from src.directory.viewer import as_viewer


class ObligationQuerySet(QuerySet):
    """Obligations."""

    def active(self):
        return self.filter(activated_at__isnull=False, ended_on__isnull=True)

    def visible_to(self, user):
        """Human resources read them all; an agent those that concern them."""
        viewer = as_viewer(user)
        if viewer.has_role(Role.HR):
            return self.all()
        if not viewer.is_authenticated:
            return self.none()
        return self.filter(requirements__agent_id=viewer.user_id).distinct()


class RuleQuerySet(QuerySet):
    """Versions of rules."""

    def in_force(self, day):
        """Those that ask something on a day, and those that will."""
        return self.filter(Q(active_to__isnull=True) | Q(active_to__gte=day))


class RequirementQuerySet(QuerySet):
    """Requirements."""

    def current(self):
        return self.filter(is_current=True)

    def in_branches_of(self, user):
        """Those of people posted today where one is human resources; without a post, in the whole city alone."""
        return self.filter(as_viewer(user).role_condition(Role.HR, "agent__current_affectation__unit__path"))

    def visible_to(self, user):
        """One's own; those of people posted today in the branches where one is human resources."""
        viewer = as_viewer(user)
        if not viewer.is_authenticated:
            return self.none()
        return self.filter(
            Q(agent_id=viewer.user_id) | viewer.role_condition(Role.HR, "agent__current_affectation__unit__path")
        )
