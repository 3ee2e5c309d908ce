"""Chainable reads of ideas; ``visible_to`` is the gate every screen, feed, file and answer goes through."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from src.directory.viewer import WHOLE_CITY, as_viewer
from src.foundations import clock
from src.participation.enums import AppealState, Circle, Visibility
from src.participation.querysets import in_circle

from .enums import IDEA_ROLES, NOTE_ROLES

EVERYTHING = Q(pk__isnull=False)
NOTHING = Q(pk__in=[])
TRANSFERRED, MODERATOR = "transferred", "moderator"
SHOWN = Q(visibility=Visibility.SHOWN)


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
    """Ideas on which the viewer holds one of the roles; the same answer as ``Idea.roles_of``, own ideas aside.

    On what moderation hides, only moderators hold their role.
    """
    held = _acting(viewer, roles)
    if set(roles) - {MODERATOR}:
        held &= SHOWN | _acting(viewer, {MODERATOR}) if MODERATOR in roles else SHOWN
    return Q(is_imported=False) & held


def moderated(viewer) -> Q:
    """Ideas under which the viewer moderates, archives included; the same answer as ``Idea.is_moderated_by``."""
    return _acting(viewer, {MODERATOR} & roles_on_ideas(viewer)) & ~own_ideas(viewer)


def _acting(viewer, roles) -> Q:
    mine, asked = NOTHING, NOTHING
    for role in sorted(roles):
        mine |= _held(viewer, role, "unit__path")
        asked |= _held(viewer, role, "transfer_to__path")
    return (~Q(stage_kind=TRANSFERRED) & mine) | (Q(stage_kind=TRANSFERRED) & asked)


def own(viewer) -> Q:
    """The viewer's contributions, under their name or not."""
    if not viewer.is_authenticated:
        return Q(handle__in=viewer.own_handles) if viewer.own_handles else NOTHING
    condition = Q(author_id=viewer.user_id)
    return condition | Q(author=None, handle__in=viewer.own_handles) if viewer.own_handles else condition


def own_ideas(viewer) -> Q:
    """The viewer's ideas, alone or with others; the same answer as ``Idea.is_of``."""
    if not viewer.is_authenticated:
        return own(viewer)
    return own(viewer) | ~Q(co_author_ids="") & Q(co_author_ids__contains=f",{viewer.user_id},")


class IdeaQuerySet(models.QuerySet):
    """Ideas."""

    def visible_to(self, user):
        """Ideas ``user`` may see: those of their circles, those they work on, and their own.

        What moderation hides stays with its author and the moderators.
        """
        viewer = as_viewer(user)
        shown = in_circle(viewer)
        roles = roles_on_ideas(viewer)
        if roles:
            shown |= in_hands(viewer, roles)
        shown &= SHOWN
        if MODERATOR in roles:
            shown |= ~SHOWN & in_hands(viewer, {MODERATOR})
        if viewer.is_authenticated or viewer.own_handles:
            shown |= own_ideas(viewer)
        return self.filter(shown)

    def of(self, user):
        """Ideas ``user`` wrote, named or protected."""
        return self.filter(own_ideas(as_viewer(user)))

    def in_hands_of(self, user, *roles):
        """Ideas on which ``user`` may act under one of the roles: never their own, never imported ones."""
        viewer = as_viewer(user)
        held = set(roles) & roles_on_ideas(viewer)
        if not held:
            return self.none()
        return self.filter(in_hands(viewer, held)).exclude(own_ideas(viewer))

    def outside_archives(self):
        return self.filter(space__is_archive=False)

    def told_in_figures(self):
        """Ideas whose answers are counted outside: not those of members' spaces, archives, nor what is hidden."""
        return self.filter(SHOWN, is_imported=False, space__is_archive=False).exclude(space__circle=Circle.MEMBERS)

    def for_rows(self, viewer):
        """With everything a line of a list shows, in one statement; the units one acts for come with ``for_work``.

        Each table joined doubles the time PostgreSQL spends choosing their order, which was most of the statement.
        """
        found = self.select_related("space", "counts", "owed", "direction", "site", "site__direction")
        if not viewer.is_authenticated:
            return found.annotate(
                supported=models.Value(False, models.BooleanField()),
                followed=models.Value(False, models.BooleanField()),
            )
        return found.annotate(supported=self._mine("supports", viewer), followed=self._mine("follows", viewer))

    def for_work(self, viewer):
        """As ``for_rows``, with the units that hold the idea: what the rules of its roles look at."""
        return self.for_rows(viewer).select_related("unit", "service", "transfer_to")

    def _mine(self, relation: str, viewer) -> Exists:
        model = self.model._meta.get_field(relation).related_model
        return Exists(model.objects.filter(idea_id=OuterRef("pk"), user_id=viewer.user_id))


class IdeaCommentQuerySet(models.QuerySet):
    """Comments on ideas."""

    def visible_to(self, user):
        """Comments of the ideas ``user`` may see; those moderation hides, for their author and the moderators."""
        viewer = as_viewer(user)
        ideas = self.model._meta.get_field("idea").related_model.objects
        readable = SHOWN | own(viewer)
        if MODERATOR in roles_on_ideas(viewer):
            readable |= Q(idea__in=ideas.filter(in_hands(viewer, {MODERATOR})).exclude(own_ideas(viewer)))
        return self.filter(readable, idea__in=ideas.visible_to(viewer))


class IdeaNoteQuerySet(models.QuerySet):
    """Internal notes."""

    def visible_to(self, user):
        """Notes of the direction that has the idea in hand, for those who handle it there: never for its author."""
        ideas = self.model._meta.get_field("idea").related_model.objects
        handled = ideas.in_hands_of(as_viewer(user), *NOTE_ROLES)
        asked = Q(idea__stage_kind=TRANSFERRED)
        here = ~asked & _of_direction("idea__unit") | asked & _of_direction("idea__transfer_to")
        return self.filter(here, idea__in=handled)


def _of_direction(unit: str) -> Q:
    """Written for the direction of this unit, or for the unit itself when no direction stands above it."""
    without = Q(**{f"{unit}__direction": None, "direction": models.F(unit)})
    return Q(direction=models.F(f"{unit}__direction")) | without


class IdeaCaseQuerySet(models.QuerySet):
    """Looks of the moderation."""

    def waiting_for(self, user):
        """Open cases ``user`` may decide: where they moderate, nothing of their own, nothing they reported.

        Once the promised day has passed, the administrators may too: a text isn't left hidden by an empty chair.
        """
        viewer = as_viewer(user)
        readers = self._moderated(viewer)
        if viewer.is_agent and viewer.has_role("administrator"):
            readers |= Q(due_on__lt=clock.today())
        return self._strange_to(viewer).filter(readers, state="open")

    def appealed_to(self, user):
        """Removals whose author objected and ``user`` may answer: not by whoever removed.

        Where nobody else moderates, or once the promised day has passed, the administrators may too.
        """
        viewer = as_viewer(user)
        hearers = self._moderated(viewer)
        if viewer.is_agent and viewer.has_role("administrator"):
            hearers |= Q(appeal__for_administrators=True) | Q(appeal__due_on__lt=clock.today())
        waiting = self._strange_to(viewer).filter(hearers, appeal__state=AppealState.OPEN)
        return waiting.exclude(appeal__removed_by_id=viewer.user_id)

    def decided_near(self, user):
        """Decided cases where ``user`` moderates: what colleagues decided before."""
        viewer = as_viewer(user)
        return self._strange_to(viewer).filter(self._moderated(viewer), decided_at__isnull=False)

    def _moderated(self, viewer) -> Q:
        ideas = self.model._meta.get_field("idea").related_model.objects
        return Q(idea__in=ideas.filter(moderated(viewer)))

    def _strange_to(self, viewer):
        """Not about what the viewer wrote or reported."""
        if not viewer.is_authenticated:
            return self.none()
        mine = self.model._meta.get_field("comment").related_model.objects.filter(own(viewer))
        ideas = self.model._meta.get_field("idea").related_model.objects.filter(own_ideas(viewer))
        reports = self.model._meta.get_field("reports").related_model.objects.filter(reporter_id=viewer.user_id)
        about_comment = reports.filter(comment_id=OuterRef("comment_id"))
        about_idea = reports.filter(idea_id=OuterRef("idea_id"), comment_id=None)
        return (
            self.exclude(comment__in=mine)
            .exclude(idea__in=ideas)
            .exclude(Exists(about_comment))
            .exclude(Exists(about_idea), comment__isnull=True)
        )
