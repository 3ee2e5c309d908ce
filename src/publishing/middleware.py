"""What Wagtail asks before it serves the home page, asked once: the site, its page, whether the page is closed."""

from django.db.models import Exists, OuterRef
from django.db.models.functions import Length, Substr
from wagtail.models import PageViewRestriction, Site
from wagtail.models.sites import SiteRootPath
from wagtail.url_routing import RouteResult

from .views.pages import serve


class HomeMiddleware:
    """Fills, at the address of the home page, what Wagtail keeps on the request; its own serving and hooks follow.

    Only where there is one site and its home page is open to everybody. Otherwise Wagtail finds its way by itself.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Before Wagtail serves the address of the home page; nothing for any other view."""
        if view is serve and request.path_info == "/" and request.method in ("GET", "HEAD"):
            self._route(request)

    @staticmethod
    def _route(request) -> None:
        closed = PageViewRestriction.objects.alias(above=OuterRef("root_page__path"))
        closed = closed.filter(page__path=Substr("above", 1, Length("page__path")))
        sites = list(
            Site.objects.select_related("root_page__locale", "root_page__homepage").annotate(is_closed=Exists(closed))[
                :2
            ]
        )
        page = getattr(sites[0].root_page, "homepage", None) if len(sites) == 1 else None
        if page is None or not page.live or sites[0].is_closed or not sites[0].is_default_site:
            return
        site = sites[0]
        page.is_open = True
        request._wagtail_site = site
        request._wagtail_route_for_request = RouteResult(page, [], {})
        root = SiteRootPath(site.pk, page.url_path, site.root_url, page.locale.language_code)
        request._wagtail_cached_site_root_paths = [root]
