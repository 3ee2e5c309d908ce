"""The hierarchy guard: who is in the line of management of an idea's author, without ever telling who that is."""

from django.db.models import Q
from django.utils.translation import gettext as _

from src.directory.models import Affectation, User
from src.foundations import clock, journal


def excluded_sentence() -> str:
    """The one sentence, whatever the reason: who is told it learns nothing about the author."""
    return _("These people can't answer for this idea on their own: choose at least two others.")


def line_managers(idea, user_ids) -> set[int]:
    """Those of ``user_ids`` who manage the author's branch, up to the direction.

    For a signed idea: managers of the author's unit and of the units above it, up to the direction. For a sealed
    one, whose author nobody may look up: all managers of the declared direction.
    """
    branch = _line(idea)
    if branch is None:
        return set()
    today = clock.today()
    return set(
        Affectation.objects.filter(branch, user_id__in=user_ids, is_manager=True, starts_on__lte=today)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
        .values_list("user_id", flat=True)
    )


def _line(idea) -> Q | None:
    if not idea.is_sealed:
        post = User.objects.filter(pk=idea.author_id, current_affectation__isnull=False).values_list(
            "current_affectation__unit__path", "current_affectation__unit__direction_id"
        )
        path, top = post.first() or ("", None)
        if not path:
            return None
        above = [int(part) for part in path.split("/") if part]
        return Q(unit_id__in=above[above.index(top) :] if top in above else above)
    declared = (idea.site.direction if idea.site_id else None) or idea.direction
    return Q(unit__path__startswith=declared.path) if declared else None


def refuse(idea, viewer, step: str) -> str:
    """Journal that the guard refused, and answer its one sentence."""
    journal.record("ideas.hierarchy.refused", actor=viewer.user, object_ref=f"idea:{idea.reference}:{step}")
    return excluded_sentence()
