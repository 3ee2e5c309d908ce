"""Who may do what in these screens: the administrator's role, never a box ticked in a group's form."""

from wagtail.permission_policies.base import BasePermissionPolicy

from ..enums import Role
from ..models import User
from ..viewer import as_viewer


class AdministratorPolicy(BasePermissionPolicy):
    """Administrators of the whole city may do the actions the screen has; nobody else sees it."""

    def __init__(self, model, actions: tuple[str, ...]):
        super().__init__(model)
        self.actions = frozenset(actions)

    def user_has_permission(self, user, action):
        return action in self.actions and as_viewer(user).has_role(Role.ADMINISTRATOR, unit_path="")

    def users_with_any_permission(self, actions):
        if not self.actions & set(actions):
            return User.objects.none()
        return User.objects.filter(
            rolegrants__role=Role.ADMINISTRATOR, rolegrants__unit__isnull=True, is_active=True
        ).distinct()
