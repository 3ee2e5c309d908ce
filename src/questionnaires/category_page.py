"""Trends by category in the reader's words: a table an axis, lines of a file, figures for a program."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from . import category_trends
from .barometer_reading import Line, day_of, year_of
from .category_trends import AxisTrend, CategoryLine, Told
from .change_words import change_words, percent, verdict_words


@dataclass
class Shown:
    """The table of one axis; ``left`` says which categories aren't there, and why."""

    trend: AxisTrend
    title: str
    caption: str
    columns: list
    rows: list
    left: str


def shown(line: Line) -> list[Shown]:
    """The trends of a followed question by category, as tables."""
    return [_shown(line, trend) for trend in category_trends.of_line(line)]


def _shown(line: Line, trend: AxisTrend) -> Shown:
    editions = [
        {"label": _("%(edition)s (%(year)s)") % {"edition": one.edition.words, "year": year_of(one.edition)}}
        for one in trend.points
    ]
    first = trend.points[0].edition.words.lower()
    since = {"label": _("Since %(edition)s") % {"edition": first}}
    return Shown(
        trend,
        title=_("By category: %(axis)s") % {"axis": trend.axis},
        caption=_("By category: %(axis)s. %(question)s") % {"axis": trend.axis, "question": line.text},
        columns=[{"label": pgettext("results", "Category")}, *editions, since],
        rows=[[one.category, *map(_share_words, one.told), change_words(one.whole)] for one in trend.lines],
        left=left_words(trend),
    )


def _share_words(told: Told) -> str:
    share = told.share
    return _("%(n)d%% (%(low)d to %(high)d%%)") % {
        "n": share.percent,
        "low": percent(share.low),
        "high": percent(share.high),
    }


def left_words(trend: AxisTrend) -> str:
    """The categories that aren't shown, and why; empty when all are."""
    if not trend.left:
        return ""
    return _("Not shown, because one of these editions doesn’t tell them apart: %(categories)s.") % {
        "categories": ", ".join(trend.left)
    }


def figures_of(line: CategoryLine, place: int) -> dict:
    """The figures of a category in an edition: share and its bounds in percents, how many answered, what changed."""
    share, change = line.told[place].share, line.change(place)
    points, low, high = change.told if change else (None, None, None)
    return {
        "percent": share.percent,
        "low": percent(share.low),
        "high": percent(share.high),
        "answers": share.number,
        "change": points,
        "change_low": low,
        "change_high": high,
        "verdict": verdict_words(change.verdict) if change else "",
    }


def export_rows(line: Line, trend: AxisTrend):
    """The same figures as lines of a file: one a category and edition."""
    for one in trend.lines:
        for place, told in enumerate(one.told):
            figures = figures_of(one, place).values()
            yield [
                line.text,
                line.tracked.counted_words,
                told.point.edition.number,
                day_of(told.point.edition),
                _("no"),
                *("" if value is None else value for value in figures),
                "",
                trend.axis,
                one.category,
            ]
