"""Who may propose in a limited space: the rule, the same as a condition on lists, and the sentence for the others."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, OuterRef, Q, prefetch_related_objects
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer

from .models import Space, SpaceLimit


def limits_of(space: Space) -> list[SpaceLimit]:
    """The limits of a space, read once; none is asked of a space that isn't limited."""
    if not space.is_limited:
        return []
    prefetch_related_objects([space], "limits__unit", "limits__job_family")
    return list(space.limits.all())


def with_limits(spaces: Iterable[Space]) -> list[Space]:
    """The same spaces with their limits: three statements when one of them is limited, none otherwise."""
    spaces = list(spaces)
    prefetch_related_objects([space for space in spaces if space.is_limited], "limits__unit", "limits__job_family")
    return spaces


def inside_limits(user, space: Space) -> bool:
    """Whether the person is among those who may propose here; the same answer as ``condition``.

    A branch of the city is asked of their present post, with all that is above it; a job family too.
    """
    if not space.is_limited:
        return True
    viewer = as_viewer(user)
    limits = limits_of(space)
    units = {limit.unit_id for limit in limits if limit.unit_id is not None}
    families = {limit.job_family_id for limit in limits if limit.job_family_id is not None}
    in_branch = not units or bool(units.intersection(viewer.unit_ids))
    return in_branch and (not families or job_family_of(viewer) in families)


def condition(user) -> Q:
    """The spaces in which the person may propose as far as limits say, for a queryset of spaces."""
    viewer = as_viewer(user)
    limits = SpaceLimit.objects.filter(space_id=OuterRef("pk"))
    units = limits.filter(unit__isnull=False)
    families = limits.filter(job_family__isnull=False)
    of_branch = ~Exists(units) | Exists(units.filter(unit_id__in=viewer.unit_ids))
    of_trade = ~Exists(families) | Exists(families.filter(job_family_id=job_family_of(viewer)))
    return Q(is_limited=False) | (Q(of_branch) & Q(of_trade))


def job_family_of(viewer) -> int | None:
    """The job family of the present post; None for a visitor and for somebody without a post."""
    affectation = viewer.user.current_affectation if viewer.is_authenticated else None
    return affectation.job_family_id if affectation else None


def who_may_propose(space: Space) -> str:
    """ "the Parks direction or the Tanneurs depot, in the job family Drivers": empty when nobody is left out."""
    limits = limits_of(space)
    either = _("or")
    units = get_text_list([limit.unit.name for limit in limits if limit.unit_id is not None], either)
    families = get_text_list([limit.job_family.name for limit in limits if limit.job_family_id is not None], either)
    if units and families:
        return _("%(places)s; job family: %(trades)s") % {"places": units, "trades": families}
    if families:
        return _("job family: %(trades)s") % {"trades": families}
    return units


def why_not_propose(user, space: Space) -> str:
    """The sentence for those whom a limit leaves out; empty for the others."""
    if inside_limits(user, space):
        return ""
    return _("Only the people concerned propose here (%(who)s). You can read, support and comment.") % {
        "who": who_may_propose(space)
    }


def pass_on(unit, successor) -> None:
    """When a unit closes, the one that follows it takes its place among those who may propose."""
    if successor is None:
        return
    known = SpaceLimit.objects.filter(space_id=OuterRef("space_id"), unit=successor)
    SpaceLimit.objects.filter(unit=unit).annotate(
        twice=models.ExpressionWrapper(Exists(known), output_field=models.BooleanField())
    ).filter(twice=True).delete()
    SpaceLimit.objects.filter(unit=unit).update(unit=successor)
