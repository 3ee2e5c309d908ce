"""Chainable reads of texts and contributions; ``visible_to`` is the gate."""

from django.db import models
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, When

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.participation.enums import Visibility
from src.participation.querysets import in_circle

from .enums import ContributionKind


class ReformTextQuerySet(models.QuerySet):
    """Texts of a reform."""

    def visible_to(self, user):
        """Published ones whose space the person may read; those who organise also read what they prepare."""
        viewer = as_viewer(user)
        return self.filter((Q(self._published()) & in_circle(viewer)) | organised_by(viewer))

    def published(self):
        """Those with a published version."""
        return self.filter(self._published())

    def _published(self):
        versions = self.model._meta.get_field("versions").related_model
        return Exists(versions.objects.filter(text=OuterRef("pk"), published_at__isnull=False))

    def organised_by(self, user):
        """Those the person cuts, opens, rewrites and closes."""
        return self.filter(organised_by(as_viewer(user)))

    def with_place(self):
        """``place`` in a list: 0 while one contributes, 1 otherwise, 2 once closed."""
        phases = self.model._meta.get_field("space").related_model._meta.get_field("phases").related_model
        now = clock.now()
        running = phases.objects.filter(
            Q(ends_at=None) | Q(ends_at__gt=now), space=OuterRef("space"), starts_at__lte=now
        )
        return self.annotate(
            place=Case(
                When(closed_at__isnull=False, then=2),
                When(Exists(running), then=0),
                default=1,
                output_field=IntegerField(),
            )
        )

    def for_pages(self):
        """With what every page reads: the space, its phases, the versions; three statements in all."""
        return self.select_related("space").prefetch_related("space__phases", "versions")


def organised_by(viewer) -> Q:
    """Texts of the spaces a person looks after; all of them for administrators of the city."""
    if not viewer.is_authenticated:
        return Q(pk__in=[])
    if viewer.has_role(Role.ADMINISTRATOR):
        return Q(pk__isnull=False)
    return Q(space_id__in=sorted(viewer.role_spaces(Role.FACILITATOR)))


class UnitContributionQuerySet(models.QuerySet):
    """Contributions and replies."""

    def of(self, user):
        """The person's own, signed or sealed."""
        viewer = as_viewer(user)
        if viewer.is_authenticated:
            return self.filter(Q(author_id=viewer.user_id) | Q(handle__in=viewer.own_handles))
        return self.none()

    def asking(self):
        """What waits, or waited, for an outcome: neither a reply, nor taken back, nor removed by moderation."""
        return (
            self.exclude(kind=ContributionKind.REPLY).filter(is_withdrawn=False).exclude(visibility=Visibility.REMOVED)
        )

    def undecided(self):
        """What still waits for its outcome."""
        return self.asking().filter(outcome__isnull=True)

    def shown(self):
        """What its circle reads."""
        return self.filter(visibility=Visibility.SHOWN, is_withdrawn=False)


class TextCaseQuerySet(models.QuerySet):
    """Looks at contributions."""

    def visible_to(self, user):
        """Those of the spaces where the person moderates."""
        viewer = as_viewer(user)
        if not viewer.is_authenticated:
            return self.none()
        space = "contribution__unit__version__text__space"
        held = viewer.role_condition(Role.MODERATOR, f"{space}__steering_unit__path")
        return self.filter(held | Q(**{f"{space}_id__in": sorted(viewer.role_spaces(Role.MODERATOR))}))
