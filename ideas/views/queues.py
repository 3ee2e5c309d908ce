"""The workshop: what waits for those who screen, orient, answer, study and decide."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from src.accountability.load import load_for

from .. import selectors
from ..forms.filters import QueueFilterForm, QueueFilters
from .announcements import prepared_for
from .gate import screen, signed_in
from .listing import filter_choices
from .moderating import moderation_card
from .reopening import conditions_card
from .words import badge_of

PAGE_SIZE = 20

# Name, icon, and what one does there, in one line.
CARDS = {
    "to_screen": (gettext_lazy("To screen"), "inbox", gettext_lazy("Read it, and open it to everyone.")),
    "to_orient": (gettext_lazy("To orient"), "signpost", gettext_lazy("Find the direction that answers.")),
    "to_answer_now": (
        gettext_lazy("To answer at once"),
        "zap",
        gettext_lazy("One person answers, the delegate countersigns."),
    ),
    "to_countersign": (gettext_lazy("To countersign"), "pencil", gettext_lazy("Read the answer again, and sign it.")),
    "to_study": (gettext_lazy("To study"), "search", gettext_lazy("Assess, ask, conclude.")),
    "to_decide": (gettext_lazy("To decide"), "gavel", gettext_lazy("Prepare the answer, then announce it.")),
    "overdue": (
        gettext_lazy("Overdue"),
        "clock-alert",
        gettext_lazy("The promised date has passed: everybody sees it."),
    ),
}

# The forms one comes to fill when one works through a queue.
FORMS_OF_QUEUE = {
    "to_screen": ("",),
    "to_orient": ("orientation", "transfer_answer", "shortlist"),
    "to_answer_now": ("fast_answer",),
    "to_countersign": ("countersign",),
    "to_study": ("assessment", "study", "jury", "close_study"),
    "to_decide": ("decision",),
}


def not_for_everybody() -> str:
    """What somebody without a role, or without this queue's role, reads."""
    return _("The workshop is for people who screen, orient, study or decide.")


@require_safe
@screen
@signed_in
def workshop(request):
    """The queues of the viewer, with what each holds."""
    counts = selectors.queue_counts(request.viewer)
    moderation = moderation_card(request.viewer)
    if not counts and moderation is None:
        raise PermissionDenied(not_for_everybody())
    cards = [
        {
            "name": name,
            "label": label,
            "icon": icon,
            "text": text,
            "count": counts[name],
            "url": reverse("ideas:queue", kwargs={"name": name}),
        }
        for name, (label, icon, text) in CARDS.items()
        if name in counts
    ]
    if moderation is not None:
        cards.insert(0, moderation)
    watched = conditions_card(request.viewer)
    if watched is not None:
        cards.append(watched)
    context = {
        "nav_key": "ideas",
        "cards": cards,
        "prepared": prepared_for(request.viewer) if "to_decide" in counts else [],
        "load": load_for(request.viewer),
        "choices": selectors.choices_of(request.viewer) if "to_decide" in counts else [],
    }
    return render(request, "ideas/workshop.html", context)


@require_safe
@screen
@signed_in
def queue(request, name):
    """One queue, the oldest first, by direction and by age."""
    if name not in selectors.QUEUES:
        raise Http404(_("There is no such queue."))
    counts = selectors.queue_counts(request.viewer)
    if name not in counts:
        raise PermissionDenied(not_for_everybody())
    filters = QueueFilters.read(request.GET)
    found = selectors.queue(
        request.viewer,
        name,
        direction=filters.direction,
        older_than=filters.days,
        cursor=request.GET.get("page") or None,
        size=PAGE_SIZE,
    )
    label, icon, text = CARDS[name]
    context = {
        "nav_key": "ideas",
        "name": name,
        "label": label,
        "icon": icon,
        "text": text,
        "count": counts.get(name, 0),
        "filtered": bool(filters.query()),
        "reset_url": request.path if filters.query() else "",
        "rows": [(row, badge_of(row)) for row in found.rows],
        "next_page": f"?{filters.query(page=found.next_cursor)}" if found.next_cursor else "",
        "previous_page": f"?{filters.query(page=found.previous_cursor)}" if found.previous_cursor else "",
        "together": name in selectors.ANSWERED_TOGETHER and counts[name] > 1,
        "filter_form": QueueFilterForm(filters, directions=filter_choices(request.viewer)[0]),
        "tabs": [
            {
                "label": tab_label,
                "url": reverse("ideas:queue", kwargs={"name": key}),
                "current": key == name,
                "count": counts[key],
            }
            for key, (tab_label, _icon, _text) in CARDS.items()
            if key in counts
        ],
    }
    return render(request, "ideas/queue.html", context)


def next_address(viewer, name: str, reference: str | None) -> str:
    """Where « enregistrer et passer à la suivante » leads: the same gesture on the next idea, or the queue itself."""
    if reference is None:
        return reverse("ideas:queue", kwargs={"name": name})
    page = selectors.idea_page(viewer, reference)
    wanted = FORMS_OF_QUEUE.get(name, ())
    action = next((action for action in page.actions if action.form in wanted), None)
    return f"{action.url if action else page.row.url}?file={name}"
