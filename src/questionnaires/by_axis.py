"""Results by category as pages, files and programs show them: read from the release, in the reader's language."""

from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from theme.charts import Series

from . import asking, axes, words
from .enums import AxisCode

PERCENT = 100


@dataclass(frozen=True)
class Cell:
    """How many of a category gave an answer, and their share of those of the category who were asked."""

    answer: str
    count: int
    share: int


@dataclass
class AxisTable:
    """A table by category: one line each, the same answers in columns; ``line`` is that of a grid."""

    caption: str
    by: str
    line: str
    answers: list[str]
    lines: list[tuple[str, list[Cell]]] = field(default_factory=list)
    # Small pictures, one a category, with the same scale; for the first axis.
    pictures: list[Series] = field(default_factory=list)

    @property
    def columns(self) -> list[dict]:
        return [{"label": pgettext("results", "Category")}, *({"label": one, "numeric": True} for one in self.answers)]

    @property
    def rows(self) -> list[list[str]]:
        """« 45 % (60) »."""
        return [
            [label, *(_("%(share)d%% (%(n)d)") % {"share": cell.share, "n": cell.count} for cell in cells)]
            for label, cells in self.lines
        ]


@dataclass
class Block:
    """What one opens: a way of dividing people, and its tables."""

    title: str
    tables: list[AxisTable]
    level: int = 0


def axes_of(content: dict) -> list[tuple[str, dict]]:
    """The axes of a release: code, and words of its categories kept that day."""
    return [(one["code"], one["labels"]) for one in content.get("axes", [])]


def category_words(code: str, codes, axis: str, labels: dict) -> str:
    """The words of a category; those told together are named."""
    return axes.group_words(axis, code, codes, {axis: labels})


def blocks(one: dict, known: list[tuple[str, dict]]) -> list[Block]:
    """The tables by category of one question of a release."""
    told = one.get("by") or []
    found = []
    for level, title in enumerate(titles(known)):
        tables = [table for table in told if _level(table) == level]
        made = (
            _several(one, tables, known, title)
            if one["kind"] == asking.MULTIPLE
            else _by_columns(one, tables, known, title)
        )
        if made:
            found.append(Block(title, made, level))
    return found


def titles(known) -> list[str]:
    """The ways people are divided, in words: by the first axis, by the second, by both."""
    names = [str(AxisCode(code).label) for code, _labels in known]
    titles = [_("By: %(axis)s") % {"axis": name} for name in names]
    if len(names) > 1:
        titles.append(_("By: %(first)s, then %(second)s") % {"first": names[0], "second": names[1]})
    return titles


def levels_told(content: dict) -> set[int]:
    """The ways of dividing people that say something of one question at least."""
    return {_level(table) for one in content["questions"] for table in one.get("by") or ()}


def _level(table: dict) -> int:
    """First axis, second, both crossed."""
    return 2 if table["of"] else table["axis"]


def _by_columns(one, tables, known, title) -> list[AxisTable]:
    """One table for each list of answers put together, line by line of a grid."""
    found: dict[tuple, AxisTable] = {}
    for table in tables:
        answers = [_answer_words(column) for column in table["columns"]]
        key = (table["line"], tuple(answers))
        if key not in found:
            line = table["line_label"]
            caption = line or one["text"]
            before = sum(1 for other, _answers in found if other == table["line"])
            # Answers put together otherwise make another table: each has a name of its own.
            named = f"{caption} ({before + 1})" if before else caption
            found[key] = AxisTable(named, title, line, answers)
        shown = found[key]
        for row in table["rows"]:
            cells = [
                Cell(answer, count, share)
                for answer, count, share in zip(answers, row["counts"], row["shares"], strict=True)
            ]
            shown.lines.append((_row_words(row, table, known), cells))
        _draw(shown, table)
    return list(found.values())


def _several(one, tables, known, title) -> list[AxisTable]:
    """Choices among several side by side: those who ticked each."""
    answers = list(dict.fromkeys(table["line_label"] for table in tables))
    lines: dict[str, list[Cell]] = {}
    for table in tables:
        for row in table["rows"]:
            cell = Cell(table["line_label"], row["counts"][0], row["shares"][0])
            lines.setdefault(_row_words(row, table, known), []).append(cell)
    if not lines:
        return []
    shown = AxisTable(one["text"], title, "", answers, list(lines.items()))
    _draw(shown, tables[0])
    return [shown]


def _draw(shown: AxisTable, table: dict) -> None:
    if not table["of"]:
        shown.pictures = [
            Series(label, [(cell.answer, cell.share) for cell in cells], unit="%", maximum=PERCENT)
            for label, cells in shown.lines
        ]


def _row_words(row, table, known) -> str:
    axis, labels = known[table["axis"]]
    own = category_words(row["code"], row["codes"], axis, labels)
    if not table["of"]:
        return own
    above = category_words(table["of"]["code"], table["of"]["codes"], *known[0])
    return _("%(first)s, %(second)s") % {"first": above, "second": own}


def _answer_words(column) -> str:
    return pgettext("answers told together", " / ").join(
        words.cell_words(key, label) if key else _("Other answers, together") for key, label in column
    )


# Who answered


@dataclass(frozen=True)
class Who:
    """A category among those asked and those who answered, in points."""

    by: str
    category: str
    people: int
    answers: int
    staff: int
    share: int
    gap: int
    low: int
    high: int
    is_notable: bool

    @property
    def row(self) -> list[str]:
        return [
            self.category,
            gap_words(self.gap, self.low, self.high),
            _("%(n)d%%") % {"n": self.share},
            _("%(n)d%%") % {"n": self.staff},
            number_format(self.answers, force_grouping=True),
            number_format(self.people, force_grouping=True),
        ]


def gap_words(gap: int, low: int, high: int) -> str:
    """« −12 (de −15 à −9) »."""
    return _("%(gap)s (from %(low)s to %(high)s)") % {
        "gap": signed(gap),
        "low": signed(low),
        "high": signed(high),
    }


def signed(number: int) -> str:
    """« +3 », « −3 » with the sign of printers, « 0 »."""
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "0"


def who(content: dict) -> list[Who]:
    """Who answered beside who was asked, as released."""
    known = axes_of(content)
    found = []
    for line in content.get("who", []):
        axis, labels = known[line["axis"]]
        found.append(
            Who(
                by=str(AxisCode(axis).label),
                category=category_words(line["code"], line["codes"], axis, labels),
                people=line["people"],
                answers=line["answers"],
                staff=line["staff"],
                share=line["share"],
                gap=line["gap"],
                low=line["low"],
                high=line["high"],
                is_notable=line["notable"],
            )
        )
    return found


def who_while_open(questionnaire, lines) -> list[Who]:
    """The same while it is open, from counts by tens."""
    return [
        Who(
            by=str(AxisCode(questionnaire.axes[line.axis]).label),
            category=category_words(
                line.group.code,
                line.group.codes,
                questionnaire.axes[line.axis],
                questionnaire.frame.labels.get(questionnaire.axes[line.axis], {}),
            ),
            people=line.people,
            answers=line.answers,
            staff=round(line.gap.staff),
            share=round(line.gap.share),
            gap=line.gap.points,
            low=round(line.gap.low),
            high=round(line.gap.high),
            is_notable=line.gap.is_notable,
        )
        for line in lines
    ]


def who_tables(found: list[Who]) -> list[dict]:
    """One table an axis, as ``theme/c/data_table.html`` draws it."""
    columns = [
        {"label": pgettext("results", "Category")},
        {"label": _("Gap in points"), "numeric": True},
        {"label": _("Share of the answers"), "numeric": True},
        {"label": _("Share of the people asked"), "numeric": True},
        {"label": _("Answers"), "numeric": True},
        {"label": _("People asked"), "numeric": True},
    ]
    names = list(dict.fromkeys(one.by for one in found))
    return [
        {
            "caption": _("Who answered, by: %(axis)s") % {"axis": name},
            "columns": columns,
            "rows": [one.row for one in found if one.by == name],
        }
        for name in names
    ]


def missing_words(found: list[Who]) -> str:
    """The categories that answered much too little; empty when none did."""
    return ", ".join(one.category for one in found if one.is_notable)
