"""Whether what is asked of a panel holds together: everything wrong at once, in words an organiser can act on."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .enums import CandidateState, TeamRole
from .models import CrossQuota, Quota

# Bounds that somebody tries, by the number of the quota.
Typed = Mapping[int, tuple[int, int]]


@dataclass(frozen=True)
class Asked:
    """A quota as the checks read it: the criterion, the value, its bounds."""

    feature: str
    value: str
    minimum: int
    maximum: int
    is_protected: bool = False


def faults_of_quotas(seats: int, quotas: list[Asked], reserved: dict[str, int | None] | None = None) -> list[str]:
    """What can't be of quotas and reserved seats, whoever registers; empty when they hold.

    Whether a panel exists among those who registered is another question, asked of the engine.
    """
    faults = []
    by_feature: dict[str, list[Asked]] = {}
    for one in quotas:
        by_feature.setdefault(one.feature, []).append(one)
        words = {"criterion": one.feature, "value": one.value}
        if one.minimum > one.maximum:
            faults.append(_("%(criterion)s, %(value)s: the minimum is above the maximum.") % words)
        if one.minimum > seats:
            faults.append(_("%(criterion)s, %(value)s: the minimum is above the number of seats.") % words)
    for feature, values in sorted(by_feature.items()):
        least, most = sum(one.minimum for one in values), sum(one.maximum for one in values)
        if least > seats:
            faults.append(
                _("%(criterion)s: the minimums add up to %(sum)d, for %(seats)d seats.")
                % {"criterion": feature, "sum": least, "seats": seats}
            )
        if most < seats:
            faults.append(
                _("%(criterion)s: the maximums add up to %(sum)d, for %(seats)d seats.")
                % {"criterion": feature, "sum": most, "seats": seats}
            )
    return faults + faults_of_lists(seats, reserved or {})


def faults_of_lists(seats: int, reserved: dict[str, int | None]) -> list[str]:
    """What can't be of the seats that lists reserve."""
    kept = sum(number or 0 for number in reserved.values())
    if kept > seats:
        return [_("The lists reserve %(sum)d seats, and there are %(seats)d.") % {"sum": kept, "seats": seats}]
    if reserved and kept < seats and None not in reserved.values():
        return [
            _("The lists reserve %(sum)d seats of %(seats)d, and no list is left for the others.")
            % {"sum": kept, "seats": seats}
        ]
    return []


def faults_of_crossed(panel, typed: Typed | None = None) -> list[str]:
    """What can't be of the crossed quotas, beside the quotas of each of their two values."""
    alone = {one.value_id: one for one in quotas_as_typed(panel, typed)}
    faults = []
    for crossed in CrossQuota.objects.filter(panel=panel).select_related("first__criterion", "second__criterion"):
        both = [alone[pk] for pk in (crossed.first_id, crossed.second_id) if pk in alone]
        if both and crossed.minimum > min(one.maximum for one in both):
            faults.append(
                _("%(first)s and %(second)s together: the minimum is above what one of them allows.")
                % {"first": crossed.first.label, "second": crossed.second.label}
            )
    return faults


def quotas_as_typed(panel, typed: Typed | None = None) -> list[Quota]:
    """The quotas of a panel, in memory with bounds that somebody tries and nothing keeps; one statement."""
    rows = list(Quota.objects.filter(value__criterion__panel=panel).select_related("value__criterion"))
    for one in rows:
        one.minimum, one.maximum = (typed or {}).get(one.pk, (one.minimum, one.maximum))
    return rows


def asked_of(panel, typed: Typed | None = None) -> list[Asked]:
    """The quotas of a panel; one statement."""
    return [
        Asked(one.value.criterion.label, one.value.label, one.minimum, one.maximum, one.is_protected)
        for one in quotas_as_typed(panel, typed)
    ]


def reserved_of(panel) -> dict[str, int | None]:
    """The seats each list reserves."""
    return dict(panel.source_lists.values_list("slug", "seats"))


def faults_of(panel, typed: Typed | None = None) -> list[str]:
    """Everything that can't be of a panel's quotas and lists; ``typed`` as in ``quotas_as_typed``."""
    faults = faults_of_quotas(panel.seats, asked_of(panel, typed), reserved_of(panel))
    faults += faults_of_crossed(panel, typed)
    without = panel.criteria.filter(values__quota__isnull=True).order_by("position").distinct()
    return faults + [_("%(criterion)s: a value has no quota.") % {"criterion": one.label} for one in without]


def faults_before_opening(panel) -> list[str]:
    """What a panel lacks before people are asked."""
    if panel.draws_nobody:
        return []
    faults = []
    if not panel.source_lists.exists():
        faults.append(_("Say where people come from: add a list."))
    if not panel.criteria.exists():
        faults.append(_("Say what the panel must reflect: bring in the quotas."))
    return faults + roles_missing(panel) + faults_of(panel)


def roles_missing(panel) -> list[str]:
    """Without whom people can't be asked; one statement."""
    if panel.draws_nobody:
        return []
    roles = Counter(panel.team.working().values_list("role", flat=True))
    asked = (
        (TeamRole.GUARANTOR, _("Nobody watches over this panel yet: name a guarantor.")),
        (TeamRole.PROFILE_KEEPER, _("Nobody keeps the profiles yet: name somebody.")),
    )
    return [sentence for role, sentence in asked if not roles[role]]


def faults_before_closing(panel) -> list[tuple[str, str]]:
    """Who would be forgotten if registration closed now: ``(code, sentence)``; three statements."""
    faults = []
    waiting = panel.candidates.filter(state=CandidateState.VOLUNTEERED).count() + panel.paper_entries.count()
    if waiting:
        sentence = ngettext(
            "%(count)d registration waits: decide on it first.",
            "%(count)d registrations wait: decide on each of them first.",
            waiting,
        )
        faults.append(("waiting", sentence % {"count": waiting}))
    eligible = panel.candidates.filter(state=CandidateState.ELIGIBLE)
    without = eligible.filter(is_minor=True, guardian__isnull=True).count()
    if without:
        sentence = ngettext(
            "%(count)d young person waits for the agreement of a parent or guardian.",
            "%(count)d young people wait for the agreement of a parent or guardian.",
            without,
        )
        faults.append(("guardian", sentence % {"count": without}))
    return faults
