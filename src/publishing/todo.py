"""What pages put on an editor's to-do list."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.notices.todo import TodoItem

from .rules import may_edit_pages
from .services.drafting import drafts


def outcomes_to_prepare(viewer) -> list[TodoItem]:
    """Outcomes drafted from decisions, that nobody published yet. One statement, none for who doesn't edit pages."""
    count = drafts().count() if may_edit_pages(viewer) else 0
    if not count:
        return []
    return [
        TodoItem(
            title=_("Outcomes drafted from decisions"),
            detail=ngettext("%(count)d draft waits", "%(count)d drafts wait", count) % {"count": count},
            url=reverse("publishing_outcomes"),
            verb=_("Complete"),
            icon="flag",
            kind="publishing.outcome",
        )
    ]
