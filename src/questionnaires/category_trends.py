"""A followed question over editions by category: read from the tables each edition told by category, nothing else.

A category stands here when every edition shown told it apart, with k answers counted and k others at least. Counts by
category are told rounded to five and shares to a point, so a change is bounded a point wider than the formula says.
"""

from dataclasses import dataclass, field

from . import by_axis, figures, trends
from .barometer_reading import Line, Point
from .enums import AxisCode

# Half a point in each of the two shares told.
ROUNDING = 1
SILENT = frozenset((figures.IS_DECLINED, figures.BLANK))


@dataclass(frozen=True)
class Told:
    """The answers counted of one category in one edition."""

    point: Point
    share: trends.Share


@dataclass
class CategoryLine:
    """One category over the editions shown, the first one first."""

    category: str
    told: list[Told]

    def change(self, place: int) -> trends.Change | None:
        """From the edition before; None of the first one."""
        if not place:
            return None
        return trends.change(self.told[place - 1].share, self.told[place].share, ROUNDING)

    @property
    def whole(self) -> trends.Change:
        """From the first edition shown to the last."""
        return trends.change(self.told[0].share, self.told[-1].share, ROUNDING)


@dataclass
class AxisTrend:
    """A followed question by one axis; ``left``: categories that an edition shown didn't tell apart."""

    axis: str
    points: list[Point]
    lines: list[CategoryLine]
    left: list[str] = field(default_factory=list)


def of_line(line: Line) -> list[AxisTrend]:
    """The trends by category of a followed question: its last editions that compare, two at least. No statement."""
    found = []
    for axis in (0, 1):
        told = [(point, shares) for point in line.segment if (shares := _shares(point, line.tracked.counted, axis))]
        if len(told) < 2:
            continue
        one = _of_axis(told, axis)
        if one.lines:
            found.append(one)
    return found


def _of_axis(told: list, axis: int) -> AxisTrend:
    points = [point for point, _shares in told]
    content = points[-1].edition.questionnaire.release.content
    code, labels = by_axis.axes_of(content)[axis]
    everywhere = [group for group in told[-1][1] if all(group in shares for _point, shares in told)]
    somewhere = dict.fromkeys(group for _point, shares in told for group in shares)
    for point in points:
        labels = by_axis.axes_of(point.edition.questionnaire.release.content)[axis][1] | labels

    def words(group) -> str:
        return by_axis.category_words(*group, code, labels)

    return AxisTrend(
        str(AxisCode(code).label),
        points,
        [CategoryLine(words(group), [Told(point, shares[group]) for point, shares in told]) for group in everywhere],
        list(dict.fromkeys(words(one) for group in somewhere if group not in everywhere for one in _apart(group))),
    )


def _apart(group: tuple) -> list[tuple]:
    """The categories of a group, each on its own: some were told together in an edition."""
    code, codes = group
    return [(one, ()) for one in codes] or [(code, ())]


def _shares(point: Point, counted: list[str], axis: int) -> dict[tuple, trends.Share]:
    """The share of the answers counted, by category told apart; empty where this edition tells none."""
    if point.share is None or point.edition.is_typed:
        return {}
    content = point.edition.questionnaire.release.content
    if axis >= len(content.get("axes", ())):
        return {}
    one = next(one for one in content["questions"] if one["key"] == point.question.key)
    found = {}
    for table in one.get("by") or ():
        if table["axis"] != axis or table["of"] or table["line"]:
            continue
        for row in table["rows"]:
            share = _share(table["columns"], row, set(counted), one["k"])
            if share is not None:
                found[row["code"], tuple(row["codes"])] = share
    return found


def _share(columns, row, counted: set[str], k: int) -> trends.Share | None:
    """The share of a line of a table, of those who gave an answer; None when the table doesn't say it from k on."""
    number = others = percent = silent = 0
    for column, count, share in zip(columns, row["counts"], row["shares"], strict=True):
        keys = {key for key, _label in column}
        if keys <= counted:
            number, percent = number + count, percent + share
        elif keys <= SILENT:
            silent += share
        elif keys & (counted | SILENT):
            # Told together with something else: nobody can say which part it is.
            return None
        else:
            others += count
    answered = round(row["base"] * (trends.PERCENT - silent) / trends.PERCENT)
    told = min(answered, row["base"] * percent / trends.PERCENT)
    if min(number, others, told, answered - told) < k:
        return None
    return trends.Share(told, answered)
