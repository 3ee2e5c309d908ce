"""A change between two editions, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import by_axis
from .trends import PERCENT, Change, Verdict


def verdict_words(verdict: Verdict) -> str:
    """« hausse nette », « baisse nette », « pas de changement net »."""
    return {
        Verdict.UP: _("clear rise"),
        Verdict.DOWN: _("clear fall"),
        Verdict.NONE: _("no clear change"),
    }[verdict]


def change_words(change: Change) -> str:
    """« +8 points (de +6 à +10) : hausse nette »."""
    points, low, high = change.told
    gap = by_axis.gap_words(points, low, high)
    return ngettext("%(gap)s point: %(verdict)s", "%(gap)s points: %(verdict)s", abs(points)) % {
        "gap": gap,
        "verdict": verdict_words(change.verdict),
    }


def percent(value: float) -> int:
    """A share from 0 to 1 in whole points."""
    return round(PERCENT * value)
