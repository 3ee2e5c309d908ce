"""What the Wagtail admin gets from ratings."""

from wagtail import hooks

from .admin import QualityGroup


@hooks.register("register_admin_viewset")
def register_quality():
    return QualityGroup()
