"""The trends of a barometer as pages, files and programs show them: read from what each edition told, nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer

from . import comparing, figures, rules, trends
from .models import Barometer, Edition, Finding, PastFigure, Questionnaire, TrackedQuestion
from .words import withheld_words


@dataclass
class Point:
    """A question in one edition: its share, or why there is none. ``breaks``: why it isn't compared with before."""

    edition: Edition
    share: trends.Share | None = None
    # Why nothing is told; empty when something is.
    withheld: str = ""
    wording: str = ""
    breaks: list[str] = field(default_factory=list)
    question: object = None


@dataclass
class Step:
    """What changed between two editions that can be compared."""

    before: Point
    after: Point
    change: trends.Change


@dataclass
class Line:
    """One followed question over the editions that asked it, the first one first."""

    tracked: TrackedQuestion
    text: str
    points: list[Point]
    steps: list[Step] = field(default_factory=list)
    # From the first edition that can be compared with the last one, when it isn't the one before.
    whole: Step | None = None
    is_flat: bool = False
    is_new: bool = False
    is_retired: bool = False
    findings: list[Finding] = field(default_factory=list)

    @property
    def segment(self) -> list[Point]:
        """The last editions that can be compared with one another."""
        return segments(self.points)[-1] if self.points else []


@dataclass
class Reading:
    """A barometer as one reads it."""

    barometer: Barometer
    editions: list[Edition]
    lines: list[Line]
    findings: list[Finding]
    # Asked in the last edition, followed by nobody: no share is told of them over time.
    added: list = field(default_factory=list)
    gone: list = field(default_factory=list)

    @property
    def last(self) -> Edition | None:
        """The last edition whose figures are told."""
        return self.editions[-1] if self.editions else None


def read(barometer: Barometer, viewer) -> Reading:
    """What this person reads of a barometer: the editions told, in order. Seven statements, whatever they hold."""
    editions = told_editions(barometer, viewer)
    tracked = list(barometer.tracked.all())
    findings = list(
        Finding.objects.filter(edition__in=[one.pk for one in editions]).select_related("theme__theme", "tracked")
    )
    by_pk = {one.pk: one for one in editions}
    for one in findings:
        one.edition = by_pk[one.edition_id]
    lines = [line for one in tracked if (line := _line(one, editions, findings)) is not None]
    reading = Reading(barometer, editions, lines, findings)
    asked = [one for one in editions if not one.is_typed]
    if len(asked) > 1:
        _kept, reading.added, reading.gone = comparing.kept(
            questions_of(asked[-2].questionnaire), questions_of(asked[-1].questionnaire)
        )
    return reading


def told_editions(barometer: Barometer, viewer) -> list[Edition]:
    """The editions whose figures may be read: those typed, those asked here and told that the person may see."""
    seen = Questionnaire.objects.visible_to(as_viewer(viewer)).filter(space=barometer.space_id)
    return _told(barometer, set(seen.values_list("pk", flat=True)))


def lines_told(barometer: Barometer) -> list[Line]:
    """Its followed questions over every edition told, whoever may read them: for the registry of published tables."""
    editions = _told(
        barometer, set(Questionnaire.objects.filter(space=barometer.space_id).values_list("pk", flat=True))
    )
    return [line for one in barometer.tracked.all() if (line := _line(one, editions, [])) is not None]


def _told(barometer: Barometer, allowed: set[int]) -> list[Edition]:
    editions = (
        barometer.editions.select_related("questionnaire__release", "questionnaire__synthesis")
        .prefetch_related(
            "questionnaire__revisions__questions",
            Prefetch("figures", PastFigure.objects.select_related("tracked")),
        )
        .order_by("number")
    )
    found = []
    for one in editions:
        one.barometer = barometer
        if one.is_typed or (one.questionnaire_id in allowed and one.questionnaire.is_told):
            found.append(one)
    return found


def questions_of(questionnaire: Questionnaire) -> list:
    """The questions asked by its last version, in their order."""
    revision = questionnaire.revision or questionnaire.draft
    return [one for one in revision.ordered if one.is_asked] if revision else []


def day_of(edition: Edition):
    """The last day of an edition: typed, or that of its closing."""
    if edition.is_typed:
        return edition.ended_on
    closed = edition.questionnaire.closed_at
    return rules.last_day(closed) if closed else None


def year_of(edition: Edition) -> str:
    """The year of an edition, for a scale; empty before its end is known."""
    day = day_of(edition)
    return str(day.year) if day else ""


def answered(edition: Edition) -> int | None:
    """How many answered, as told."""
    return edition.answered if edition.is_typed else edition.questionnaire.release.content["answers"]


def _line(tracked: TrackedQuestion, editions: Iterable[Edition], findings: list[Finding]) -> Line | None:
    points = [point for edition in editions if (point := point_of(tracked, edition)) is not None]
    if not points:
        return None
    _tell_breaks(points)
    last = editions[-1]
    text = next((point.question.text for point in reversed(points) if point.question), "") or points[-1].wording
    line = Line(tracked, text or tracked.counted_words, points)
    line.is_retired = points[-1].edition is not last
    line.is_new = len(points) == 1 and points[0].edition is last and len(editions) > 1
    line.findings = [one for one in findings if one.tracked_id == tracked.pk]
    told = [[point for point in segment if point.share] for segment in segments(points)]
    for segment in told:
        pairs = zip(segment, segment[1:], strict=False)
        line.steps += [Step(one, other, trends.change(one.share, other.share)) for one, other in pairs]
    final = told[-1]
    if len(final) > 2:
        line.whole = Step(final[0], final[-1], trends.change(final[0].share, final[-1].share))
    line.is_flat = trends.is_flat([point.share for point in final])
    return line


def segments(points: list[Point]) -> list[list[Point]]:
    """The points that can be compared, cut where the question changed."""
    found: list[list[Point]] = []
    for point in points:
        if point.breaks or not found:
            found.append([])
        found[-1].append(point)
    return found


def _tell_breaks(points: list[Point]) -> None:
    """Say of each point why it isn't compared with the one before."""
    for before, after in zip(points, points[1:], strict=False):
        if before.question is not None and after.question is not None:
            after.breaks = comparing.differences(before.question, after.question)
        elif before.wording != after.wording:
            after.breaks = [typed_break()]


def typed_break() -> str:
    """Why a typed figure isn't compared with its neighbour."""
    return _("It was asked in other words.")


def point_of(tracked: TrackedQuestion, edition: Edition) -> Point | None:
    """A followed question in one edition; None when that edition didn't ask it."""
    if edition.is_typed:
        typed = next((one for one in edition.figures.all() if one.tracked_id == tracked.pk), None)
        if typed is None:
            return None
        share = trends.Share(float(typed.share) * typed.number / trends.PERCENT, typed.number)
        return Point(edition, share, wording=typed.wording)
    question = next((one for one in questions_of(edition.questionnaire) if one.key == tracked.key), None)
    told = [one for one in edition.questionnaire.release.content["questions"] if one["key"] == tracked.key]
    if not told:
        return Point(edition, None, small(), question=question) if question else None
    if len(told) > 1 or question is None:
        return Point(edition, None, reworded(), question=question)
    share = share_of(told[0], question, tracked.counted)
    reason = withheld_words(told[0]["withheld"], told[0]["k"]) if told[0]["withheld"] else small()
    return Point(edition, share, "" if share else reason, question=question)


def small() -> str:
    """Why a share isn't told."""
    return _("Not shown: too few of some answers.")


def reworded() -> str:
    """Why an edition that asked a question in two ways tells no share of it."""
    return _("Not shown: its words changed while it was open.")


def share_of(told: dict, question, counted: Iterable[str]) -> trends.Share | None:
    """The share of these answers among those who answered the question, from the table told alone; None when it

    doesn't say it, or when they, or the others, are fewer than k.
    """
    if told["withheld"] or not told["tables"] or not comparing.can_be_followed(question):
        return None
    table = told["tables"][0]
    rows = {key: number for key, _label, number in table["rows"]}
    silent = [figures.IS_DECLINED] if question.is_personal else []
    silent += [] if question.is_required else [figures.BLANK]
    if table["together"] and not {*counted, *silent} <= set(rows):
        return None
    number = sum(rows.values()) + table["together"]
    number -= rows.get(figures.IS_DECLINED, 0) + rows.get(figures.BLANK, 0)
    found = sum(rows.get(key, 0) for key in counted)
    if found < told["k"] or number - found < told["k"]:
        return None
    return trends.Share(found, number)
