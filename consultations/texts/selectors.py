"""Reads shaped for a page: the text and its counts, one unit and what was said of it, what changed and why."""

from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import keyset
from src.foundations.text import plain_to_html
from src.participation.enums import IdentityMode, Visibility

from . import differences, rules, words
from .enums import ContributionKind, OutcomeKind, SpanKind, TextState, UnitKind
from .models import (
    ChangedSpan,
    ContributionSupport,
    ReformText,
    SpanSource,
    TextUnit,
    TextVersion,
    UnitContribution,
)
from .services.trace import units_of

PAGE, QUOTED = 20, 3
ORDER = ("week", "reference")


def url(name: str, text: ReformText, **kwargs) -> str:
    return reverse(f"texts:{name}", kwargs={"reference": text.reference, **kwargs})


@dataclass(frozen=True)
class Card:
    """A text of a list."""

    text: ReformText
    state: TextState
    count: int
    when: str

    @property
    def tone(self) -> str:
        return words.TONES[self.state]

    @property
    def icon(self) -> str:
        return words.ICONS[self.state]

    @property
    def url(self) -> str:
        return self.text.get_absolute_url()

    @property
    def said(self) -> str:
        return words.count_words(self.count)


def cards(texts) -> list[Card]:
    """Cards of these texts; one statement more for all of them."""
    texts = list(texts)
    counted = (
        UnitContribution.objects.shown()
        .exclude(kind=ContributionKind.REPLY)
        .filter(unit__version__text__in=texts)
        .order_by()
        .values_list("unit__version__text")
        .annotate(n=Count("pk"))
    )
    counts = dict(counted) if texts else {}
    return [Card(one, rules.state_of(one), counts.get(one.pk, 0), words.when_words(one)) for one in texts]


@dataclass(frozen=True)
class UnitRow:
    """A unit on the page of its text."""

    unit: TextUnit
    body_html: str
    url: str
    counts: dict = field(default_factory=dict)
    own: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def said(self) -> list[str]:
        return words.kinds_words(self.counts)

    @property
    def is_heading(self) -> bool:
        return self.unit.kind == UnitKind.HEADING


def unit_rows(text: ReformText, version: TextVersion, viewer=None, *, with_counts=True) -> list[UnitRow]:
    """The units of a version with what was said of each; three statements whatever their number."""
    units = list(version.units.order_by("position", "pk"))
    counts: dict[int, dict] = {}
    own: dict[int, int] = {}
    if with_counts:
        found = (
            UnitContribution.objects.shown()
            .exclude(kind=ContributionKind.REPLY)
            .filter(unit__version=version)
            .order_by()
            .values_list("unit_id", "kind")
            .annotate(n=Count("pk"))
        )
        for unit_id, kind, n in found:
            counts.setdefault(unit_id, {})[kind] = n
        if viewer is not None and viewer.is_authenticated:
            mine = UnitContribution.objects.of(viewer).filter(unit__version=version, is_withdrawn=False)
            own = dict(
                mine.exclude(kind=ContributionKind.REPLY).order_by().values_list("unit_id").annotate(n=Count("pk"))
            )
    return [
        UnitRow(
            unit,
            plain_to_html(unit.body),
            url("unit", text, key=unit.key),
            counts.get(unit.pk, {}),
            own.get(unit.pk, 0),
        )
        for unit in units
    ]


@dataclass(frozen=True)
class Said:
    """One contribution as a page shows it."""

    row: UnitContribution
    card: dict
    proposal: tuple = ()
    outcome: object = None
    supports: int = 0
    supported: bool = False
    url: str = ""
    may_support: bool = False
    is_own: bool = False
    replies: list = field(default_factory=list)
    reads: bool = True

    @property
    def outcome_tone(self) -> str:
        return words.OUTCOME_TONES[self.outcome.kind]

    @property
    def outcome_icon(self) -> str:
        return words.OUTCOME_ICONS[self.outcome.kind]

    @property
    def subject(self) -> str:
        return _("%(kind)s %(reference)s") % {"kind": self.row.get_kind_display(), "reference": self.row.reference}


def outcome_of(contribution, viewer=None, text=None):
    """The outcome everybody reads: the one that was told; those who organise read it before."""
    found = getattr(contribution, "outcome", None)
    if found is None or found.told_at is not None:
        return found
    return found if viewer is not None and text is not None and rules.may_organise(viewer, text) else None


def comment_card(one: UnitContribution, viewer, text) -> dict:
    """What the theme's comment draws: nothing finer than the week for what isn't signed."""
    named = one.identity_mode == IdentityMode.NAMED
    hidden = ""
    if one.visibility == Visibility.WITHHELD:
        hidden = _("Reported: hidden until a moderator has read it.")
    elif one.visibility == Visibility.REMOVED:
        hidden = _("Removed by the moderation: %(reason)s.") % {"reason": one.get_removal_reason_display()}
    reads = rules.reads(viewer, one, text)
    return {
        "id": one.reference,
        "author_label": one.signed_words or _("Taken back"),
        "body_html": one.body_html if reads else "",
        "on": one.created_at.date() if named else None,
        "week": None if named else one.week,
        "protected": one.identity_mode == IdentityMode.PROTECTED,
        "withdrawn": one.is_withdrawn,
        "hidden": hidden,
        "in_reply_to": one.in_reply_to.signed_words if one.in_reply_to_id else "",
    }


def said(one: UnitContribution, viewer, text, *, supported=frozenset(), replies=()) -> Said:
    reads = rules.reads(viewer, one, text) and not one.is_withdrawn
    own = rules.is_own(viewer, one)
    counts = getattr(one, "counts", None)
    open_now = rules.is_open(text) and not rules.why_not_contribute(viewer, text)
    return Said(
        row=one,
        card=comment_card(one, viewer, text),
        proposal=differences.pieces(one.unit.body, one.proposal) if one.proposal and reads else (),
        outcome=outcome_of(one, viewer, text),
        supports=counts.supports if counts else 0,
        supported=one.pk in supported,
        url=url("contribution", text, contribution=one.reference),
        may_support=open_now and not own and one.is_shown and not one.is_withdrawn and one.parent_id is None,
        is_own=own,
        replies=[said(reply, viewer, text) for reply in replies],
        reads=reads,
    )


def said_rows(text: ReformText, found, viewer, *, cursor: str = "", size: int = PAGE):
    """A page of contributions with their replies: four statements whatever their number; (rows, page)."""
    viewer = as_viewer(viewer)
    found = found.exclude(kind=ContributionKind.REPLY).select_related("unit", "outcome", "counts", "in_reply_to")
    page = keyset.paginate(found, order=ORDER, cursor=cursor, size=size)
    items = list(page.items)
    replies: dict[int, list] = {}
    below = UnitContribution.objects.filter(parent__in=items).select_related("unit", "in_reply_to")
    for one in below.order_by(*ORDER) if items else ():
        replies.setdefault(one.parent_id, []).append(one)
    supported = frozenset()
    if viewer.is_authenticated and items:
        supported = frozenset(
            ContributionSupport.objects.filter(user_id=viewer.user_id, contribution__in=items).values_list(
                "contribution_id", flat=True
            )
        )
    return [said(one, viewer, text, supported=supported, replies=replies.get(one.pk, ())) for one in items], page


@dataclass(frozen=True)
class SpanRow:
    """One change, why it is there, and a few of the words it comes from."""

    span: ChangedSpan | None
    sentence: str
    why: str
    explained: bool
    quotes: list = field(default_factory=list)
    sources: int = 0


@dataclass(frozen=True)
class ChangeRow:
    """One unit of the comparison."""

    line: differences.Line
    name: str
    was: str
    spans: list
    kinds: list
    key: str

    @property
    def title_changed(self) -> bool:
        """Whether its title itself is written otherwise: it is above, otherwise."""
        both = self.line.old is not None and self.line.new is not None
        return both and self.line.old.title != self.line.new.title


def change_rows(text: ReformText, version: TextVersion, previous: TextVersion, viewer) -> list[ChangeRow]:
    """Every unit of a version beside the one before, with the trace of each change; five statements."""
    lines = differences.compare(units_of(previous), units_of(version))
    known = {one.fingerprint: one for one in version.spans.all()}
    sources: dict[int, list] = {}
    found = (
        SpanSource.objects.filter(span__version=version)
        .select_related("contribution__outcome", "contribution__counts", "contribution__unit")
        .order_by("contribution__week", "contribution__reference")
    )
    for source in found:
        sources.setdefault(source.span_id, []).append(source.contribution)
    rows = []
    for line in lines:
        unit = line.new or line.old
        other = _name(line.other) if line.other else ""
        spans = [_span_row(one, known.get(one.fingerprint), sources, other, text, viewer) for one in line.spans]
        was = ""
        if line.old and line.new and line.old.label != line.new.label:
            was = line.old.label
        kinds = [str(SpanKind(kind).label) for kind in line.kinds]
        rows.append(ChangeRow(line, _name(unit), was, spans, kinds, unit.key))
    return rows


def _span_row(one, kept, sources, other, text, viewer) -> SpanRow:
    linked = sources.get(kept.pk, []) if kept else []
    taken = sum(1 for c in linked if _kind(c) == OutcomeKind.TAKEN)
    partly = sum(1 for c in linked if _kind(c) == OutcomeKind.PARTLY)
    quoted = [c for c in linked if c.is_shown and not c.is_withdrawn and c.body]
    quoted.sort(key=lambda c: (-_supports(c), c.week, c.reference))
    return SpanRow(
        span=kept,
        sentence=words.change_words(one.kind, one.before, one.after, other),
        why=words.sources_words(taken, partly, bool(kept and kept.is_editorial)),
        explained=bool(linked) or bool(kept and kept.is_editorial),
        quotes=[
            {"text": c.body, "url": url("contribution", text, contribution=c.reference), "by": c.signed_words}
            for c in quoted[:QUOTED]
        ],
        sources=len(linked),
    )


def _kind(contribution) -> str:
    outcome = getattr(contribution, "outcome", None)
    return outcome.kind if outcome else ""


def _supports(contribution) -> int:
    counts = getattr(contribution, "counts", None)
    return counts.supports if counts else 0


def _name(unit: differences.Unit) -> str:
    return TextUnit(kind=unit.kind, label=unit.label, title=unit.title, body=unit.body).name


@dataclass(frozen=True)
class Asked:
    """What an organiser asks of the queue; anything unknown isn't asked."""

    unit: str = ""
    kind: str = ""
    state: str = ""
    q: str = ""

    @classmethod
    def read(cls, data) -> "Asked":
        kind, state = data.get("genre", ""), data.get("suite", "")
        return cls(
            unit=data.get("article", "")[:8].replace("\x00", ""),
            kind=kind if kind in ContributionKind.values else "",
            state=state if state in ("attente", *OutcomeKind.values) else "",
            q=" ".join(data.get("q", "")[:100].replace("\x00", "").split()),
        )

    @property
    def params(self) -> dict:
        names = {"article": self.unit, "genre": self.kind, "suite": self.state, "q": self.q}
        return {name: value for name, value in names.items() if value}


def asked_of(text: ReformText, asked: Asked, *, told_only: bool = False):
    """Contributions of a text as asked; ``told_only``: outcomes not told yet count as waiting."""
    found = UnitContribution.objects.exclude(kind=ContributionKind.REPLY).filter(
        unit__version__text=text, is_withdrawn=False
    )
    if asked.unit:
        found = found.filter(unit__key=asked.unit)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    told = {"outcome__told_at__isnull": False} if told_only else {}
    if asked.state == "attente":
        found = found.exclude(outcome__told_at__isnull=False) if told_only else found.filter(outcome__isnull=True)
    elif asked.state:
        found = found.filter(outcome__kind=asked.state, **told)
    if asked.q:
        found = found.filter(Q(body__icontains=asked.q) | Q(proposal__icontains=asked.q))
    return found


def own_rows(text: ReformText, viewer) -> list[UnitContribution]:
    """The person's own contributions to a text, first to last."""
    return list(
        UnitContribution.objects.of(viewer)
        .filter(unit__version__text=text, is_withdrawn=False)
        .select_related("unit__version", "outcome")
        .order_by("unit__version__number", *ORDER)
    )


def waiting_counts(texts) -> dict[int, int]:
    """Text → contributions without an outcome; one statement."""
    return dict(
        UnitContribution.objects.undecided()
        .filter(unit__version__text__in=texts)
        .order_by()
        .values_list("unit__version__text")
        .annotate(n=Count("pk"))
    )
