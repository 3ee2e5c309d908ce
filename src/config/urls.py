"""Every address of the product, in French and stable."""

from importlib.util import find_spec

from django.urls import include, path


def _room(prefix, module):
    """Include a room's addresses."""
    return [path(prefix, include(module))] if find_spec(module) else []


urlpatterns = [
    *_room("", "src.foundations.urls"),
    *_room("", "src.directory.urls"),
    *_room("", "src.notices.urls"),
    *_room("", "theme.urls"),
    *_room("idees/", "ideas.urls"),
]
