"""A barometer in the reader's words: charts, tables, changes, and what answers each finding."""

from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from theme.templatetags.theme import short_day
from theme.trend_chart import Mark, Trend

from . import answering_findings, barometer_reading, category_page, category_trends
from .barometer_reading import Line, Point, Reading
from .between_editions import smallest
from .change_words import change_words, percent, verdict_words
from .models import Finding
from .trends import Verdict

VERDICT_TONES = {Verdict.UP: ("info", "arrow-up"), Verdict.DOWN: ("info", "arrow-down"), Verdict.NONE: ("", "minus")}


@dataclass
class Answered:
    """A finding, its edition in words, and the measures that answer it; ``new``: decided since the edition before."""

    finding: Finding
    about: str
    edition: str
    measures: list = field(default_factory=list)
    new: list = field(default_factory=list)
    since: str = ""


@dataclass
class Shown:
    """One followed question on a page."""

    line: Line
    chart: Trend
    columns: list
    rows: list
    words: str
    tone: str
    icon: str
    notes: list[str] = field(default_factory=list)
    findings: list[Answered] = field(default_factory=list)
    # By category, where every edition shown tells it.
    by: list[category_page.Shown] = field(default_factory=list)

    @property
    def caption(self) -> str:
        """The words of its table, which aren't those of its section."""
        return _("Edition by edition: %(question)s") % {"question": self.line.text}


def line_words(line: Line) -> tuple[str, Verdict | None]:
    """What a line says, in one sentence: over all its editions, honest when it is flat."""
    told = [point for point in line.segment if point.share]
    if not told:
        return _("Nothing is told of the last edition."), None
    if len(told) == 1:
        return _("One edition to read: nothing to compare it with yet."), None
    first = told[0].edition.words
    step = line.whole or line.steps[-1]
    values = {"change": change_words(step.change), "edition": first}
    if line.is_flat:
        return _("No clear change since %(edition)s: the line is flat.") % values, Verdict.NONE
    return _("Since %(edition)s: %(change)s.") % values, step.change.verdict


def shown_lines(reading: Reading, viewer) -> list[Shown]:
    """Each followed question as it is shown; one read more for the measures."""
    answers = answering_findings.read(reading.findings, viewer)
    return [_shown(line, reading, answers) for line in reading.lines]


def _shown(line: Line, reading: Reading, answers) -> Shown:
    sentence, verdict = line_words(line)
    tone, icon = VERDICT_TONES[verdict] if verdict else ("", "info")
    return Shown(
        line=line,
        chart=Trend(line.text, [_mark(point) for point in line.points]),
        columns=_columns(),
        rows=[_row(point, line) for point in line.points],
        words=sentence,
        tone=tone,
        icon=icon,
        notes=_notes(line, reading),
        findings=[answered(one, reading, answers) for one in line.findings],
        by=category_page.shown(line),
    )


def _mark(point: Point) -> Mark:
    share = point.share
    label = _("Ed. %(n)d") % {"n": point.edition.number}
    if share is None:
        return Mark(label, None, breaks=bool(point.breaks))
    return Mark(label, share.percent, percent(share.low), percent(share.high), bool(point.breaks))


def _columns() -> list[dict]:
    return [
        {"label": _("Edition")},
        {"label": _("Share"), "numeric": True},
        {"label": _("What chance allows (95%)"), "numeric": True},
        {"label": _("Answers"), "numeric": True},
        {"label": _("Since the edition before")},
    ]


def _row(point: Point, line: Line) -> list[str]:
    name = _("%(edition)s (%(year)s)") % {
        "edition": point.edition.words,
        "year": barometer_reading.year_of(point.edition),
    }
    step = next((one for one in line.steps if one.after is point), None)
    since = " ".join(point.breaks) if point.breaks else change_words(step.change) if step else ""
    if point.breaks:
        since = _("Not comparable. %(why)s") % {"why": since}
    if point.share is None:
        return [name, _("not told"), "", "", " ".join(filter(None, [point.withheld, since]))]
    share = point.share
    return [
        name,
        _("%(n)d%%") % {"n": share.percent},
        _("%(low)d to %(high)d%%") % {"low": percent(share.low), "high": percent(share.high)},
        number_format(share.number, force_grouping=True),
        since,
    ]


def _notes(line: Line, reading: Reading) -> list[str]:
    """What one must know to read a line."""
    notes = []
    if line.is_new:
        notes.append(_("New in %(edition)s.") % {"edition": line.points[0].edition.words})
    if line.is_retired:
        notes.append(_("No longer asked since %(edition)s.") % {"edition": line.points[-1].edition.words})
    if not line.tracked.is_core:
        notes.append(_("Of the optional block: asked in some editions only."))
    typed = [point for point in line.points if point.edition.is_typed]
    if typed:
        notes.append(
            ngettext(
                "%(editions)s was held before Terrain: its figure was typed from a report, not counted here.",
                "%(editions)s were held before Terrain: their figures were typed from reports, not counted here.",
                len(typed),
            )
            % {"editions": ", ".join(point.edition.words for point in typed)}
        )
    notes += [
        _("%(edition)s asked: “%(wording)s”.") % {"edition": point.edition.words, "wording": point.wording}
        for point in typed
        if point.wording
    ]
    return notes


def answered(finding: Finding, reading: Reading, answers) -> Answered:
    """A finding with what answers it; what was decided since the edition before the last is told apart."""
    measures = answers.get(finding.pk, [])
    since = barometer_reading.day_of(reading.editions[-2]) if len(reading.editions) > 1 else None
    about = finding.theme.name if finding.theme_id else ""
    return Answered(
        finding,
        about,
        finding.edition.words,
        measures,
        [one for one in measures if since is not None and one.decided_on > since],
        reading.editions[-2].words if since is not None else "",
    )


def theme_findings(reading: Reading, viewer) -> list[Answered]:
    """The findings on themes of a synthesis, which no line holds."""
    found = [one for one in reading.findings if one.theme_id]
    answers = answering_findings.read(found, viewer)
    return [answered(one, reading, answers) for one in found]


def unanswered_words(shown: list[Answered]) -> str:
    """How many findings nothing answers; empty when each has its measure."""
    left = sum(1 for one in shown if not one.measures)
    if not shown or not left:
        return ""
    return ngettext(
        "%(n)d finding has no measure yet: it is told below.",
        "%(n)d findings have no measure yet: they are told below.",
        left,
    ) % {"n": left}


def edition_rows(reading: Reading) -> list[list]:
    """The editions: when, how many were asked and answered, how, and where their figures come from."""
    return [_edition_row(one) for one in reading.editions]


def edition_columns() -> list[dict]:
    return [
        {"label": _("Edition")},
        {"label": _("Last day")},
        {"label": _("People asked"), "numeric": True},
        {"label": _("Answers"), "numeric": True},
        {"label": _("Where its figures come from")},
    ]


def _edition_row(edition) -> list:
    answers = barometer_reading.answered(edition)
    if edition.is_typed:
        source = _("Typed from: %(source)s") % {"source": edition.source}
    else:
        source = {
            "text": _("Answers given here: %(mode)s")
            % {"mode": edition.questionnaire.get_answer_mode_display().lower()},
            "url": f"{edition.questionnaire.get_absolute_url()}resultats/",
        }
    return [
        edition.words,
        short_day(barometer_reading.day_of(edition)),
        _number(edition.asked),
        _number(answers),
        source,
    ]


def _number(value: int | None) -> str:
    return _("not known") if value is None else number_format(value, force_grouping=True)


def mode_words(reading: Reading) -> str:
    """That people didn't answer in the same way in each edition; empty when they did."""
    modes = {one.questionnaire.answer_mode for one in reading.editions if not one.is_typed}
    if len(modes) < 2:
        return ""
    return _("People didn't answer in the same way in each edition: compare with care.")


def method_words() -> list[str]:
    """How the figures are made, and how they are to be read."""
    return [
        _("A share is told of the people who answered the question. Answers are voluntary: they don't stand for all."),
        _(
            "The bar on each point is Wilson's interval (1927), that of a change is Newcombe's (1998, method 10): "
            "what chance alone would allow, nineteen times in twenty, had those who answered been drawn by lot."
        ),
        _(
            "A rise or a fall is clear when the whole interval of the change is on one side of zero. Of twenty "
            "changes where nothing moves, one may look clear."
        ),
        _(
            "The same people may answer twice, nobody knows who: the intervals of changes are then a little too wide, "
            "never too narrow by that."
        ),
        _("Nothing is told of fewer than %(k)d people, in an edition or between two.") % {"k": smallest()},
        _(
            "A category is shown where every edition shown tells it apart. Its counts are rounded to five and its "
            "shares to one point, as in the results of each edition: the intervals of its changes are a point wider."
        ),
    ]


# Files


def export_columns() -> list[str]:
    return [
        _("Question"),
        _("Answers counted"),
        _("Edition"),
        _("Last day"),
        _("Typed"),
        _("Share (%)"),
        _("From (%)"),
        _("To (%)"),
        _("Answers"),
        _("Change (points)"),
        pgettext("change", "From"),
        pgettext("change", "To"),
        _("Verdict"),
        _("Remark"),
        pgettext("results", "Told by"),
        pgettext("results", "Category"),
    ]


def export_rows(reading: Reading):
    """The same figures as lines of a file: one a question and edition, then one a category and edition."""
    for line in reading.lines:
        for point in line.points:
            yield [
                line.text,
                line.tracked.counted_words,
                point.edition.number,
                barometer_reading.day_of(point.edition),
                _("yes") if point.edition.is_typed else _("no"),
                *figures_of(point),
                *changes_of(point, line),
                note_of(point),
                "",
                "",
            ]
        for trend in category_trends.of_line(line):
            yield from category_page.export_rows(line, trend)


def figures_of(point: Point) -> list:
    """Share and bounds in whole percents, and how many answered; empty where nothing is told."""
    share = point.share
    if share is None:
        return ["", "", "", ""]
    return [share.percent, percent(share.low), percent(share.high), share.number]


def changes_of(point: Point, line: Line) -> list:
    """What changed since the edition before, in points, and what it is said to be."""
    step = next((one for one in line.steps if one.after is point), None)
    if step is None:
        return ["", "", "", ""]
    return [*step.change.told, verdict_words(step.change.verdict)]


def note_of(point: Point) -> str:
    """Why a figure isn't told, or isn't compared."""
    why = [_("Not comparable. %(why)s") % {"why": " ".join(point.breaks)}] if point.breaks else []
    return " ".join(filter(None, [point.withheld, *why]))
