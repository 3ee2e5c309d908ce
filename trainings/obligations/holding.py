"""Until when a completion holds, told to the ledger's readers: from what it answers, else from the terms."""

from collections import defaultdict
from datetime import date

from trainings.ledger import registry as ledger
from trainings.ledger.models import Completion
from trainings.models import TrackVersion

from .deadlines import RenewalBase, Validity
from .enums import AfterVersion
from .facts import changes_of
from .models import Obligation, Requirement, VersionDecision
from .versions import ends_by


def ends_of(completions) -> dict[int, date | None]:
    """Key → the last day. What answers a requirement ends with it; the rest is counted from the terms alone.

    Six statements at most for any number. The nearest end wins where several obligations speak of one training. What
    carries another holds as long as the one it carries.
    """
    completions = list(completions)
    keys = [one.pk for one in completions]
    told: dict[int, list[date | None]] = defaultdict(list)
    answered = Requirement.objects.filter(agent__in={one.agent_id for one in completions}, satisfied_by__in=keys)
    for key, until in answered.values_list("satisfied_by_id", "valid_until"):
        told[key].append(until)
    terms = _terms_by_track() if len(told) < len(keys) else {}
    began = _began(completions)
    for one in completions:
        if one.pk not in told:
            told[one.pk] = [terms_of.after(began[one.pk], None).expires_on for terms_of in terms[one.track_id]]
    for one, day in _shortened(completions):
        told[one.pk].append(day)
    return {key: min((day for day in days if day is not None), default=None) for key, days in told.items()}


def _began(completions) -> dict[int, date]:
    """From which day each is counted: its own, or that of the one it carries."""
    carried = {one.carries_id for one in completions} - {None}
    days = dict(Completion.objects.filter(pk__in=carried).values_list("pk", "completed_on")) if carried else {}
    return {one.pk: days.get(one.carries_id, one.completed_on) for one in completions}


def _shortened(completions) -> list[tuple]:
    """Completions of versions that were decided to hold less long, with the day."""
    found = VersionDecision.objects.filter(kind=AfterVersion.SHORTEN, obligation__ended_on__isnull=True)
    decided: dict[int, list[VersionDecision]] = defaultdict(list)
    for row in found.filter(version__track__in={one.track_id for one in completions}).select_related("version"):
        decided[row.version.track_id].append(row)
    changes = {track: changes_of(rows, AfterVersion.SHORTEN) for track, rows in decided.items()}
    known = [one for one in completions if one.version_id is not None and one.track_id in changes]
    versions = TrackVersion.objects.filter(pk__in={one.version_id for one in known})
    numbers = dict(versions.values_list("pk", "number")) if known else {}
    days = [(one, ends_by(changes[one.track_id], numbers[one.version_id], None)) for one in known]
    return [(one, day) for one, day in days if day is not None]


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
