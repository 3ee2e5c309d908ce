"""What members read: their groups, one group, one meeting; and the sheet for the wall."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from src.foundations import clock, documents, exports

from .. import listing, rules, selectors, services
from ..enums import COMING_STATES
from ..forms import FilterForm
from ..models import Meeting
from .gate import calm, screen

EXPORT_LIMIT, EXPORT_STEP = 5_000, 200


@require_safe
@screen
def groups(request):
    """The groups one reads, and those whose dates one follows."""
    question = listing.Question.read(request.GET)
    page = listing.page(request.viewer, question, cursor=request.GET.get("page") or "")
    context = {
        "groups": page.items,
        "question": question,
        "follows": rules.may_follow(request.viewer),
        "late": listing.count_late(request.viewer),
        "filter_form": FilterForm({"q": question.words, "etat": question.state}),
        "reset_url": request.path if question.asked else "",
        "asked": f"?{urlencode(question.asked)}" if question.asked else "",
        "next_page": _page(question, page.next_cursor),
        "previous_page": _page(question, page.previous_cursor),
    }
    return render(request, "meetings/list.html", context)


def _page(question, cursor: str) -> str:
    return "?" + urlencode({**question.asked, "page": cursor}) if cursor else ""


@require_safe
@screen
def export(request):
    """The same list, whole, as a file."""
    calm(request, "file")
    question = listing.Question.read(request.GET)
    rows = ([read(one) for _title, read in listing.COLUMNS] for one in _all(request.viewer, question))
    titles = [str(title) for title, _read in listing.COLUMNS]
    name = _("meetings-%(day)s") % {"day": clock.today().isoformat()}
    return exports.csv_response(f"{name}.csv", titles, rows)


def _all(viewer, question):
    cursor, left = "", EXPORT_LIMIT
    while left > 0:
        page = listing.page(viewer, question, cursor=cursor, size=EXPORT_STEP)
        yield from page.items
        left -= len(page.items)
        cursor = page.next_cursor
        if not cursor:
            return


@require_safe
@screen
def group(request, series):
    """One group: whether it meets, what waits to be talked about, what was promised, its minutes."""
    viewer = request.viewer
    meetings = list(Meeting.objects.visible_to(viewer).filter(series=series).order_by("-starts_at", "-pk")[:24])
    for one in meetings:
        one.series = series
    context = {
        "series": series,
        "runs": rules.may_run(viewer, series),
        "refusal": rules.why_not_raise(viewer, series),
        "member": rules.is_member(viewer, series),
        "coming": next((one for one in meetings if one.state in COMING_STATES), None),
        "past": [one for one in meetings if one.state not in COMING_STATES],
        "topics": selectors.waiting_topics(viewer, series),
        "answered": selectors.answered_topics(viewer, series),
        "hidden": [(one, services.may_object(one)) for one in selectors.hidden_topics(viewer, series)],
        "actions": selectors.open_actions(viewer, series),
        "tells_counts": rules.tells_counts(series),
        "smallest": rules.smallest(),
    }
    return render(request, "meetings/group.html", context)


@require_safe
@screen
def meeting(request, series, meeting):
    """One meeting: its agenda before, its minutes after."""
    viewer = request.viewer
    found = selectors.meeting_page(viewer, meeting)
    says = rules.may_say_coming(viewer, meeting)
    context = {
        "series": series,
        "meeting": meeting,
        "page": found,
        "runs": rules.may_run(viewer, series),
        "says": says,
        "is_coming": says and selectors.is_coming(viewer, meeting),
        "told": selectors.told_coming(meeting) if meeting.is_called else None,
        "present": rules.told_count(series, meeting.present),
        "tells_counts": rules.tells_counts(series),
        "smallest": rules.smallest(),
    }
    return render(request, "meetings/meeting.html", context)


@require_safe
@screen
def sheet(request, series, meeting):
    """The agenda before, the minutes after, on a sheet of A4 for the wall."""
    calm(request, "file")
    found = selectors.meeting_page(request.viewer, meeting)
    context = {
        "heading": series.space.name,
        "intro": listing.day_words(timezone.localdate(meeting.starts_at)),
        "series": series,
        "meeting": meeting,
        "page": found,
        "reference": meeting.reference,
        "printed_on": clock.today(),
    }
    html = render_to_string("meetings/print/sheet.html", context, request=request)
    return documents.pdf_or_html_response(html, _("meeting-%(reference)s") % {"reference": meeting.reference})
