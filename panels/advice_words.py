"""What the live check says, in sentences an organiser can act on."""

from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from theme.figures import percent as written

from .advising import Bound, LiveCheck, Moved


@dataclass(frozen=True)
class Proposal:
    """Bounds that would move together: in words, and those that may be written in the table."""

    number: int
    sentence: str
    bounds: tuple[Moved, ...] = ()

    @property
    def may_be_filled(self) -> bool:
        """Whether each bound is one of the table, not of a crossed quota."""
        return all(one.quota for one in self.bounds)


@dataclass
class Told:
    """The advice of one moment."""

    tone: str
    title: str
    lines: list[str] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    to_sign: list[Proposal] = field(default_factory=list)
    missing: str = ""
    missing_of: list[str] = field(default_factory=list)


def percent(millionths: int) -> str:
    """A chance as people read it, cut and never rounded up."""
    return written(number_format(millionths // 1000 / 10, 1))


def told(check: LiveCheck) -> Told:
    """Whether a panel exists, how fair the fairest draw is, and what to do otherwise."""
    if check.faults:
        return Told("danger", _("These quotas can’t hold, whoever registers"), list(check.faults))
    if not check.people:
        return Told("info", _("Nobody may be drawn yet: the quotas hold on paper"), [_after_people()])
    if check.exists:
        return _possible(check)
    return _impossible(check)


def _after_people() -> str:
    return _("Once registrations are decided on, this says whether a panel exists and how fair the draw can be.")


def _possible(check: LiveCheck) -> Told:
    people = ngettext("%(n)d person may be drawn.", "%(n)d people may be drawn.", check.people) % {"n": check.people}
    found = Told("ok", _("A panel exists"), [people])
    found.lines.append(
        _("Best possible minimum chance: %(chance)s. No fair draw can do better.")
        % {"chance": percent(check.best_chance)}
    )
    found.limits = [_limit(one) for one in check.limits]
    if check.certain:
        sentence = ngettext(
            "%(n)d person would sit in every panel: they must be told before the draw.",
            "%(n)d people would sit in every panel: they must be told before the draw.",
            check.certain,
        )
        found.lines.append(sentence % {"n": check.certain})
    if check.without_chance:
        found.tone = "warn"
        sentence = ngettext(
            "%(n)d person has no chance: no panel can hold them. They must be told, with a written reason.",
            "%(n)d people have no chance: no panel can hold them. They must be told, with a written reason.",
            check.without_chance,
        )
        found.lines.append(sentence % {"n": check.without_chance})
    for name, minimum, people_of_it in check.eaten:
        words = {"name": name, "minimum": minimum, "people": people_of_it}
        found.lines.append(
            _("%(name)s: the quota takes %(minimum)d of %(people)d volunteers. One who gives up will be missed.")
            % words
        )
    return found


def _limit(one: Bound) -> str:
    words = {"name": one.label, "gain": percent(one.gain)}
    if one.side == "minimum":
        return (
            _("%(name)s: the minimum. One seat less would give %(gain)s more to those with the least chance.") % words
        )
    return _("%(name)s: the maximum. One seat more would give %(gain)s more to those with the least chance.") % words


def _impossible(check: LiveCheck) -> Told:
    found = Told("danger", _("No panel meets all these quotas with those who may be drawn"))
    people = ngettext("%(n)d person may be drawn.", "%(n)d people may be drawn.", check.people) % {"n": check.people}
    found.lines.append(people)
    if check.conflict:
        bounds = " · ".join(_bound(one) for one in check.conflict)
        found.lines.append(_("These bounds contradict each other: %(bounds)s.") % {"bounds": bounds})
    if check.missing:
        sentence = ngettext(
            "Without touching a quota, %(n)d more volunteer is needed at least.",
            "Without touching a quota, %(n)d more volunteers are needed at least.",
            check.missing,
        )
        found.missing = sentence % {"n": check.missing}
        found.missing_of = [f"{name} : {count}" for name, count in check.missing_of]
    found.proposals = _proposals(check.relaxations)
    found.to_sign = _proposals(check.signed_relaxations)
    return found


def _proposals(relaxations) -> list[Proposal]:
    return [
        Proposal(number, _moved(moved, chance), tuple(moved))
        for number, (moved, chance) in enumerate(relaxations, start=1)
    ]


def _moved(moved: list[Moved], chance: int) -> str:
    parts = " · ".join(_one_moved(one) for one in moved)
    return _("%(moves)s. Minimum chance then: %(chance)s.") % {"moves": parts, "chance": percent(chance)}


def _one_moved(one: Moved) -> str:
    words = {"bound": _bound(one), "before": one.before, "after": one.after}
    if one.is_protected:
        return _("%(bound)s, from %(before)d to %(after)d (protected quota)") % words
    return _("%(bound)s, from %(before)d to %(after)d") % words


def _bound(one) -> str:
    side = pgettext("quota", "minimum") if one.side == "minimum" else pgettext("quota", "maximum")
    return f"{one.label} ({side})"
