"""Charts drawn on the server as SVG: no script, tokens for colours, the same on paper and in the dark."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from .figures import percent

NBSP = "\u00a0"

# User units; the text stays at 12 whatever the drawing's size.
WIDTH, HEIGHT = 240, 112
LEFT, RIGHT, TOP, BOTTOM = 46, 44, 10, 20
BAR_WIDTH, BAR_LINE, BAR_VALUE = 320, 44, 56


@dataclass(frozen=True)
class Series:
    """One measured thing over time or by category: `points` are (label, value); a `maximum` shared by a page's charts
    keeps their scales equal."""

    title: str
    points: list = field(default_factory=list)
    target: float | None = None
    unit: str = ""
    maximum: float | None = None

    @property
    def scale(self) -> float:
        """The value at the top of the drawing; never zero."""
        highest = [value for _label, value in self.points if value is not None]
        return self.maximum or max([*highest, self.target or 0, 0]) or 1

    def told(self, value) -> str:
        """A value as people read it, with its unit."""
        if value is None:
            return gettext("not known")
        decimals = None if isinstance(value, int) or value == int(value) else 1
        number = number_format(Decimal(str(value)), decimal_pos=decimals or 0)
        if self.unit == "%":
            return percent(number)
        return f"{number}{NBSP}{self.unit}" if self.unit else number

    @property
    def sentence(self) -> str:
        """What the drawing says, in words: first, last and target."""
        if not self.points:
            return gettext("%(title)s: no figures yet") % {"title": self.title}
        (first, start), (last, end) = self.points[0], self.points[-1]
        words = gettext("%(title)s: %(start)s in %(first)s, %(end)s in %(last)s") % {
            "title": self.title,
            "start": self.told(start),
            "first": first,
            "end": self.told(end),
            "last": last,
        }
        if self.target is not None:
            words += gettext(", target %(target)s") % {"target": self.told(self.target)}
        return words


def _round(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")


def spark(series: Series) -> SafeString:
    """A small curve with its scale, its last value and a dashed target; gaps in the figures are gaps in the line."""
    if not any(value is not None for _label, value in series.points):
        return format_html('<p class="meta">{}</p>', gettext("no figures yet"))
    inner_width, inner_height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    step = inner_width / max(len(series.points) - 1, 1)

    def across(index):
        return _round(LEFT + index * step)

    def down(value):
        return _round(TOP + inner_height * (1 - min(value, series.scale) / series.scale))

    runs, run = [], []
    for index, (_label, value) in enumerate(series.points):
        if value is None:
            runs, run = [*runs, run], []
        else:
            run.append(f"{across(index)},{down(value)}")
    runs = [run for run in [*runs, run] if run]
    lines = format_html_join("", '<polyline class="line" points="{}"/>', ((" ".join(run),) for run in runs if run[1:]))
    alone = [run[0].split(",") for run in runs if not run[1:]]
    lines += format_html_join("", '<circle class="dot" cx="{}" cy="{}" r="3"/>', alone)
    marks = format_html_join(
        "",
        '<text class="muted" x="{}" y="{}" text-anchor="end">{}</text>',
        ((LEFT - 6, _round(float(down(value)) + 4), series.told(value)) for value in (0, series.scale)),
    )
    target = ""
    if series.target is not None:
        y = down(series.target)
        target = format_html('<line class="target" x1="{}" x2="{}" y1="{}" y2="{}"/>', LEFT, WIDTH - RIGHT, y, y)
    index, value = [(index, value) for index, (_label, value) in enumerate(series.points) if value is not None][-1]
    last = format_html(
        '<circle class="dot" cx="{}" cy="{}" r="4"/><text class="strong" x="{}" y="{}">{}</text>',
        across(index),
        down(value),
        _round(float(across(index)) + 7),
        _round(float(down(value)) + 4),
        series.told(value),
    )
    ends = format_html(
        '<text class="muted" x="{}" y="{}">{}</text><text class="muted" x="{}" y="{}" text-anchor="end">{}</text>',
        LEFT,
        HEIGHT - 4,
        series.points[0][0],
        WIDTH - RIGHT,
        HEIGHT - 4,
        series.points[-1][0] if len(series.points) > 1 else "",
    )
    return format_html(
        '<svg class="chart" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-label="{label}">'
        '<g aria-hidden="true">{marks}{target}{lines}{last}{ends}</g></svg>',
        w=WIDTH,
        h=HEIGHT,
        label=series.sentence,
        marks=marks,
        target=target,
        lines=lines,
        last=last,
        ends=ends,
    )


def bars(series: Series) -> SafeString:
    """Horizontal bars, one a line under its words, with its value; readable as it is on a phone."""
    room = BAR_WIDTH - BAR_VALUE

    def width(value):
        return _round(room * min(value or 0, series.scale) / series.scale)

    rows = format_html_join(
        "",
        '<text x="0" y="{y_words}">{label}</text><text class="strong" x="{x}" y="{y_bar_words}">{value}</text>'
        '<rect class="bar-bg" x="0" y="{y_bar}" width="{room}" height="12" rx="3"/>'
        '<rect class="bar" x="0" y="{y_bar}" width="{width}" height="12" rx="3"/>',
        (
            {
                "label": label,
                "value": series.told(value),
                "width": width(value),
                "room": room,
                "x": room + 8,
                "y_words": line * BAR_LINE + 14,
                "y_bar": line * BAR_LINE + 20,
                "y_bar_words": line * BAR_LINE + 31,
            }
            for line, (label, value) in enumerate(series.points)
        ),
    )
    height = max(len(series.points), 1) * BAR_LINE
    target = ""
    if series.target is not None:
        x = width(series.target)
        target = format_html('<line class="target" x1="{}" x2="{}" y1="0" y2="{}"/>', x, x, height)
    each = "; ".join(f"{label} {series.told(value)}" for label, value in series.points)
    words = gettext("%(title)s: %(values)s") % {"title": series.title, "values": each or gettext("no figures yet")}
    return format_html(
        '<svg class="chart" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-label="{label}">'
        '<g aria-hidden="true">{rows}{target}</g></svg>',
        w=BAR_WIDTH,
        h=height,
        label=words,
        rows=rows,
        target=target,
    )


def table(series: Series) -> SafeString:
    """The same figures as a real table."""
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td class="num">{}</td></tr>',
        ((label, series.told(value)) for label, value in series.points),
    )
    return format_html("<table><caption>{}</caption><tbody>{}</tbody></table>", series.title, rows)
