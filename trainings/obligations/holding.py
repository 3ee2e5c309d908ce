"""Until when a completion holds, told to the ledger's readers: from what it answers, else from the terms."""

from collections import defaultdict
from datetime import date

from trainings.ledger import registry as ledger

from .deadlines import RenewalBase, Validity
from .models import Obligation, Requirement


def ends_of(completions) -> dict[int, date | None]:
    """Key → the last day. What answers a requirement ends with it; the rest is counted from the terms alone.

    Three statements for any number. The nearest end wins where several obligations speak of one training.
    """
    keys = [one.pk for one in completions]
    told: dict[int, list[date | None]] = defaultdict(list)
    answered = Requirement.objects.filter(agent__in={one.agent_id for one in completions}, satisfied_by__in=keys)
    for key, until in answered.values_list("satisfied_by_id", "valid_until"):
        told[key].append(until)
    terms = _terms_by_track() if len(told) < len(keys) else {}
    for one in completions:
        if one.pk not in told:
            told[one.pk] = [terms_of.after(one.completed_on, None).expires_on for terms_of in terms[one.track_id]]
    return {key: min((day for day in days if day is not None), default=None) for key, days in told.items()}


def _terms_by_track() -> dict[int, list[Validity]]:
    found: dict[int, list[Validity]] = defaultdict(list)
    for one in Obligation.objects.active().prefetch_related("equivalences"):
        terms = Validity(
            one.validity_months,
            RenewalBase(one.renewal_base),
            one.window_days,
            one.fixed_on,
            one.min_active_days,
        )
        tracks = {one.track_id, one.renewal_track_id, *(track.pk for track in one.equivalences.all())} - {None}
        for track in tracks:
            found[track].append(terms)
    return found


def renewals_of(track_id: int) -> tuple[set[int], set[int]]:
    """Trainings that count as this one, and those that renew it, by the obligations in force."""
    equal, renewing = set(), set()
    for one in Obligation.objects.active().filter(track=track_id).prefetch_related("equivalences"):
        equal |= {track.pk for track in one.equivalences.all()}
        renewing |= {one.renewal_track_id} - {None}
    return equal, renewing


def declare() -> None:
    """Have the ledger's readers hear it."""
    ledger.tells_ends(ends_of)
    ledger.tells_renewals(renewals_of)
