"""What moderators read: the queue, a text with what was said of it, and what its author reads of a decision."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock, keyset, together
from src.participation.enums import CaseState, RemovalReason, Visibility
from src.participation.services.moderation import last_day_to_appeal

from .. import rules
from ..models import Idea, IdeaCase, IdeaComment, IdeaReport
from ..querysets import MODERATOR, roles_on_ideas
from .rows import author_label, place_label, when_label

PAGE = 20
TO_READ, WITHHELD, OBJECTIONS, DECIDED = "a-lire", "masques", "contestations", "decides"
STATES = {
    TO_READ: gettext_lazy("To read"),
    WITHHELD: pgettext_lazy("texts", "Hidden until read"),
    OBJECTIONS: gettext_lazy("Objections"),
    DECIDED: pgettext_lazy("texts", "Decided"),
}
KINDS = {"idee": gettext_lazy("Ideas"), "commentaire": gettext_lazy("Comments")}
EXCERPT = 200


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """A line of the queue."""

    reference: str
    comment: str
    url: str
    kind_label: str
    title: str
    excerpt: str
    author_label: str
    space_name: str
    reports: int
    reasons: list
    is_withheld: bool
    is_appeal: bool
    state_label: str
    due_on: date | None
    is_late: bool


@dataclass(frozen=True)
class CasePage:
    """A page of the queue."""

    rows: list[CaseRow]
    next_cursor: str
    previous_cursor: str


@dataclass(frozen=True, kw_only=True)
class ReportView:
    """What one person said: never who, nor from where."""

    reason_label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class PastDecision:
    """What was decided before about the same text."""

    label: str
    when_label: str
    who: str
    reason_label: str
    text: str
    remark: str
    objection: str
    answer: str
    answer_label: str


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """Everything a moderator reads before deciding."""

    idea: Idea
    comment: IdeaComment | None
    title: str
    html: str
    author_label: str
    when_label: str
    place_label: str
    case: IdeaCase | None
    reports: list[ReportView]
    reasons: list
    past: list[PastDecision]
    objection: str
    objection_due_on: date | None
    # How many were made when this was read: one more since, and the next decision is refused in words.
    decisions: int
    may_decide: bool
    may_answer: bool
    refusal: str
    is_hidden: bool
    visibility_label: str

    @property
    def url(self) -> str:
        suffix = f"?commentaire={self.comment.reference}" if self.comment else ""
        return f"{self.idea.get_absolute_url()}moderer/{suffix}"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What an author reads of the moderation of their text."""

    sentence: str
    reason_label: str = ""
    text: str = ""
    decided_label: str = ""
    objection: str = ""
    objection_sentence: str = ""
    may_object: bool = False
    reports: list = field(default_factory=list)


# --------------------------------------------------------------------------------------------------------- queue
def moderates_somewhere(viewer) -> bool:
    """Whether the viewer has this queue at all: moderators, and administrators for objections."""
    viewer = as_viewer(viewer)
    return MODERATOR in roles_on_ideas(viewer) or (viewer.is_agent and viewer.has_role(Role.ADMINISTRATOR))


@together.reading
def moderation_counts(viewer):
    """How many texts wait: to read, and objections to answer. One statement; none for who has no such queue."""
    viewer = as_viewer(viewer)
    if not moderates_somewhere(viewer):
        return {}
    waiting = IdeaCase.objects.waiting_for(viewer)
    read, objections = yield (
        together.tallied(waiting, all=Q(pk__isnull=False), hidden=Q(withheld_at__isnull=False)),
        together.counted(IdeaCase.objects.appealed_to(viewer)),
    )
    return {TO_READ: read["all"], WITHHELD: read["hidden"], OBJECTIONS: objections}


def moderation_queue(
    viewer,
    *,
    state: str = TO_READ,
    kind: str = "",
    reason: str = "",
    space: str = "",
    cursor: str = "",
    size: int = PAGE,
) -> CasePage:
    """A page of the queue, the soonest due first. Three statements. Values that mean nothing are left aside."""
    viewer = as_viewer(viewer)
    found = _asked(viewer, state)
    if kind in KINDS:
        found = found.filter(comment__isnull=kind == "idee")
    if reason in RemovalReason.values:
        by_reports = Q(pk__in=IdeaReport.objects.filter(reason_code=reason).values("case_id"))
        found = found.filter(by_reports | Q(reason_code=reason))
    if space:
        found = found.filter(idea__space__slug=space)
    order = ("-opened_at", "-pk") if state == DECIDED else ("due_on", "pk")
    lines = found.select_related("idea__space", "comment", "appeal").prefetch_related("reports")
    page = keyset.paginate(lines, order=order, cursor=cursor, size=size)
    return CasePage([_row(case) for case in page.items], page.next_cursor, page.previous_cursor)


def next_case(viewer, after: IdeaCase | None) -> str | None:
    """The address of the text to read next, objections first; None when nothing is left. Two statements."""
    viewer = as_viewer(viewer)
    for waiting in (IdeaCase.objects.appealed_to(viewer), IdeaCase.objects.waiting_for(viewer)):
        if after is not None:
            waiting = waiting.exclude(pk=after.pk)
        case = waiting.select_related("idea", "comment").order_by("due_on", "pk").first()
        if case is not None:
            return address_of(case)
    return None


def address_of(case) -> str:
    """The page where a case is decided."""
    suffix = f"?commentaire={case.comment.reference}" if case.comment_id else ""
    return f"/idees/{case.idea.reference}/moderer/{suffix}"


def _asked(viewer, state: str):
    cases = IdeaCase.objects
    if state == OBJECTIONS:
        return cases.appealed_to(viewer)
    if state == DECIDED:
        return cases.decided_near(viewer)
    waiting = cases.waiting_for(viewer)
    return waiting.filter(withheld_at__isnull=False) if state == WITHHELD else waiting


def _row(case) -> CaseRow:
    target = case.target
    objection = getattr(case, "appeal", None)
    is_appeal = objection is not None and objection.is_open
    due = objection.due_on if is_appeal else case.due_on if case.is_open else None
    reports = list(case.reports.all())
    return CaseRow(
        reference=case.idea.reference,
        comment=case.comment.reference if case.comment_id else "",
        url=address_of(case),
        kind_label=_("Comment") if case.comment_id else _("Idea"),
        title=case.idea.title,
        excerpt=_cut(target.body),
        author_label=author_label(target),
        space_name=case.idea.space.name,
        reports=len(reports),
        reasons=_reasons(reports),
        is_withheld=case.is_open and case.withheld_at is not None,
        is_appeal=is_appeal,
        state_label=str(objection.get_state_display() if objection and not is_appeal else case.get_state_display()),
        due_on=due,
        is_late=due is not None and due < clock.today(),
    )


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1].rsplit(" ", 1)[0] + "…"


def _reasons(reports) -> list[tuple[str, int]]:
    """Each reason given with how many gave it, the most given first."""
    counted = Counter(report.reason_code for report in reports)
    return [(str(RemovalReason(code).label), count) for code, count in counted.most_common()]


# ------------------------------------------------------------------------------------------------------ one text
def case_view(viewer, reference: str, comment: str = "") -> CaseView:
    """A text with its reports and what was decided before, for whoever decides on it.

    PermissionDenied for who sees the idea but doesn't moderate there; Idea.DoesNotExist for the others.
    """
    viewer = as_viewer(viewer)
    idea = (
        Idea.objects.select_related("space", "unit", "transfer_to", "owed", "site", "site__direction", "direction")
        .filter(reference=reference)
        .first()
    )
    if idea is None:
        raise Idea.DoesNotExist
    found = IdeaComment.objects.filter(idea=idea, reference=comment.upper()).first() if comment else None
    if comment and found is None:
        raise Idea.DoesNotExist
    spot = {"idea": idea, "comment": found}
    hears = IdeaCase.objects.appealed_to(viewer).filter(**spot).exists()
    reads = rules.moderates(viewer, idea, found) or IdeaCase.objects.waiting_for(viewer).filter(**spot).exists()
    if not hears and not reads:
        if not rules.can_view(viewer, idea):
            raise Idea.DoesNotExist
        raise PermissionDenied(_("Only the people who moderate here decide on a report."))
    return _view(viewer, idea, found, spot, hears, reads)


def _view(viewer, idea, comment, spot, hears, reads) -> CaseView:
    target = comment or idea
    cases = list(
        IdeaCase.objects.filter(**spot)
        .select_related("decided_by", "appeal", "appeal__decided_by")
        .prefetch_related("reports")
        .order_by("-pk")
    )
    case = next((one for one in cases if one.is_open), None)
    reports = list(case.reports.all()) if case else []
    objected = next((one for one in cases if getattr(one, "appeal", None) and one.appeal.is_open), None)
    reported = any(report.reporter_id == viewer.user_id for one in cases for report in one.reports.all())
    refusal = _("You reported this text: somebody else decides.") if reported else ""
    if objected is not None and objected.appeal.removed_by_id == viewer.user_id:
        refusal = _("You removed this text: somebody else answers the objection.")
    return CaseView(
        idea=idea,
        comment=comment,
        title=idea.title,
        html=target.body_html,
        author_label=author_label(target),
        when_label=when_label(target),
        place_label=place_label(idea) if comment is None else "",
        case=case or objected,
        reports=[
            ReportView(reason_label=str(RemovalReason(report.reason_code).label), text=report.text)
            for report in reports
        ],
        reasons=_reasons(reports),
        past=[_past(one) for one in cases if not one.is_open],
        objection=objected.appeal.text if objected else "",
        objection_due_on=objected.appeal.due_on if objected else None,
        decisions=sum(one.state in (CaseState.KEPT, CaseState.REMOVED) for one in cases),
        may_decide=not refusal and target.visibility != Visibility.REMOVED and reads,
        may_answer=hears and not refusal,
        refusal=refusal,
        is_hidden=not target.is_shown,
        visibility_label=str(target.get_visibility_display()),
    )


def _past(case) -> PastDecision:
    objection = getattr(case, "appeal", None)
    return PastDecision(
        label=str(case.get_state_display()),
        when_label=_day(timezone.localdate(case.decided_at)),
        who=case.decided_by.short_name if case.decided_by else "",
        reason_label=reason_label(case.reason_code),
        text=case.text,
        remark=case.remark,
        objection=objection.text if objection else "",
        answer=objection.answer if objection else "",
        answer_label=str(objection.get_state_display()) if objection and not objection.is_open else "",
    )


def reason_label(code: str) -> str:
    return str(RemovalReason(code).label) if code in RemovalReason.values else ""


# ---------------------------------------------------------------------------------------------------- the author
def told_to_author(idea, comment=None) -> Told | None:
    """What the author of a hidden text reads: why, until when, how to object; None for a text that shows.

    Nothing costs a statement while the text shows.
    """
    target = comment or idea
    if target.is_shown:
        return None
    cases = IdeaCase.objects.filter(idea_id=idea.pk, comment_id=comment.pk if comment else None)
    if target.visibility == Visibility.WITHHELD:
        case = cases.filter(state=CaseState.OPEN).prefetch_related("reports").first()
        return Told(sentence=withheld_sentence(case), reports=_reasons(case.reports.all()) if case else [])
    removals = cases.filter(state=CaseState.REMOVED).select_related("decided_by", "appeal__decided_by")
    case = removals.order_by("-pk").first()
    if case is None:
        return Told(sentence=_("The moderation removed this text."), reason_label=reason_label(target.removal_reason))
    return _removal_told(case)


def withheld_sentence(case) -> str:
    day = _day(case.due_on) if case else ""
    return _(
        "Colleagues of several units reported this text. It is hidden until somebody of the moderation reads it, "
        "before %(day)s. Nothing is decided. You still read it, and so do the moderators."
    ) % {"day": day}


def _removal_told(case) -> Told:
    objection = getattr(case, "appeal", None)
    last_day = last_day_to_appeal(case)
    words = {
        "who": case.decided_by.short_name if case.decided_by else _("The moderation"),
        "day": _day(timezone.localdate(case.decided_at)),
        "last": _day(last_day),
    }
    may_object = objection is None and clock.today() <= last_day
    if objection is None and may_object:
        sentence = _("If you disagree, you can object until %(last)s: somebody else reads your text again.") % words
    elif objection is None:
        sentence = _("The time to object ended on %(last)s.") % words
    elif objection.is_open:
        sentence = _("You objected. Somebody else than %(who)s answers before %(due)s.") % {
            **words,
            "due": _day(objection.due_on),
        }
    else:
        sentence = _("Your objection was read by %(who)s: the decision is upheld. “%(answer)s”") % {
            "who": objection.decided_by.short_name if objection.decided_by else _("The moderation"),
            "answer": objection.answer,
        }
    return Told(
        sentence=_("%(who)s read this text on %(day)s and removed it.") % words,
        reason_label=reason_label(case.reason_code),
        text=case.text,
        objection=objection.text if objection else "",
        objection_sentence=sentence,
        may_object=may_object,
    )


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def waiting_words(count: int) -> str:
    return ngettext("%(count)d text waits", "%(count)d texts wait", count) % {"count": count}
