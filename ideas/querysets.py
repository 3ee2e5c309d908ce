"""Chainable reads of ideas; ``visible_to`` is the gate every screen, feed, file and answer goes through."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from src.directory.viewer import WHOLE_CITY, as_viewer
from src.participation.querysets import circle_condition

from .enums import IDEA_ROLES

EVERYTHING = Q(pk__isnull=False)
NOTHING = Q(pk__in=[])
REMOVED, TRANSFERRED, MODERATOR = "removed", "transferred", "moderator"


def roles_on_ideas(viewer) -> frozenset:
    """Roles that mean something on ideas; a partner from outside helps with paper and reads no more than anybody."""
    return IDEA_ROLES & viewer.roles if viewer.is_agent else frozenset()


def _held(viewer, role: str, path_field: str) -> Q:
    """Where the role is held: in a branch of the city, or in a space."""
    paths = viewer.role_paths(role)
    if WHOLE_CITY in paths:
        return EVERYTHING
    condition = NOTHING
    for path in paths:
        condition |= Q(**{f"{path_field}__startswith": path})
    spaces = viewer.role_spaces(role)
    return condition | Q(space_id__in=spaces) if spaces else condition


def in_hands(viewer, roles) -> Q:
    """Ideas on which the viewer holds one of the roles; the same answer as ``Idea.roles_of``, own ideas aside."""
    mine, asked = NOTHING, NOTHING
    for role in sorted(roles):
        mine |= _held(viewer, role, "unit__path")
        asked |= _held(viewer, role, "transfer_to__path")
    return Q(is_imported=False) & ((~Q(stage_kind=TRANSFERRED) & mine) | (Q(stage_kind=TRANSFERRED) & asked))


def own(viewer) -> Q:
    """The viewer's ideas, under their name or not."""
    if not viewer.is_authenticated:
        return Q(handle__in=viewer.own_handles) if viewer.own_handles else NOTHING
    condition = Q(author_id=viewer.user_id)
    return condition | Q(author=None, handle__in=viewer.own_handles) if viewer.own_handles else condition


class IdeaQuerySet(models.QuerySet):
    """Ideas."""

    def visible_to(self, user):
        """Ideas ``user`` may see: those of their circles, those they work on, and their own.

        What was removed stays with its author and the moderators.
        """
        viewer = as_viewer(user)
        removed = Q(stage_kind=REMOVED)
        shown = circle_condition(viewer, "space__")
        roles = roles_on_ideas(viewer)
        if roles:
            shown |= in_hands(viewer, roles)
        shown &= ~removed
        if MODERATOR in roles:
            shown |= removed & in_hands(viewer, {MODERATOR})
        if viewer.is_authenticated or viewer.own_handles:
            shown |= own(viewer)
        return self.filter(shown)

    def of(self, user):
        """Ideas ``user`` wrote, named or protected."""
        return self.filter(own(as_viewer(user)))

    def in_hands_of(self, user, *roles):
        """Ideas on which ``user`` may act under one of the roles: never their own, never imported ones."""
        viewer = as_viewer(user)
        held = set(roles) & roles_on_ideas(viewer)
        if not held:
            return self.none()
        return self.filter(in_hands(viewer, held)).exclude(own(viewer))

    def outside_archives(self):
        return self.filter(space__is_archive=False)

    def for_rows(self, viewer):
        """With everything a line of a list shows, in one statement."""
        found = self.select_related(
            "space", "counts", "owed", "direction", "service", "unit", "site", "site__direction", "transfer_to"
        )
        if not viewer.is_authenticated:
            return found.annotate(
                supported=models.Value(False, models.BooleanField()),
                followed=models.Value(False, models.BooleanField()),
            )
        return found.annotate(supported=self._mine("supports", viewer), followed=self._mine("follows", viewer))

    def _mine(self, relation: str, viewer) -> Exists:
        model = self.model._meta.get_field(relation).related_model
        return Exists(model.objects.filter(idea_id=OuterRef("pk"), user_id=viewer.user_id))


class IdeaCommentQuerySet(models.QuerySet):
    """Comments on ideas."""

    def visible_to(self, user):
        """Comments of the ideas ``user`` may see."""
        ideas = self.model._meta.get_field("idea").related_model
        return self.filter(idea__in=ideas.objects.visible_to(user))
