"""What ratings put on the to-do list: reports to answer, suggestions to read, series to look at."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from src.accountability.models import ResponseOwed
from src.directory.viewer import as_viewer
from src.foundations import together
from src.notices.todo import TodoItem

from . import rules
from .models import ProblemReport
from .workshop_reading import queues


@together.reading
def to_handle(viewer):
    """At most three lines, one a queue; none and no statement for who handles nothing."""
    viewer = as_viewer(viewer)
    if not rules.may_use_workshop(viewer):
        return []
    open_ones = ProblemReport.objects.handled_by(viewer).filter(state="open").values("reference")
    rows = ResponseOwed.objects.open().filter(subject_kind=ProblemReport.SUBJECT, subject_reference__in=open_ones)
    waiting, due = yield from together.all_of(
        [queues.asking(viewer), _asked(rows.order_by("promised_on").values_list("promised_on", flat=True)[:1])]
    )
    items: list[TodoItem] = []
    if waiting.reports:
        words = ngettext("%(n)d report waits", "%(n)d reports wait", waiting.reports)
        items.append(
            TodoItem(
                title=_("Answer the problem reports of your points"),
                detail=words % {"n": waiting.reports},
                url=reverse("ratings:reports"),
                verb=pgettext("a report", "Answer"),
                icon="flag",
                due_on=next(iter(due), None),
                minutes=10 * waiting.reports,
                awaited=True,
                kind="ratings.report",
            )
        )
    if waiting.suggestions:
        words = ngettext("%(n)d suggestion", "%(n)d suggestions", waiting.suggestions)
        items.append(
            TodoItem(
                title=_("Read the suggestions of visitors"),
                detail=words % {"n": waiting.suggestions},
                url=reverse("ratings:suggestions"),
                verb=pgettext("suggestions", "Read"),
                icon="lightbulb",
                minutes=2 * waiting.suggestions,
                awaited=True,
                kind="ratings.suggestion",
            )
        )
    if waiting.flags:
        words = ngettext("%(n)d series", "%(n)d series", waiting.flags)
        items.append(
            TodoItem(
                title=_("Look at unusual ratings"),
                detail=words % {"n": waiting.flags},
                url=reverse("ratings:flags"),
                verb=pgettext("unusual ratings", "Look"),
                icon="chart-column",
                minutes=2 * waiting.flags,
                awaited=True,
                kind="ratings.flag",
            )
        )
    return items


def _asked(rows):
    return (yield rows)
