"""What the Wagtail admin gets from participation."""

from wagtail import hooks

from .admin.viewsets import SpacesGroup


@hooks.register("register_admin_viewset")
def register_spaces():
    return SpacesGroup()
