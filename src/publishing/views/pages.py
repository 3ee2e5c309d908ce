"""Serving the pages of one tree, whatever the language of the reader's interface."""

from django.http import Http404
from django.utils import translation
from wagtail.models import Site
from wagtail.views import serve as serve_page

from ..languages import default_language, home_in


def serve(request, path, language):
    """The page at this address of the tree of ``language``; the frame of a translated page speaks its language."""
    # The home page may have been found on the way in: see ``publishing.middleware``.
    if language == default_language() and not path and getattr(request, "_wagtail_route_for_request", None):
        return serve_page(request, path)
    request._wagtail_route_for_request = None
    if language == default_language():
        site = Site.find_for_request(request)
        home = site.root_page if site else None
    else:
        home = home_in(language)
        translation.activate(language)
        request.LANGUAGE_CODE = language
    if home is not None:
        try:
            parts = [part for part in path.split("/") if part]
            request._wagtail_route_for_request = home.specific.route(request, parts)
        except Http404:
            pass
    return serve_page(request, path)
