"""Addresses of the room, for what leads to them from elsewhere."""

from django.urls import reverse


def address(panel, name: str, **kwargs) -> str:
    """The address of one of the pages of this room."""
    return reverse(f"panel_sessions:{name}", kwargs={"slug": panel.slug, **kwargs})
