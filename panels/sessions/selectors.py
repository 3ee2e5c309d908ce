"""Reads of sessions, shaped for their pages."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Sum

from src.foundations import clock

from . import rules
from .enums import RequestState, StipendState
from .models import Attendance, Document, Hearing, HearingRequest, RequestSupport, Session, StipendExport, StipendLine
from .services.presence import expected_at


def sessions_of(viewer, panel):
    """The sessions of a panel that somebody may know of, in order; one statement."""
    return Session.objects.visible_to(viewer).filter(panel=panel).select_related("panel").order_by("number")


def next_session(viewer, panel) -> Session | None:
    """The first one that isn't over."""
    return sessions_of(viewer, panel).standing().filter(ends_at__gte=clock.now()).order_by("starts_at").first()


def documents_of(viewer, panel):
    """The documents that somebody may read, last first; one statement."""
    return Document.objects.visible_to(viewer).filter(panel=panel).select_related("panel", "session")


def hearings_of(viewer, panel):
    """Who is heard, session by session; one statement."""
    return Hearing.objects.visible_to(viewer).filter(session__panel=panel).select_related("session__panel")


def requests_of(panel, membership_id=None):
    """Whom members ask to hear, with how many support it and whether this member does; one statement."""
    mine = RequestSupport.objects.filter(request=OuterRef("pk"), membership_id=membership_id)
    return (
        HearingRequest.objects.filter(panel=panel)
        .select_related("asked_by")
        .annotate(supporters=Count("supports"), is_mine=Exists(mine))
        .order_by("-asked_at", "pk")
    )


def accepted_of(panel):
    """Those members asked to hear, accepted, whom no session hears yet; one statement."""
    return HearingRequest.objects.filter(panel=panel, state=RequestState.ACCEPTED, hearings__isnull=True)


@dataclass(frozen=True)
class Row:
    """A member on a half-day: there, not there, or nothing written."""

    member: object
    attendance: Attendance | None

    @property
    def is_written(self) -> bool:
        return self.attendance is not None

    @property
    def is_present(self) -> bool:
        return self.attendance is not None and self.attendance.is_present


def sheet_of(session: Session, half_day: int) -> list[Row]:
    """Everybody expected on a half-day, by number; two statements."""
    found = {one.membership_id: one for one in session.attendances.filter(half_day=half_day)}
    return [Row(one, found.get(one.pk)) for one in expected_at(session)]


def counts_of(session: Session) -> list[dict]:
    """For each half-day, how many were there and how many are written; one statement."""
    found = {
        row["half_day"]: row
        for row in session.attendances.order_by()
        .values("half_day")
        .annotate(written=Count("pk"), present=Count("pk", filter=Q(is_present=True)))
    }
    nothing = {"written": 0, "present": 0}
    return [{"half": half, **nothing, **found.get(half, {})} for half in session.half_numbers]


def my_presence(membership_id: int | None, session: Session):
    """What is written of a member at a session."""
    return session.attendances.filter(membership_id=membership_id).order_by("half_day")


def my_lines(viewer, panel):
    """The half-days to pay of whoever reads, in order; one statement."""
    found = StipendLine.objects.visible_to(viewer).filter(membership_id=rules.membership_id(viewer, panel))
    return found.select_related("session", "export").order_by("session__number", "half_day", "rank")


def stipends_by_session(panel) -> list[dict]:
    """How many half-days of each session are at each state, and how much they make; one statement."""
    counts = {state: Count("stipend_lines", filter=Q(stipend_lines__state=state)) for state in StipendState.values}
    signed = Count(
        "stipend_lines", filter=Q(stipend_lines__state=StipendState.DUE, stipend_lines__first_at__isnull=False)
    )
    return list(
        Session.objects.filter(panel=panel, stipend_lines__isnull=False)
        .order_by("number")
        .annotate(cents=Sum("stipend_lines__cents"), signed=signed, **counts)
        .values("number", "reference", "title", "state", "cents", "signed", *StipendState.values)
    )


def ready_to_export(panel) -> dict:
    """What the next batch would hold."""
    return StipendLine.objects.filter(session__panel=panel, state=StipendState.VALIDATED).aggregate(
        count=Count("pk"), cents=Sum("cents")
    )


def exports_of(panel):
    """The batches sent, last first."""
    return StipendExport.objects.filter(panel=panel).order_by("-number")
