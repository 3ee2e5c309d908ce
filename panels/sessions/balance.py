"""Whether those who are heard balance: counts by what they declare and by who asked for them, and a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from theme.charts import Series

from .enums import Proposer, Stance


@dataclass(frozen=True)
class Balance:
    """How many people are heard, by stance and by proposer, whatever the order they came in."""

    stances: dict[str, int]
    proposers: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.stances.values())

    @property
    def missing(self) -> str:
        """The stance that lacks voices: heard less than half as often as the other; empty when they balance."""
        pro, against = self.stances[Stance.FOR], self.stances[Stance.AGAINST]
        if pro > 2 * against or pro and not against:
            return Stance.AGAINST
        if against > 2 * pro or against and not pro:
            return Stance.FOR
        return ""

    @property
    def sentence(self) -> str:
        """What the counts say, in words."""
        if not self.total:
            return _("Nobody is heard yet.")
        words = {
            "for": ngettext("%(n)d person for", "%(n)d people for", self.stances[Stance.FOR])
            % {"n": self.stances[Stance.FOR]},
            "against": _("%(n)d against") % {"n": self.stances[Stance.AGAINST]},
            "neutral": ngettext("%(n)d neutral", "%(n)d neutral ones", self.stances[Stance.NEUTRAL])
            % {"n": self.stances[Stance.NEUTRAL]},
        }
        neutral = self.stances[Stance.NEUTRAL]
        counts = (_("%(for)s, %(against)s, %(neutral)s") if neutral else _("%(for)s, %(against)s")) % words
        verdicts = {
            Stance.AGAINST: _("%(counts)s: voices against are missing."),
            Stance.FOR: _("%(counts)s: voices for are missing."),
            "": _("%(counts)s: both sides are heard."),
        }
        if not self.stances[Stance.FOR] and not self.stances[Stance.AGAINST]:
            return _("%(counts)s: nobody who took a side is heard yet.") % {"counts": counts}
        return verdicts[self.missing] % {"counts": counts}

    @property
    def charts(self) -> list[Series]:
        """The two drawings, on one scale."""
        most = max([*self.stances.values(), *self.proposers.values(), 1])
        return [
            Series(
                title=_("Stance that they declare"),
                points=[(Stance(one).label, count) for one, count in self.stances.items()],
                maximum=most,
            ),
            Series(
                title=_("Who asked to hear them"),
                points=[(Proposer(one).label, count) for one, count in self.proposers.items()],
                maximum=most,
            ),
        ]


def balance_of(hearings: Iterable) -> Balance:
    """The balance of these hearings."""
    found = list(hearings)
    return Balance(
        stances={one: sum(hearing.stance == one for hearing in found) for one in Stance.values},
        proposers={one: sum(hearing.proposed_by == one for hearing in found) for one in Proposer.values},
    )
