"""What sessions give back to somebody of what they hold of them: as a member, and as who works there."""

from django.db.models import Count, Q

from .models import (
    Attendance,
    Document,
    HearingRequest,
    Posting,
    RequestSupport,
    StipendExport,
    StipendLine,
    TablePlan,
    TableSeat,
)


def _mine(rows, user, path: str = "membership"):
    return rows.filter(**{f"{path}__candidate__account": user})


def _counted(rows, panel: str):
    """How many of these rows each panel has, by its title."""
    yield from rows.order_by(panel).values_list(panel).annotate(count=Count("pk"))


def attendances(user):
    for one in _mine(Attendance.objects, user).select_related("session__panel"):
        yield {
            "panel": one.session.panel.title,
            "session": one.session.number,
            "half_day": one.get_half_day_display(),
            "present": one.is_present,
            "written_by": one.get_via_display(),
            "corrected_because": one.corrected_because,
        }
    for title, count in _counted(Attendance.objects.filter(marked_by=user), "session__panel__title"):
        yield {"panel": title, "presences_written": count}


def stipends(user):
    for one in _mine(StipendLine.objects, user).select_related("session__panel", "export"):
        yield {
            "panel": one.session.panel.title,
            "session": one.session.number,
            "half_day": one.get_half_day_display(),
            "cents": one.cents,
            "state": one.get_state_display(),
            "paid_on": one.export.paid_on if one.export else None,
        }
    signed = StipendLine.objects.filter(Q(first_by=user) | Q(second_by=user))
    for title, count in _counted(signed, "session__panel__title"):
        yield {"panel": title, "half_days_signed": count}


def batches(user):
    for title, count in _counted(StipendExport.objects.filter(made_by=user), "panel__title"):
        yield {"panel": title, "batches": count}


def requests(user):
    for one in _mine(HearingRequest.objects, user, "asked_by").select_related("panel"):
        yield {
            "panel": one.panel.title,
            "who": one.who,
            "reason": one.reason,
            "state": one.get_state_display(),
            "answer": one.answer,
            "asked_on": one.asked_at.date(),
        }
    for title, count in _counted(HearingRequest.objects.filter(answered_by=user), "panel__title"):
        yield {"panel": title, "requests_answered": count}


def supports(user):
    for one in _mine(RequestSupport.objects, user).select_related("request__panel"):
        yield {"panel": one.request.panel.title, "who": one.request.who}


def documents(user):
    for one in Document.objects.filter(added_by=user).select_related("panel"):
        yield {"panel": one.panel.title, "title": one.title, "added_on": one.added_at.date()}


def postings(user):
    for title, count in _counted(Posting.objects.filter(printed_by=user), "panel__title"):
        yield {"panel": title, "letters_printed": count}


def seats(user):
    for one in _mine(TableSeat.objects, user).select_related("plan__session__panel", "table"):
        yield {
            "panel": one.plan.session.panel.title,
            "session": one.plan.session.number,
            "round": one.round,
            "table": one.table.number,
        }


def plans(user):
    for title, count in _counted(TablePlan.objects.filter(made_by=user), "session__panel__title"):
        yield {"panel": title, "table_plans": count}
