"""Chainable reads of spaces; ``visible_to`` is the gate."""

from django.apps import apps
from django.db import models

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock, together

from .enums import OPENING_ROLES, Circle


class SpaceQuerySet(models.QuerySet):
    """Spaces."""

    def visible_to(self, user):
        """Spaces whose circle contains ``user`` (an account, an anonymous user or a Viewer)."""
        return self.filter(_circle(as_viewer(user)))


def in_circle(viewer) -> models.Q:
    """What belongs to a space whose circle contains the viewer.

    The spaces are few and are looked up once. Asked through a join instead, PostgreSQL expects one row of a condition
    that keeps nearly all, joins the whole table to everything a page shows, and sorts it to keep twenty.
    """
    spaces = apps.get_model("participation", "Space").objects.visible_to(viewer)
    return models.Q(space_id__in=spaces.order_by().values("pk"))


def _circle(viewer) -> models.Q:
    """The three circles as one condition on spaces.

    Members are the people posted in the unit's branch, those invited by name, and those who hold a role there.
    Nobody is in the circle of a space in preparation.
    """
    condition = models.Q(circle=Circle.EVERYONE)
    if viewer.is_agent:
        condition |= models.Q(circle=Circle.AGENTS)
    if viewer.is_authenticated:
        today = viewer.today
        memberships = apps.get_model("participation", "SpaceMember").objects.filter(
            models.Q(until__isnull=True) | models.Q(until__gte=today), user_id=viewer.user_id, since__lte=today
        )
        members = models.Q(id__in=memberships.values("space_id"))
        members |= models.Q(member_unit_id__in=viewer.unit_ids)
        helped = {space_id for role in viewer.roles for space_id in viewer.role_spaces(role)}
        if helped:
            members |= models.Q(id__in=sorted(helped))
        condition |= models.Q(circle=Circle.MEMBERS) & members
    return condition & models.Q(is_draft=False)


class IdentityOpeningQuerySet(models.QuerySet):
    """Requests to open an identity."""

    def visible_to(self, user):
        """All of them for whoever may open, in person; nothing for anybody else, whatever else they are."""
        return self.all() if as_viewer(user).fact("opening_functions") else self.none()


@together.reading
def functions_of(user):
    """The functions under which an account may open identities today; one statement, none for who holds no role.

    Held by name and for the whole city: a deputy doesn't act here, nor an administrator, nor a superuser.
    """
    if user is None or not user.is_authenticated or not user.is_active or not user.holds_roles:
        return ()
    today = clock.today()
    held = set(
        (
            yield apps.get_model("directory", "RoleGrant")
            .objects.filter(
                models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=today),
                user_id=user.pk,
                unit__isnull=True,
                starts_on__lte=today,
                role__in=[*OPENING_ROLES, Role.ADMINISTRATOR],
            )
            .values_list("role", flat=True)
        )
    )
    if Role.ADMINISTRATOR in held or user.is_superuser:
        return ()
    return tuple(role.value for role in OPENING_ROLES if role in held)
