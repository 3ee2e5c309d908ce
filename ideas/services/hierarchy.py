"""The hierarchy guard: who is in the line of management of an idea's author, without ever telling who that is."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from src.directory.models import Absence, Affectation, RoleGrant
from src.foundations import clock, journal
from src.participation.models import SpaceRoleGrant


def excluded_sentence() -> str:
    """The one sentence, whatever the reason: who is told it learns nothing about the author."""
    return _("These people can't answer for this idea on their own: choose at least two others.")


def line_managers(idea, user_ids) -> set[int]:
    """Those of ``user_ids`` who may be in the author's line of management, or act today for somebody who may be.

    For a signed idea: managers of the units where its authors are posted and of those above, up to the direction. For
    a sealed one, whose author nobody may look up and who may be from anywhere: whoever manages anything (ADR 0253).
    """
    user_ids = {pk for pk in user_ids if pk is not None}
    acting_for = _absent_holders(user_ids)
    people = user_ids | {holder for _deputy, holder in acting_for}
    managers = set(
        _current(Affectation.objects.filter(_line(idea), user_id__in=people, is_manager=True)).values_list(
            "user_id", flat=True
        )
    )
    return {pk for pk in user_ids if pk in managers} | {deputy for deputy, holder in acting_for if holder in managers}


def manages(user_id: int, other_id: int) -> bool:
    """Whether somebody is in the line of management of another, by a post of today."""
    posts = Affectation.objects.filter(line_of(other_id), today_q(), user_id=user_id, is_manager=True)
    return user_id != other_id and posts.exists()


def _absent_holders(user_ids) -> set[tuple[int, int]]:
    """(deputy, holder) of the roles under which these people act today for somebody absent."""
    today = clock.today()
    away = Absence.objects.filter(user_id=OuterRef("user_id"), starts_on__lte=today, ends_on__gte=today)
    grants = [
        model.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today), Exists(away), deputy_id__in=user_ids, starts_on__lte=today
        ).values_list("deputy_id", "user_id")
        for model in (RoleGrant, SpaceRoleGrant)
    ]
    return set(grants[0].union(grants[1]))


def today_q() -> Q:
    """A condition on the posts held today."""
    today = clock.today()
    return Q(ends_on__isnull=True, starts_on__lte=today) | Q(ends_on__gte=today, starts_on__lte=today)


def _current(affectations):
    return affectations.filter(today_q())


def _line(idea) -> Q:
    """A condition on the posts of managers."""
    return Q() if idea.is_sealed else line_of(*idea.author_ids)


def line_of(*user_ids: int) -> Q:
    """A condition on the posts of managers above these people's posts, up to their directions."""
    posts = _current(Affectation.objects.filter(user_id__in=user_ids))
    units: set[int] = set()
    for path, top in posts.values_list("unit__path", "unit__direction_id"):
        above = [int(part) for part in path.split("/") if part]
        units.update(above[above.index(top) :] if top in above else above)
    return Q(unit_id__in=units)


def refuse(idea, viewer, step: str) -> str:
    """Journal that the guard refused, and answer its one sentence."""
    journal.record("ideas.hierarchy.refused", actor=viewer.user, object_ref=f"idea:{idea.reference}:{step}")
    return excluded_sentence()
