"""The queues of the workshop: what waits for whom, with counts, filters, and the next one."""

from dataclasses import dataclass, fields
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from src.accountability.models import ResponseOwed
from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock, keyset, together
from src.search.selectors import matching
from src.workflow.enums import StageKind
from src.workflow.selectors import transitions_for
from src.workflow.time_rules import due_on

from ..enums import IDEA_ROLES, ONE_PERSON_SCALES, IdeaKind, IdeaScale
from ..models import AssessorSeat, Idea
from ..querysets import NOTHING, SHOWN, in_hands, own_ideas, roles_on_ideas
from .hearing import answered_already
from .page import label_of
from .passages import with_origin
from .rows import IdeaRow, row_of, stage_of, week_label

QUEUES = ("to_screen", "to_orient", "to_answer_now", "to_countersign", "to_study", "to_decide", "overdue")
ORDER = ("owed__promised_on", "reference")
PAGE = 20

_READERS = (Role.MODERATOR, Role.FACILITATOR)
_ORIENTERS = (Role.IDEA_CORRESPONDENT, Role.FACILITATOR)
_STUDIERS = (Role.IDEA_CORRESPONDENT, Role.INSTRUCTOR)
# A cell that chooses together hands studies out too.
_STUDY_KEEPERS = (*_STUDIERS, Role.FACILITATOR)
_SIGNERS = (Role.DELEGATE, Role.DECISION_MAKER)
ROLES = {
    "to_screen": _READERS,
    "to_orient": _ORIENTERS,
    "to_answer_now": _STUDIERS,
    "to_countersign": _SIGNERS,
    "to_study": _STUDY_KEEPERS,
    "to_decide": (Role.DECISION_MAKER,),
    "overdue": tuple(sorted(IDEA_ROLES)),
}
# Which form a queue is about, for the button of its lines.
_FORMS = {
    "to_screen": ("",),
    "to_orient": ("orientation", "transfer_answer", "shortlist"),
    "to_answer_now": ("fast_answer",),
    "to_countersign": ("countersign",),
    "to_study": ("study", "jury", "close_study"),
    "to_decide": ("decision",),
}


@dataclass(frozen=True, kw_only=True)
class QueueRow(IdeaRow):
    """A line of a queue: what everybody reads, and what is waited for."""

    stage_label: str = ""
    waiting_since: date | None = None
    waiting_label: str = ""
    stage_due_on: date | None = None
    is_stage_late: bool = False
    is_read: bool = False
    action_slug: str = ""
    action_label: str = ""
    action_url: str = ""


@dataclass(frozen=True, kw_only=True)
class QueuePage:
    """One page of a queue."""

    name: str
    label: str
    rows: list[QueueRow]
    next_cursor: str
    previous_cursor: str


def queue_label(name: str) -> str:
    return {
        "to_screen": _("To screen"),
        "to_orient": _("To orient"),
        "to_answer_now": _("To answer at once"),
        "to_countersign": _("To countersign"),
        "to_study": _("To study"),
        "to_decide": _("To decide"),
        "overdue": _("Overdue"),
    }[name]


def queues_of(viewer) -> tuple[str, ...]:
    """The queues the viewer has a role for, somewhere."""
    viewer = as_viewer(viewer)
    held = roles_on_ideas(viewer)
    return tuple(name for name in QUEUES if held.intersection(ROLES[name]))


def queue_counts(viewer) -> dict[str, int]:
    """How many ideas wait in each of the viewer's queues, in one statement."""
    return {name: count for name, (count, _day) in queues_waiting(viewer).items()}


@together.reading
def queues_waiting(viewer):
    """Queue → how many ideas wait there, and the nearest promised date; one statement."""
    viewer = as_viewer(viewer)
    names = queues_of(viewer)
    if not names:
        return {}
    conditions = {name: _condition(name, viewer) for name in names}
    return (yield together.tallied(_working(viewer), first="owed__promised_on", **conditions))


def queue(
    viewer,
    name: str,
    *,
    direction: str = "",
    kind: str = "",
    q: str = "",
    older_than: int | None = None,
    cursor: str | None = None,
    size: int = PAGE,
) -> QueuePage:
    """A page of a queue, the nearest promised date first; empty for who holds no role there. One statement.

    ``older_than``: only what has rested in its stage for more than so many days.

    KeyError for a queue that doesn't exist.
    """
    viewer = as_viewer(viewer)
    found = _filtered(_waiting(viewer, name), direction, kind, q, older_than)
    rows = with_origin(found.for_work(viewer), viewer).annotate(awaits_my_word=_asked(viewer))
    page = keyset.paginate(rows, order=ORDER, cursor=cursor or "", size=size)
    return QueuePage(
        name=name,
        label=queue_label(name),
        rows=[_queue_row(idea, viewer, name) for idea in page.items],
        next_cursor=page.next_cursor,
        previous_cursor=page.previous_cursor,
    )


def next_in_queue(viewer, name: str, after_reference: str) -> str | None:
    """The idea that follows in a queue, or its first one; None when nothing is left. Two statements."""
    viewer = as_viewer(viewer)
    waiting = _waiting(viewer, name).exclude(reference=after_reference).order_by(*ORDER)
    position = (
        Idea.objects.visible_to(viewer).filter(reference=after_reference).values_list("owed__promised_on", flat=True)
    ).first()
    references = waiting.values_list("reference", flat=True)
    if position is not None:
        after = Q(owed__promised_on__gt=position) | Q(owed__promised_on=position, reference__gt=after_reference)
        following = references.filter(after).first()
        if following is not None:
            return following
    return references.first()


def _waiting(viewer, name: str):
    if not (roles_on_ideas(viewer)).intersection(ROLES[name]):
        return Idea.objects.none()
    return _working(viewer).filter(_condition(name, viewer))


def _working(viewer):
    """Ideas that owe an answer, those of the viewer left out: nobody works on their own."""
    return Idea.objects.filter(
        SHOWN, is_imported=False, owed__isnull=False, owed__answered_on__isnull=True, owed__cancelled_on__isnull=True
    ).exclude(own_ideas(viewer))


def _condition(name: str, viewer) -> Q:
    held = (roles_on_ideas(viewer)).intersection(ROLES[name])
    mine = in_hands(viewer, held)
    if name == "to_screen":
        return mine & Q(stage_kind=StageKind.SUBMITTED)
    if name == "to_orient":
        asked = in_hands(viewer, held & {Role.IDEA_CORRESPONDENT})
        return (mine & Q(stage_kind=StageKind.OPEN)) | (asked & Q(stage_kind=StageKind.TRANSFERRED))
    if name == "to_answer_now":
        return mine & Q(stage_kind=StageKind.QUALIFIED, scale__in=ONE_PERSON_SCALES)
    if name == "to_countersign":
        return mine & Q(stage_kind=StageKind.COUNTERSIGN)
    if name == "to_study":
        return _to_study(viewer, mine)
    if name == "to_decide":
        # Who answered an idea that is looked at again doesn't answer it twice: it waits for somebody else.
        return mine & Q(stage_kind=StageKind.DECISION_PENDING) & ~Q(answered_already(viewer))
    return mine & Q(owed__in=ResponseOwed.objects.late(clock.today()))


def _asked(viewer) -> Exists:
    """Whether the viewer's own assessment is still waited for."""
    seats = AssessorSeat.objects.filter(idea_id=OuterRef("pk"))
    return Exists(seats.filter(user_id=viewer.user_id, is_declined=False, assessment__isnull=True))


def _to_study(viewer, mine) -> Q:
    """Projects to hand to assessors, studies I follow or that are ready to close, and those that wait for my word."""
    seats = AssessorSeat.objects.filter(idea_id=OuterRef("pk"))
    asked = _asked(viewer)
    awaited = Exists(seats.filter(is_declined=False, assessment__isnull=True, due_on__gte=clock.today()))
    to_start = Q(stage_kind=StageKind.QUALIFIED, scale=IdeaScale.PROJECT) | Q(stage_kind=StageKind.SHORTLISTED)
    to_close = Q(stage_kind=StageKind.IN_REVIEW) & (Q(owner_id=viewer.user_id) | ~Q(awaited))
    my_word = Q(stage_kind=StageKind.IN_REVIEW) & Q(asked) if Role.INSTRUCTOR in viewer.roles else NOTHING
    return (mine & (to_start | to_close)) | my_word


def _filtered(found, direction: str, kind: str, q: str, older_than: int | None):
    if older_than is not None:
        found = found.filter(stage_since__lt=clock.now() - timedelta(days=older_than))
    if direction:
        found = found.filter(direction__code=direction)
    if kind in IdeaKind.values:
        found = found.filter(kind=kind)
    if q.strip():
        found = found.filter(pk__in=matching(Idea.subject_kind, q.strip(), among=found))
    return found


def _queue_row(idea, viewer, name: str) -> QueueRow:
    row = row_of(idea, viewer)
    stage = stage_of(idea)
    due = due_on(idea.stage_since, stage.default_days) if stage.default_days else None
    since = timezone.localdate(idea.stage_since)
    slug, label, url = _next_step(idea, viewer, name)
    return QueueRow(
        **{item.name: getattr(row, item.name) for item in fields(IdeaRow)},
        stage_label=stage.staff_text,
        waiting_since=since,
        waiting_label=week_label(since) if _is_week(idea) else "",
        stage_due_on=due,
        is_stage_late=due is not None and due < clock.today(),
        is_read=idea.first_read_on is not None,
        action_slug=slug,
        action_label=label,
        action_url=url,
    )


def _is_week(idea) -> bool:
    return idea.is_sealed and idea.stage_since == clock.week_start_moment(idea.stage_since)


def _next_step(idea, viewer, name: str) -> tuple[str, str, str]:
    ways = transitions_for(idea, viewer)
    forms = _FORMS.get(name) or tuple(way.form for way in ways)
    way = next((way for way in ways if way.form in forms), None)
    if name == "to_study" and (idea.awaits_my_word or way is None):
        return "assess", _("Assess"), f"{idea.get_absolute_url()}evaluer/"
    if way is None:
        return "", "", idea.get_absolute_url()
    return way.slug, label_of(way), f"{idea.get_absolute_url()}etape/{way.slug}/"
