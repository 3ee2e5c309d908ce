"""Chainable reads of pages; ``visible_to`` is the gate of lists, as Wagtail's own serving is that of pages."""

from django.db.models import Exists, OuterRef
from django.db.models.functions import Length, Substr
from wagtail.models import PageManager, PageQuerySet, PageViewRestriction

from src.directory.viewer import as_viewer


class PublishedPageQuerySet(PageQuerySet):
    """Pages of editors."""

    def visible_to(self, user):
        """Live pages that Wagtail would serve to ``user``: public ones, and once signed in those "for signed-in".

        A page restricted to some groups is in nobody's list: its address answers those it is for.
        """
        closed = PageViewRestriction.objects.all()
        if as_viewer(user).is_authenticated:
            closed = closed.exclude(restriction_type=PageViewRestriction.LOGIN)
        above = closed.filter(page__path=Substr(OuterRef("path"), 1, Length("page__path")))
        return self.live().filter(~Exists(above))

    def in_language(self, code: str):
        """Pages of the tree of this language."""
        return self.filter(locale__language_code=code)


PublishedPageManager = PageManager.from_queryset(PublishedPageQuerySet)
