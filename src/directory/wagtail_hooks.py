"""What the Wagtail admin gets from the directory, and what it loses: its own lists of users and groups."""

from wagtail import hooks

from .admin.viewsets import DirectoryGroup


@hooks.register("register_admin_viewset")
def register_directory():
    return DirectoryGroup()


@hooks.register("construct_settings_menu")
def hide_users_and_groups(request, menu_items):
    """Accounts come from the staff file and rights from roles; a list of everybody is for nobody."""
    menu_items[:] = [item for item in menu_items if item.name not in ("users", "groups")]
