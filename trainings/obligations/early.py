"""What was done before the window of a renewal: kept, and it renews only when human resources count it."""

from datetime import timedelta

from trainings.ledger.models import Completion

from .models import Requirement


def early_for(requirement: Requirement) -> list[Completion]:
    """Completions that human resources may count for a cycle: done after what holds, before its window."""
    obligation = requirement.obligation
    renewed, expires_on = _renewed(requirement)
    if not (obligation.may_count_early and obligation.is_active and requirement.is_current and renewed and expires_on):
        return []
    if requirement.is_catching_up:
        return []
    tracks = {obligation.track_id, obligation.renewal_track_id, *(one.pk for one in obligation.equivalences.all())}
    opens_on = expires_on - timedelta(days=obligation.window_days)
    found = Completion.objects.that_count().filter(
        agent_id=requirement.agent_id,
        track__in=tracks - {None},
        completed_on__gte=renewed.completed_on,
        completed_on__lt=opens_on,
        carries__isnull=True,
    )
    found = found.exclude(pk=renewed.pk).exclude(counted_early__obligation=obligation).select_related("track")
    return [one for one in found.order_by("completed_on", "pk") if (one.completed_on, one.pk) > _place(renewed)]


def _place(one: Completion) -> tuple:
    return one.completed_on, one.pk


def _renewed(requirement: Requirement):
    """What is to be renewed, and when it ends."""
    if requirement.satisfied_by_id is not None:
        return requirement.satisfied_by, requirement.valid_until
    return requirement.renews, requirement.expires_on
