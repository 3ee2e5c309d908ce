"""The list of ideas, and the same list as a file."""

from django.db.models import Q, Value
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_safe

from src.directory.models import Unit
from src.foundations import clock, exports
from src.participation import activities
from src.participation.models import Space

from .. import selectors
from ..forms.filters import SORTS, FilterForm, ListFilters
from ..models import Idea
from ..rules import ACTIVITY
from .gate import calm, screen, signed_in
from .words import row_card

PAGE_SIZE = 20
EXPORT_LIMIT = 10_000
EXPORT_STEP = 500


@require_safe
@screen
def idea_list(request):
    """Ideas one may see, as asked; a visitor reads those open to everyone."""
    filters = ListFilters.read(request.GET)
    cursor = request.GET.get("page") or None
    found = selectors.idea_list(request.viewer, **filters.asked_of_core, cursor=cursor, size=PAGE_SIZE)
    directions, spaces = filter_choices(request.viewer)
    space = _space(request.viewer, filters.space)
    boxes = _boxes(request.viewer) if not (filters.asked or cursor) else []
    context = {
        "nav_key": "ideas",
        "filters": filters,
        "space": space,
        "box": selectors.open_box(request.viewer, space) if space is not None else None,
        "boxes": boxes,
        "beside": activities.cards_of(space, request.viewer, but=ACTIVITY) if space is not None and not cursor else [],
        "rows": [row_card(row, request.get_full_path()) for row in found.rows],
        "heading": SORTS[filters.sort][0],
        "shown": _shown(len(found.rows), cursor, found.next_cursor),
        "is_staff_here": request.viewer.is_authenticated and request.user.holds_roles,
        "reset_url": reverse("ideas:list") if filters.asked else "",
        "next_page": f"?{filters.query(page=found.next_cursor)}" if found.next_cursor else "",
        "previous_page": f"?{filters.query(page=found.previous_cursor)}" if found.previous_cursor else "",
        "filter_form": FilterForm(filters, directions=directions, spaces=spaces),
        "export_query": filters.query(),
        "sign_in_url": f"{reverse('directory:login')}?{urlencode({'next': request.path})}",
    }
    return render(request, "ideas/list.html", context)


def _space(viewer, slug: str):
    """The box one looks into, to name it; None for all boxes and for one that isn't shown."""
    return Space.objects.visible_to(viewer).filter(slug=slug).first() if slug else None


def _boxes(viewer) -> list:
    """What is open side by side; one box alone needs no choice."""
    boxes = selectors.open_boxes(viewer) if viewer.is_authenticated else []
    return boxes if len(boxes) > 1 else []


def _shown(count: int, cursor, following) -> str:
    """How many ideas are on the page; exact when the page holds them all, and no costly count when it doesn't."""
    if cursor is None and not following:
        return ngettext("%(n)d idea", "%(n)d ideas", count) % {"n": count}
    return ngettext("%(n)d idea on this page", "%(n)d ideas on this page", count) % {"n": count}


COLUMNS = (
    (pgettext_lazy("column", "Reference"), lambda row: row.reference),
    (pgettext_lazy("column", "Title"), lambda row: row.title),
    (pgettext_lazy("column", "Kind"), lambda row: row.kind_label),
    (pgettext_lazy("column", "Step"), lambda row: row.step_label),
    (pgettext_lazy("column", "Signed"), lambda row: row.author_label),
    (pgettext_lazy("column", "Direction"), lambda row: row.direction_label),
    (pgettext_lazy("column", "Box"), lambda row: row.space_name),
    (pgettext_lazy("column", "Week of"), lambda row: row.week),
    (pgettext_lazy("column", "Answer promised before"), lambda row: row.promised_on),
    (pgettext_lazy("column", "Days late"), lambda row: row.days_late if row.is_late else None),
    (pgettext_lazy("column", "Supports"), lambda row: row.supports),
    (pgettext_lazy("column", "Supports from the earlier platform"), lambda row: row.imported_supports),
    (pgettext_lazy("column", "Comments"), lambda row: row.comments),
)


@require_safe
@screen
@signed_in
def export(request):
    """The list as one sees it, whole, as a CSV file."""
    calm(request, "export", limit=10)
    filters = ListFilters.read(request.GET)
    rows = _all_rows(request.viewer, filters)
    name = _("ideas-%(day)s.csv") % {"day": clock.today().isoformat()}
    columns = [str(title) for title, _read in COLUMNS]
    return exports.csv_response(name, columns, ([read(row) for _title, read in COLUMNS] for row in rows))


def _all_rows(viewer, filters):
    """The whole list through the same gate, page after page; stops at the limit."""
    cursor, left = None, EXPORT_LIMIT
    while left > 0:
        found = selectors.idea_list(viewer, **filters.asked_of_core, cursor=cursor, size=min(EXPORT_STEP, left))
        yield from found.rows
        left -= len(found.rows)
        cursor = found.next_cursor
        if not cursor:
            return


def filter_choices(viewer) -> tuple[list, list]:
    """Directions and boxes the filters offer, in one statement."""
    boxes = Space.objects.visible_to(viewer).filter(Q(is_archive=True) | Q(process__subject_kind=Idea.subject_kind))
    found = (
        Unit.objects.current(clock.today())
        .directions()
        .order_by()
        .values_list(Value("direction"), "code", "name")
        .union(boxes.order_by().values_list(Value("box"), "slug", "name"), all=True)
    )
    choices: dict[str, list] = {"direction": [], "box": []}
    for kind, value, label in found:
        choices[kind].append((value, label))
    return tuple(sorted(pairs, key=lambda pair: pair[1].casefold()) for pairs in choices.values())
