"""Chainable reads of dossiers; ``visible_to`` is the gate: a live page whose space's circle holds the reader."""

from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import PageManager

from src.directory.viewer import as_viewer
from src.participation.enums import ActivityPhase
from src.participation.querysets import in_circle
from src.publishing.querysets import PublishedPageQuerySet

from .enums import DossierState


class DossierQuerySet(PublishedPageQuerySet):
    """Dossiers."""

    def visible_to(self, user):
        """Live dossiers whose space the person may read, and that Wagtail would serve."""
        return super().visible_to(user).filter(in_circle(as_viewer(user)))

    def with_days(self):
        """``begins``, the first day of the line, and ``asks_until``, the last day of what comes before the report.

        Both fall back on the day the line can't say, so that an order never holds a null.
        """
        steps = self.model._meta.get_field("phases").related_model.objects.filter(dossier=OuterRef("pk"))
        asked = steps.exclude(kind=ActivityPhase.RESTITUTE)
        first = steps.order_by().values("dossier").annotate(day=Min("starts_on")).values("day")
        last = asked.order_by().values("dossier").annotate(day=Max("ends_on")).values("day")
        return self.annotate(
            begins=Coalesce(Subquery(first), F("created_on")),
            asks_until=Coalesce(Subquery(last), Subquery(first), F("created_on")),
            has_line=Exists(steps),
            asks=Exists(asked),
        )

    def standing(self, state: str, day):
        """Those in that state on a day; the same answer as ``phases.state``."""
        begun = Q(has_line=True, begins__lte=day)
        over = Q(asks=False) | Q(asks_until__lt=day)
        conditions = {
            DossierState.COMING: ~begun,
            DossierState.OPEN: begun & ~over,
            DossierState.ENDED: begun & over,
        }
        return self.with_days().filter(conditions[DossierState(state)])


DossierManager = PageManager.from_queryset(DossierQuerySet)


class WorkQuerySet(QuerySet):
    """Works of the library."""

    def visible_to(self, user):
        """Those of the dossiers the person may read."""
        dossiers = self.model._meta.get_field("dossier").related_model.objects.visible_to(user)
        return self.filter(dossier__in=dossiers.values("pk"))
