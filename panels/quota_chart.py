"""Those who registered beside what the quotas ask, value by value: a drawing, and its figures as a table."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from theme.figures import percent

WIDTH, ROOM, LINE = 320, 256, 54


@dataclass(frozen=True)
class Line:
    """One value: how many people hold it (None: too few to be told), and its bounds in seats."""

    label: str
    count: int | None
    minimum: int
    maximum: int


@dataclass(frozen=True)
class QuotaChart:
    """One criterion. ``people`` answered it; there are ``seats``: both are read as shares, so that they compare."""

    title: str
    lines: tuple[Line, ...]
    people: int
    seats: int

    @property
    def rows(self) -> list[dict]:
        """The figures, in words."""
        return [
            {
                "label": one.label,
                "people": _("not told") if one.count is None else one.count,
                "share": self._percent(one.count, self.people),
                "seats": self._between(one.minimum, one.maximum),
                "asked": self.asked(one),
            }
            for one in self.lines
        ]

    def asked(self, one: Line) -> str:
        """The share of seats a quota asks for."""
        least, most = (self._share(bound, self.seats) for bound in (one.minimum, min(one.maximum, self.seats)))
        return percent(round(least) if least == most else f"{round(least)} – {round(most)}")

    @staticmethod
    def _between(minimum: int, maximum: int) -> str:
        return str(minimum) if minimum == maximum else f"{minimum} – {maximum}"

    @staticmethod
    def _share(count: int, whole: int) -> float:
        return 100 * count / whole if whole else 0.0

    def _percent(self, count: int | None, whole: int) -> str:
        return _("not told") if count is None else percent(round(self._share(count, whole)))

    def draw(self) -> SafeString:
        """Bars of people, brackets of seats, on one scale."""
        shares = [self._share(one.count or 0, self.people) for one in self.lines]
        most = [self._share(min(one.maximum, self.seats), self.seats) for one in self.lines]
        scale = max([*shares, *most, 1.0])
        lines = format_html_join(
            "",
            '<text x="0" y="{words}">{label}</text>'
            '<rect class="bar-bg" x="0" y="{bar}" width="{room}" height="12" rx="3"/>'
            '<rect class="bar" x="0" y="{bar}" width="{width}" height="12" rx="3"/>'
            '<text class="strong" x="{beside}" y="{value}">{share}</text>'
            '<path class="whisker" fill="none" d="M{least} {top}v6M{most} {top}v6M{least} {middle}H{most}"/>',
            (self._places(line, one, shares[line], scale) for line, one in enumerate(self.lines)),
        )
        said = "; ".join(
            _("%(value)s: %(share)s of people, %(asked)s of seats")
            % {"value": row["label"], "share": row["share"], "asked": row["asked"]}
            for row in self.rows
        )
        height = max(len(self.lines), 1) * LINE
        return format_html(
            '<svg class="chart" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-label="{label}">'
            '<g aria-hidden="true">{lines}</g></svg>',
            w=WIDTH,
            h=height,
            label=f"{self.title}. {said}",
            lines=lines,
        )

    def _places(self, line: int, one: Line, share: float, scale: float) -> dict:
        y = line * LINE

        def across(percent: float) -> str:
            return f"{max(1.0, ROOM * percent / scale):.1f}"

        return {
            "label": one.label,
            "share": _("not told") if one.count is None else percent(round(share)),
            "words": y + 14,
            "bar": y + 20,
            "value": y + 31,
            "room": ROOM,
            "width": "0" if not one.count else across(share),
            "beside": ROOM + 8,
            "least": across(self._share(one.minimum, self.seats)),
            "most": across(self._share(min(one.maximum, self.seats), self.seats)),
            "top": y + 36,
            "middle": y + 39,
        }


def charts_of(criteria, counts: dict, *, people: int, seats: int) -> list[QuotaChart]:
    """A chart a criterion; ``counts`` by the keys of the criterion and of the value."""
    return [
        QuotaChart(
            criterion.label,
            tuple(
                Line(value.label, counts.get((criterion.key, value.key), 0), value.quota.minimum, value.quota.maximum)
                for value in criterion.values.all()
                if hasattr(value, "quota")
            ),
            people,
            seats,
        )
        for criterion in criteria
    ]
