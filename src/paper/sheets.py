"""A sheet drawn from the fields of the web's form: lines as long as the text may be, boxes to tick, pages that fit."""

from dataclasses import dataclass, field, replace
from math import ceil

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .forms import ReferenceForm, who_form
from .registry import PaperForm

LINES, LINE, BOXES, TICK, DAY, NOTE, PICTURE = "lines", "line", "boxes", "tick", "day", "note", "picture"
# Millimetres a picture takes at most (paper/sheets.css).
PICTURE_HEIGHT = 60
# Signs one writes on a line of 170 mm by hand, and lines at most: a longer text goes on plain paper, pinned.
SIGNS_A_LINE = 60
MOST_LINES = 34
# One leaf, both sides (two leaves in large print): lines are taken off long questions down to this many.
LEAST_LINES = 8
# Longer lists are written in words on a line.
MOST_BOXES = 14


@dataclass(frozen=True)
class Box:
    """A choice: its number (the key the facilitator presses), its words, the sentences under them."""

    number: int
    value: str
    label: str
    hints: tuple = ()


@dataclass(frozen=True)
class Asked:
    """One question of a sheet. ``count`` lines are drawn here; ``goes_on`` when it continues from the page before."""

    name: str
    label: str
    hint: str
    kind: str
    required: bool
    count: int = 0
    boxes: tuple = ()
    goes_on: bool = False
    # Fewer lines than the web takes signs: the sheet says where to go on.
    is_short: bool = False
    # The address of data of a picture; ``label`` says what it shows.
    picture: str = ""

    @property
    def rules(self) -> range:
        """One step for each line to draw."""
        return range(self.count)


@dataclass(frozen=True)
class Metrics:
    """Heights in millimetres of what a page is made of."""

    page: float
    line: float
    text: float
    signs: int
    head: float
    strip: float
    sides: int


NORMAL = Metrics(page=265, line=8.5, text=5.4, signs=92, head=44, strip=62, sides=2)
LARGE = Metrics(page=265, line=12, text=8.2, signs=56, head=64, strip=72, sides=4)


@dataclass
class Page:
    """What is drawn on one side."""

    items: list = field(default_factory=list)
    has_strip: bool = False
    is_back_of_strip: bool = False


def questions(paper: PaperForm, form) -> list[Asked]:
    """The questions of a form in the paper's order; a kind of field nobody can draw is refused."""
    found = []
    for name in paper.fields:
        # Words to read before a question, where the form has some.
        found += [note(words) for words in getattr(form.fields[name], "notes", ())]
        found += _pictures(getattr(form.fields[name], "pictures", ()))
        asked = _asked(form[name])
        found.append(replace(asked, hint=str(paper.hints.get(name, asked.hint))))
    found += [note(words) for words in getattr(form, "closing_notes", ())]
    return found + _pictures(getattr(form, "closing_pictures", ()))


def _pictures(shown) -> list[Asked]:
    """Pictures to look at before a question; one whose file is gone leaves its words."""
    return [
        Asked(name="", label=one.picture_alt, hint="", kind=PICTURE, required=True, picture=picture)
        if (picture := one.picture)
        else note(one.picture_alt)
        for one in shown
    ]


def _asked(bound) -> Asked:
    source = bound.field
    common = {
        "name": bound.name,
        "label": str(bound.label),
        "hint": str(source.help_text or ""),
        "required": source.required or getattr(source, "is_needed", False),
    }
    if isinstance(source, forms.BooleanField):
        return Asked(**common, kind=TICK)
    if isinstance(source, forms.ChoiceField | forms.ModelChoiceField):
        boxes = _boxes(source)
        if len(boxes) > MOST_BOXES:
            return Asked(**common, kind=LINE, count=1)
        return Asked(**common, kind=BOXES, boxes=boxes)
    if isinstance(source, forms.DateField):
        return Asked(**common, kind=DAY)
    if isinstance(source, forms.FileField) or not isinstance(source, forms.CharField | forms.IntegerField):
        raise ValueError(f"{bound.name}: a {type(source).__name__} has no place on paper; leave it out with a reason.")
    length = getattr(source, "max_length", None) or SIGNS_A_LINE
    if isinstance(source.widget, forms.Textarea) and length > 2 * SIGNS_A_LINE:
        wanted = ceil(length / SIGNS_A_LINE)
        return Asked(**common, kind=LINES, count=min(wanted, MOST_LINES), is_short=wanted > MOST_LINES)
    return Asked(**common, kind=LINE, count=min(ceil(length / SIGNS_A_LINE), 2))


def _boxes(source) -> tuple:
    choices = [(value, label) for value, label in source.choices if str(value)]
    return tuple(
        Box(number, str(value), str(label), tuple(str(hint) for hint in getattr(label, "hints", ())))
        for number, (value, label) in enumerate(choices, start=1)
    )


def who_questions(paper: PaperForm) -> list[Asked]:
    """Who writes, asked after the rest: the same words as the screen where it is typed."""
    form = who_form(paper)
    return [_asked(form[name]) for name in form.fields]


def note(sentence: str) -> Asked:
    """Words to read, with nothing to fill."""
    return Asked(name="", label="", hint=sentence, kind=NOTE, required=True)


def lay_out(asked: list[Asked], metrics: Metrics, *, with_strip: bool) -> list[Page]:
    """Pages of one sheet, on as few leaves as its questions allow: long ones give up lines, never below eight."""
    while True:
        pages = paginate(asked, metrics, with_strip=with_strip)
        longest = max((item.count for item in asked if item.kind == LINES), default=0)
        if len(pages) <= metrics.sides or longest <= LEAST_LINES:
            return pages
        asked = [
            replace(item, count=item.count - 1, is_short=True)
            if item.kind == LINES and item.count == longest
            else item
            for item in asked
        ]


def paginate(asked: list[Asked], metrics: Metrics, *, with_strip: bool) -> list[Page]:
    """Lay questions out on pages; long texts go on overleaf. The back of the slip stays empty: it is torn off."""
    strip = metrics.strip if with_strip else 0
    pages = [Page(has_strip=with_strip)]
    left = metrics.page - metrics.head - strip

    def turn():
        nonlocal left
        second = len(pages) == 1
        pages.append(Page(is_back_of_strip=second and with_strip))
        left = metrics.page - (strip if second else 0)

    for item in asked:
        fixed, unit = _height(item, metrics)
        if not unit:
            if fixed > left and pages[-1].items:
                turn()
            pages[-1].items.append(item)
            left -= fixed
            continue
        rest, first = item.count, True
        while rest:
            head = fixed if first else metrics.text * 2
            fits = int((left - head) // unit)
            if fits < min(rest, 3):
                turn()
                continue
            drawn = min(rest, fits)
            short = item.is_short and drawn == rest
            pages[-1].items.append(replace(item, count=drawn, goes_on=not first, is_short=short))
            left -= head + drawn * unit
            rest, first = rest - drawn, False
    if with_strip and len(pages) % 2:
        # Printed on both sides, the next sheet must not begin on the back of this one.
        pages.append(Page())
    return pages


def _height(item: Asked, metrics: Metrics) -> tuple[float, float]:
    """What a question takes whole, and what each of its lines takes."""

    def words(text: str, signs: int) -> float:
        return ceil(len(text) / signs) * metrics.text if text else 0

    head = words(item.label, int(metrics.signs * 0.85)) + words(item.hint, metrics.signs) + metrics.text
    if item.kind == LINES:
        return head + (metrics.text if item.is_short else 0), metrics.line
    if item.kind == BOXES:
        inner = metrics.signs - 8
        return head + sum(
            words(box.label, inner) + sum(words(hint, inner) for hint in box.hints) + 2.2 for box in item.boxes
        ), 0
    if item.kind == PICTURE:
        return PICTURE_HEIGHT + metrics.text, 0
    if item.kind in (TICK, NOTE):
        return head, 0
    return head + metrics.line * max(item.count, 1), 0


def promise_of_destruction(day) -> str:
    """Sentence n° 8 of the glossary."""
    return _(
        "The person who copies your sheet reads it. The sheet is destroyed after it was checked, at the latest on "
        "%(date)s."
    ) % {"date": date_format(day, "DATE_FORMAT")}


def reference_question() -> Asked:
    """Which contribution the sheet is about."""
    return _asked(ReferenceForm()["reference"])
