"""Chainable reads of tracks, versions, modules and questions."""

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from src.directory.viewer import as_viewer


class TrackQuerySet(QuerySet):
    """Tracks."""

    def visible_to(self, user):
        """Agents see tracks that have been published and are not taken down."""
        return self.filter(live=True, versions__isnull=False).distinct() if as_viewer(user).is_agent else self.none()


class TrackVersionQuerySet(QuerySet):
    """Published versions."""

    def latest_of_each(self):
        """The last version of each track."""
        last = self.model.objects.filter(track=OuterRef("track")).order_by().values("track")
        return self.filter(number=Subquery(last.annotate(last=Max("number")).values("last")))


class ModuleQuerySet(QuerySet):
    """Modules."""

    def with_content(self):
        """With what ``content`` reads."""
        return self.prefetch_related("patches")


class QuestionQuerySet(QuerySet):
    """Questions of banks."""

    def to_draw(self, bank_slug: str):
        """Those that a quiz may draw today, with the revision that would be shown."""
        return self.filter(Q(bank__slug=bank_slug, retired=False, current__isnull=False)).select_related("current")
