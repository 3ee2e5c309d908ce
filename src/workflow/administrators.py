"""Who edits processes: the administrators' group, by Wagtail's own permissions."""

from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

from src.directory.enums import Role
from src.directory.groups import GROUPS

from .models import Process


def grant_permissions(app_config) -> None:
    """Give every permission on processes to the administrators' group; safe to run again."""
    create_permissions(app_config, verbosity=0)
    group, _created = Group.objects.get_or_create(name=GROUPS[Role.ADMINISTRATOR])
    group.permissions.add(
        *Permission.objects.filter(
            content_type__app_label=app_config.label, content_type__model=Process._meta.model_name
        )
    )
