"""Who writes tracks and who publishes them."""

from wagtail.permission_policies.base import BasePermissionPolicy

from src.directory.enums import Role
from src.directory.models import User
from src.directory.viewer import as_viewer

WRITERS = frozenset({Role.EDITOR, Role.ADMINISTRATOR})
PUBLISHERS = frozenset({Role.ADMINISTRATOR})


class WritingPolicy(BasePermissionPolicy):
    """Editors and administrators write; administrators publish and take down; nothing is removed."""

    def __init__(self, model, actions: dict[str, frozenset]):
        super().__init__(model)
        self.actions = actions

    def user_has_permission(self, user, action):
        viewer = as_viewer(user)
        return any(viewer.has_role(role, unit_path="") for role in self.actions.get(action, ()))

    def users_with_any_permission(self, actions):
        roles = frozenset().union(*(self.actions.get(action, frozenset()) for action in actions))
        return User.objects.filter(
            rolegrants__role__in=roles, rolegrants__unit__isnull=True, is_active=True
        ).distinct()
