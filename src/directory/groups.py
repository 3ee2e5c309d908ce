"""Wagtail's groups, fixed in code: who enters /gestion/ follows from roles, never from a form."""

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from src.foundations import clock

from .enums import ADMIN_SITE_ROLES, Role

# Group name by role. Pages' permissions are given to these groups by the publishing room.
GROUPS = {
    Role.EDITOR: "terrain-editors",
    Role.ADMINISTRATOR: "terrain-administrators",
}


def install_groups(**kwargs) -> None:
    """Make the groups and give them the door of the admin; run after each migration, as often as one likes."""
    permission = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin").first()
    for name in GROUPS.values():
        group, _created = Group.objects.get_or_create(name=name)
        if permission is not None:
            group.permissions.add(permission)


def sync_groups(user_ids: set[int] | None = None) -> None:
    """Put holders of the admin's roles in their group and take the others out."""
    RoleGrant = apps.get_model("directory", "RoleGrant")
    User = apps.get_model("directory", "User")
    through = User.groups.through
    today = clock.today()
    for role, name in GROUPS.items():
        if role not in ADMIN_SITE_ROLES:
            continue
        running = RoleGrant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), role=role)
        members = through.objects.filter(group__name=name)
        if user_ids is not None:
            running = running.filter(user_id__in=user_ids)
            members = members.filter(user_id__in=user_ids)
        wanted = set(running.values_list("user_id", flat=True))
        present = set(members.values_list("user_id", flat=True))
        if present - wanted:
            members.filter(user_id__in=present - wanted).delete()
        if wanted - present:
            group, _created = Group.objects.get_or_create(name=name)
            through.objects.bulk_create(
                [through(user_id=pk, group_id=group.pk) for pk in wanted - present], ignore_conflicts=True
            )
