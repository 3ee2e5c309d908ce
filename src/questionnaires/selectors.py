"""Reads shaped for a page: cards, results, the printed sheet."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from src.directory.viewer import as_viewer
from src.foundations import documents
from theme.charts import Series

from . import asking, by_axis, figures, rules, set_aside, words
from .enums import QuestionKind, State
from .forms.answering import consequence
from .models import AnswerRoll, AnswerSet

PERCENT = 100
TONES = {State.OPEN: "ok", State.CLOSED: "info", State.COMING: "", State.COUNTING: "", State.PREPARED: "warn"}
ICONS = {
    State.OPEN: "circle-play",
    State.CLOSED: "chart-column",
    State.COMING: "clock",
    State.COUNTING: "hourglass",
    State.PREPARED: "pencil",
}


@dataclass(frozen=True)
class Card:
    """A questionnaire of the list."""

    questionnaire: object
    state: State
    until: object
    minutes: str
    answered: bool

    @property
    def last_day(self):
        return rules.last_day(self.until)

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def icon(self) -> str:
        return ICONS[self.state]

    @property
    def url(self) -> str:
        return self.questionnaire.get_absolute_url()


def cards(user, questionnaires) -> list[Card]:
    """Cards of these questionnaires; one statement more for somebody signed in."""
    viewer = as_viewer(user)
    own = set()
    if viewer.is_authenticated and questionnaires:
        own = set(
            AnswerSet.objects.of(viewer)
            .filter(questionnaire__in=questionnaires)
            .values_list("questionnaire_id", flat=True)
            .union(
                AnswerRoll.objects.filter(person_id=viewer.user_id, questionnaire__in=questionnaires).values_list(
                    "questionnaire_id", flat=True
                )
            )
        )
    return [
        Card(one, rules.state_of(one), rules.until(one), words.minutes_words(one.minutes), one.pk in own)
        for one in questionnaires
    ]


def asked_words(questionnaire) -> str:
    """« 5 questions »."""
    revision = questionnaire.revision or questionnaire.draft
    asked = sum(1 for question in revision.ordered if question.is_asked) if revision else 0
    return ngettext("%(n)d question", "%(n)d questions", asked) % {"n": asked}


def modes_words(questionnaire) -> list[str]:
    """What each way of answering entails, and what stays beside the answers."""
    beside = words.kept_beside(questionnaire)
    return [*(consequence(mode) for mode in rules.modes_offered(questionnaire)), *([beside] if beside else [])]


# Results


class Figure(NamedTuple):
    """One line of results: what was answered, by how many, and that share in points."""

    answer: str
    count: int
    share: int


@dataclass
class ResultTable:
    """A chart and the table of the same figures."""

    caption: str
    figures: list[Figure]
    has_chart: bool = True
    note: str = ""

    @property
    def series(self) -> Series | None:
        if not self.has_chart:
            return None
        points = [(one.answer, one.share) for one in self.figures]
        return Series(self.caption, points, unit="%", maximum=PERCENT)

    @property
    def columns(self) -> list[dict]:
        return _columns()

    @property
    def rows(self) -> list[list[str]]:
        """The figures in words."""
        return [
            [one.answer, number_format(one.count, force_grouping=True), _("%(n)d%%") % {"n": one.share}]
            for one in self.figures
        ]


@dataclass
class Result:
    """The results of one question."""

    number: int
    text: str
    base: str
    withheld: str
    tables: list[ResultTable] = field(default_factory=list)
    version: str = ""
    by: list[by_axis.Block] = field(default_factory=list)


def results(release, level: int | None = -1) -> list[Result]:
    """The results told, question by question, in the reader's language.

    ``level`` keeps one way of dividing people alone; None everybody alone.
    """
    told, known = release.content["questions"], by_axis.axes_of(release.content)
    reworded = {one["key"] for one in told if sum(1 for other in told if other["key"] == one["key"]) > 1}
    numbers: dict[str, int] = {}
    found = []
    for one in told:
        number = numbers.setdefault(one["key"], len(numbers) + 1)
        result = _result(one, number, one["key"] in reworded)
        result.by = [block for block in by_axis.blocks(one, known) if level in (-1, block.level)]
        found.append(result)
    return found


def _result(one: dict, number: int, is_reworded: bool) -> Result:
    result = Result(
        number=number,
        text=one["text"],
        base=_base(one),
        withheld=words.withheld_words(one["withheld"], one["k"]) if one["withheld"] else "",
    )
    if is_reworded:
        result.version = _("As it was worded in version %(versions)s.") % {
            "versions": ", ".join(map(str, one["revisions"]))
        }
    if one["withheld"]:
        return result
    if one["options"]:
        result.tables.append(_options(one))
    for table in one["tables"]:
        # Who answered a question of several choices or lines is a table too: without a chart.
        who = bool(one["options"]) or (one["kind"] in asking.WITH_ROWS and not table["label"])
        result.tables.append(_table(one, table, chart=not who, who=who))
    return result


def _base(one: dict) -> str:
    if one["asked"] is None:
        return ""
    asked = number_format(one["asked"], force_grouping=True)
    return ngettext("Asked of %(n)s person.", "Asked of %(n)s people.", one["asked"]) % {"n": asked}


def _columns() -> list[dict]:
    return [
        {"label": pgettext("results", "Answer")},
        {"label": _("Number of answers"), "numeric": True},
        {"label": _("Share"), "numeric": True},
    ]


def share(number: int, total: int) -> int:
    """A share rounded to one point."""
    return round(PERCENT * number / total) if total else 0


def _table(one: dict, table: dict, *, chart: bool, who: bool) -> ResultTable:
    caption = table["label"] or (pgettext("results", "Who answered") if who else one["text"])
    # Nobody declined, nobody left it blank: there is nothing to say of them.
    told = [row for row in table["rows"] if row[2] or not row[0].startswith("_")]
    lines = [(words.cell_words(key, label), number) for key, label, number in told]
    total = sum(number for _label, number in lines) + table["together"]
    if table["together"]:
        lines.append((_("Other answers, together"), table["together"]))
    if not table["rows"]:
        note = _("Not shown: too few of some answers.")
        return ResultTable(caption, [], has_chart=False, note=note)
    told = [Figure(label, number, share(number, total)) for label, number in lines]
    return ResultTable(caption, told, chart, _median(one, table))


def _median(one: dict, table: dict) -> str:
    """The grade in the middle, where each is shown: as many give it or better as give it or worse."""
    if one["kind"] != asking.GRADES or table["together"] or not table["label"]:
        return ""
    graded = [(label, number) for key, label, number in table["rows"] if not key.startswith("_")]
    total, reached = sum(number for _label, number in graded), 0
    for label, number in graded:
        reached += number
        if 2 * reached >= total:
            return _("Median grade: %(grade)s") % {"grade": label}
    return ""


def _options(one: dict) -> ResultTable:
    given = one["given"]
    told = [Figure(label, number, share(number, given)) for _key, label, number in one["options"]]
    note = _("Several answers were possible: shares add up to more than 100%.")
    if one["hidden"]:
        note += " " + _("Not shown, ticked or left by too few: %(choices)s.") % {"choices": ", ".join(one["hidden"])}
    return ResultTable(one["text"], told, note=note)


def answered_words(release) -> str:
    """How many answered, when that is told."""
    answers = release.content["answers"]
    if release.content.get("is_held"):
        return _("These answers are told beside those of another questionnaire, never alone.")
    if answers is None:
        return _("Fewer than %(k)d people answered: no result is shown, so that nobody can be recognised.") % {
            "k": release.content["k"]
        }
    return ngettext("%(n)s person answered.", "%(n)s people answered.", answers) % {
        "n": number_format(answers, force_grouping=True)
    }


def warnings(release) -> list[str]:
    """What stands on every result of an open link: who it doesn't stand for, and its unusual days."""
    if not release.questionnaire.is_open_link:
        return []
    days = release.content.get("unusual_days", 0)
    return [words.voluntary(), *([words.unusual_words(days)] if days else [])]


def method_words(release) -> str:
    """How the figures are told."""
    told = _(
        "Answers are voluntary: they do not stand for everybody. No count under %(k)d is shown, nor any that could be "
        "found again by subtraction. Shares are rounded to one point."
    ) % {"k": release.content["k"]}
    categories = ""
    if release.content.get("axes"):
        categories = _("By category, counts are rounded to five, and small categories and answers are put together.")
    return " ".join(filter(None, (told, categories, set_aside.words(release))))


def export_rows(release):
    """The same figures as lines of a file: of everybody, then by category, then who answered."""
    for warning in warnings(release):
        yield [warning, "", "", "", "", "", ""]
    for result in results(release):
        if result.withheld:
            yield [result.text, "", "", "", result.withheld, "", ""]
        for table in result.tables:
            line = "" if table.caption == result.text else table.caption
            if not table.figures:
                yield [result.text, line, "", "", table.note, "", ""]
            for figure in table.figures:
                yield [result.text, line, "", "", *figure]
        for table in (table for block in result.by for table in block.tables):
            for category, cells in table.lines:
                for cell in cells:
                    yield [result.text, table.line, table.by, category, cell.answer, cell.count, cell.share]
    for one in by_axis.who(release.content):
        name = _("Who answered")
        yield [name, "", one.by, one.category, _("People asked"), one.people, one.staff]
        yield [name, "", one.by, one.category, _("Answers"), one.answers, one.share]
        yield [name, "", one.by, one.category, _("Gap in points"), one.gap, ""]


def export_columns() -> list[str]:
    """The columns of the file."""
    return [
        _("Question"),
        _("Line"),
        pgettext("results", "Told by"),
        pgettext("results", "Category"),
        pgettext("results", "Answer"),
        _("Number of answers"),
        _("Share (%)"),
    ]


# Paper


@dataclass(frozen=True)
class Printed:
    """A question as it stands on paper."""

    number: int
    question: object
    instruction: str
    boxes: list
    lines: range
    only_if: str

    @property
    def picture(self) -> str:
        """Its image as data, for paper; empty without one."""
        return documents.picture(self.question.image) if self.question.image else ""

    @property
    def picture_alt(self) -> str:
        """What its image shows."""
        return self.question.image_alt


def printed(revision) -> list[Printed]:
    """The questions of a revision in their order, with what to do and the room to write."""
    found, numbers = [], {}
    for question in revision.ordered:
        number = len(numbers) + 1 if question.is_asked else 0
        if number:
            numbers[question.key] = number
        found.append(
            Printed(
                number,
                question,
                _instruction(question),
                _boxes(question),
                range(
                    {QuestionKind.SHORT_TEXT: 4, QuestionKind.LONG_TEXT: 10, QuestionKind.NUMBER: 1}.get(
                        question.kind, 0
                    )
                ),
                _only_if(question, revision, numbers),
            )
        )
    return found


def _instruction(question) -> str:
    spec = question.spec
    if spec.kind == asking.SINGLE:
        return _("Tick one box.")
    if spec.kind == asking.MULTIPLE:
        return (
            ngettext("Tick %(n)d box at most.", "Tick %(n)d boxes at most.", spec.most) % {"n": spec.most}
            if spec.most
            else _("Tick all that apply.")
        )
    if spec.kind == asking.SCALE:
        return _("Circle one number.")
    if spec.kind == asking.RANKING:
        return _("Write 1 before what comes first, then 2, 3…")
    if spec.kind in asking.WITH_ROWS:
        return _("Tick one box on each line.")
    return _("Name nobody.") if spec.kind in asking.TEXTS else ""


def _boxes(question) -> list[str]:
    spec = question.spec
    if spec.kind == asking.SCALE:
        boxes = [
            words.no_opinion() if one == asking.NO_OPINION else figures.scale_words(question, one)
            for one in spec.readable
        ]
    elif spec.kind in asking.WITH_ROWS:
        boxes = []
    else:
        boxes = [choice["label"] for choice in question.choices]
    return [*boxes, words.declined()] if spec.personal else boxes


def _only_if(question, revision, numbers: dict) -> str:
    condition = question.condition
    if not condition or condition["question"] not in revision.by_key:
        return ""
    source = revision.by_key[condition["question"]]
    values = [words.no_opinion() if one == asking.NO_OPINION else source.label_of(one) for one in condition["values"]]
    return _("Only if you answered question %(number)s: %(answers)s") % {
        "number": numbers.get(source.key, "?"),
        "answers": ", ".join(values),
    }
