"""A share followed over editions, drawn on the server: points, what chance alone allows, a line where they compare."""

from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from .figures import percent

WIDTH, HEIGHT = 360, 176
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 24, 26
WHOLE = 100


@dataclass(frozen=True)
class Mark:
    """One edition: its share in percent with its bounds, or none. ``breaks``: not compared with the one before."""

    label: str
    value: int | None
    low: int | None = None
    high: int | None = None
    breaks: bool = False


@dataclass(frozen=True)
class Trend:
    """A share over editions, from 0 to 100 %: charts of one page have the same scale."""

    title: str
    marks: list[Mark] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """What the drawing says, in words."""
        each = "; ".join(f"{mark.label} {told(mark.value)}" for mark in self.marks)
        return gettext("%(title)s: %(values)s") % {"title": self.title, "values": each or gettext("no figures yet")}


def told(value: int | None) -> str:
    """« 54 % », or that it isn't known."""
    return gettext("not told") if value is None else percent(value)


def draw(trend: Trend) -> SafeString:
    """The drawing; where the question changed, the line stops and a dashed mark says it."""
    count = len(trend.marks)
    step = (WIDTH - LEFT - RIGHT) / max(count, 1)

    def across(place: int) -> str:
        return _round(LEFT + (place + 0.5) * step)

    def down(value: float) -> str:
        return _round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / WHOLE))

    scale = format_html_join(
        "",
        '<line class="grid-line" x1="{}" x2="{}" y1="{}" y2="{}"/><text class="muted" x="{}" y="{}" '
        'text-anchor="end">{}</text>',
        (
            (LEFT, WIDTH - RIGHT, down(value), down(value), LEFT - 6, _round(float(down(value)) + 4), told(value))
            for value in (0, WHOLE // 2, WHOLE)
        ),
    )
    lines = format_html_join(
        "", '<polyline class="line" points="{}"/>', ((one,) for one in _runs(trend, across, down))
    )
    breaks = format_html_join(
        "",
        '<line class="target" x1="{x}" x2="{x}" y1="{top}" y2="{bottom}"/>',
        (
            {"x": _round(LEFT + place * step), "top": TOP, "bottom": HEIGHT - BOTTOM}
            for place, mark in enumerate(trend.marks)
            if mark.breaks and place
        ),
    )
    points = format_html_join(
        "",
        '<line class="whisker" x1="{x}" x2="{x}" y1="{high}" y2="{low}"/><circle class="dot" cx="{x}" cy="{y}" r="4"/>'
        '<text class="strong" x="{x}" y="{words}" text-anchor="middle">{value}</text>',
        (
            {
                "x": across(place),
                "y": down(mark.value),
                "low": down(mark.low if mark.low is not None else mark.value),
                "high": down(mark.high if mark.high is not None else mark.value),
                # Above the point and what chance allows.
                "words": _round(float(down(mark.high if mark.high is not None else mark.value)) - 9),
                "value": told(mark.value),
            }
            for place, mark in enumerate(trend.marks)
            if mark.value is not None
        ),
    )
    names = format_html_join(
        "",
        '<text class="muted" x="{}" y="{}" text-anchor="middle">{}</text>',
        ((across(place), HEIGHT - 8, mark.label) for place, mark in enumerate(trend.marks)),
    )
    return format_html(
        '<svg class="chart" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-label="{label}">'
        '<g aria-hidden="true">{scale}{breaks}{lines}{points}{names}</g></svg>',
        w=WIDTH,
        h=HEIGHT,
        label=trend.sentence,
        scale=scale,
        breaks=breaks,
        lines=lines,
        points=points,
        names=names,
    )


def _runs(trend: Trend, across, down) -> list[str]:
    """The lines: from one edition to the next, cut where one isn't told or isn't compared."""
    runs, run = [], []
    for place, mark in enumerate(trend.marks):
        if mark.value is None or mark.breaks:
            runs, run = [*runs, run], []
        if mark.value is not None:
            run.append(f"{across(place)},{down(mark.value)}")
    return [" ".join(one) for one in [*runs, run] if one[1:]]


def _round(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")
