"""The graph of a process as a picture: columns by distance from the first stage, ends in the last one."""

from dataclasses import dataclass
from textwrap import wrap

from .enums import FINAL

BOX_WIDTH, BOX_HEIGHT = 160, 48
COLUMN_GAP, ROW_GAP = 76, 24
MARGIN = 24
LINE_LENGTH = 21


@dataclass(frozen=True)
class Line:
    """One line of text, already placed."""

    text: str
    x: int
    y: int


@dataclass(frozen=True)
class Box:
    """A stage, placed."""

    stage: object
    x: int
    y: int
    lines: tuple[Line, ...]

    @property
    def css_class(self) -> str:
        if self.stage.is_start:
            return "process-box process-box--start"
        return "process-box process-box--end" if self.stage.kind in FINAL else "process-box"


@dataclass(frozen=True)
class Arrow:
    """All the transitions between two stages, as one curve."""

    path: str
    title: str
    is_automatic: bool
    goes_back: bool

    @property
    def css_class(self) -> str:
        names = ["process-arrow"]
        if self.is_automatic:
            names.append("process-arrow--automatic")
        if self.goes_back:
            names.append("process-arrow--back")
        return " ".join(names)


@dataclass(frozen=True)
class Picture:
    """Everything a template needs to draw; it computes nothing."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    box_width: int = BOX_WIDTH
    box_height: int = BOX_HEIGHT


def draw(process) -> Picture:
    """Place the stages of a process, a faulty draft's too: what nothing leads to stands in the first column."""
    stages = {stage.slug: stage for stage in process.stages.all()}
    transitions = [way for way in process.transitions.all() if way.from_slug in stages and way.to_slug in stages]
    columns = _columns(stages, transitions)
    rows = _rows(stages, transitions, columns)
    height = max((len(column) for column in rows), default=1)
    boxes = {
        slug: _box(stages[slug], number, place, len(column), height)
        for number, column in enumerate(rows)
        for place, slug in enumerate(column)
    }
    return Picture(
        width=2 * MARGIN + len(rows) * BOX_WIDTH + max(len(rows) - 1, 0) * COLUMN_GAP,
        height=2 * MARGIN + height * BOX_HEIGHT + (height - 1) * ROW_GAP,
        boxes=tuple(boxes.values()),
        arrows=tuple(_arrows(transitions, boxes)),
    )


def _columns(stages, transitions) -> dict[str, int]:
    """Distance from the first stage for stages where one rests; the ends all stand in the last column."""
    column = {slug: 0 for slug, stage in stages.items() if stage.is_start}
    waiting = list(column)
    while waiting:
        slug = waiting.pop(0)
        for way in transitions:
            if way.from_slug == slug and way.to_slug not in column and stages[way.to_slug].kind not in FINAL:
                column[way.to_slug] = column[slug] + 1
                waiting.append(way.to_slug)
    last = max(column.values(), default=0) + 1
    for slug, stage in stages.items():
        column.setdefault(slug, last if stage.kind in FINAL else 0)
    return column


def _rows(stages, transitions, column: dict[str, int]) -> list[list[str]]:
    """Stages of each column, ordered near those they come from, so that few curves cross."""
    rows: list[list[str]] = [[] for _number in range(max(column.values(), default=0) + 1)]
    for slug in stages:
        rows[column[slug]].append(slug)
    rows = [row for row in rows if row]
    for left, right in zip(rows, rows[1:], strict=False):
        place = {slug: number for number, slug in enumerate(left)}

        def centre(slug, place=place, right=right):
            origins = [place[way.from_slug] for way in transitions if way.to_slug == slug and way.from_slug in place]
            return sum(origins) / len(origins) if origins else len(place) + right.index(slug)

        right[:] = sorted(list(right), key={slug: centre(slug) for slug in right}.__getitem__)
    return rows


def _box(stage, column: int, place: int, in_column: int, height: int) -> Box:
    x = MARGIN + column * (BOX_WIDTH + COLUMN_GAP)
    spare = (height - in_column) * (BOX_HEIGHT + ROW_GAP) // 2
    y = MARGIN + spare + place * (BOX_HEIGHT + ROW_GAP)
    words = wrap(stage.staff_text, LINE_LENGTH, max_lines=2, placeholder="…") or [stage.slug]
    first = y + BOX_HEIGHT // 2 + 5 - (len(words) - 1) * 9
    lines = tuple(Line(text, x + BOX_WIDTH // 2, first + number * 18) for number, text in enumerate(words))
    return Box(stage, x, y, lines)


def _arrows(transitions, boxes: dict[str, Box]):
    pairs: dict[tuple[str, str], list] = {}
    for way in transitions:
        if way.from_slug != way.to_slug:
            pairs.setdefault((way.from_slug, way.to_slug), []).append(way)
    for (from_slug, to_slug), ways in pairs.items():
        start, end = boxes[from_slug], boxes[to_slug]
        names = ", ".join(way.text for way in ways)
        yield Arrow(
            path=_curve(start, end),
            title=f"{start.stage.staff_text} → {end.stage.staff_text} : {names}",
            is_automatic=all(way.is_automatic for way in ways),
            goes_back=end.x <= start.x,
        )


def _curve(start: Box, end: Box) -> str:
    """Forward: from side to side. Back or within a column: around, below the boxes."""
    from_y, to_y = start.y + BOX_HEIGHT // 2, end.y + BOX_HEIGHT // 2
    if end.x > start.x:
        from_x, to_x = start.x + BOX_WIDTH, end.x - 4
        bend = max(COLUMN_GAP // 2, (to_x - from_x) // 3)
        return f"M{from_x} {from_y} C{from_x + bend} {from_y} {to_x - bend} {to_y} {to_x} {to_y}"
    if end.x == start.x:
        side = start.x + BOX_WIDTH
        bend = side + COLUMN_GAP // 2
        return f"M{side} {from_y + 8} C{bend} {from_y + 8} {bend} {to_y - 8} {side + 4} {to_y - 8}"
    from_x, to_x = start.x, end.x + BOX_WIDTH + 4
    bend = max(COLUMN_GAP // 2, (from_x - to_x) // 3)
    return f"M{from_x} {from_y + 12} C{from_x - bend} {from_y + 40} {to_x + bend} {to_y + 40} {to_x} {to_y + 12}"
