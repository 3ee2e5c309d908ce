"""Chainable reads of pages; ``visible_to`` is the gate of lists, as Wagtail's own serving is that of pages."""

from wagtail.models import PageManager, PageQuerySet, PageViewRestriction

from src.directory.viewer import as_viewer


class PublishedPageQuerySet(PageQuerySet):
    """Pages of editors."""

    def visible_to(self, user):
        """Live pages that Wagtail would serve to ``user``: public ones, and once signed in those "for signed-in"."""
        viewer = as_viewer(user)
        if not viewer.is_authenticated:
            return self.live().public()
        pages = self.live()
        closed = PageViewRestriction.objects.exclude(restriction_type=PageViewRestriction.LOGIN)
        for restriction in closed.select_related("page"):
            pages = pages.not_descendant_of(restriction.page, inclusive=True)
        return pages


PublishedPageManager = PageManager.from_queryset(PublishedPageQuerySet)
