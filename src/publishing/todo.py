"""What pages put on the to-do list of those who write them: drafts of others to read, one's own to finish."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from wagtail.models import Page, TaskState

from src.directory.enums import Role
from src.foundations import together
from src.notices.todo import TodoItem

from .rules import may_edit_pages
from .services.drafting import drafts

MOST = 10
WRITERS = (Role.EDITOR, Role.ADMINISTRATOR)


@together.reading
def pages_for_me(viewer):
    """Reviews that wait for somebody's group, never of their own text; one's own pages with changes not published."""
    if not any(viewer.has_role(role) for role in WRITERS):
        return []
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__active=True)
    by_another = Q(task__peerreviewtask__groups__user=viewer.user_id) & ~Q(revision__user_id=viewer.user_id)
    mine = waiting.filter(by_another | Q(task__groupapprovaltask__groups__user=viewer.user_id))
    in_review = waiting.values("revision_id")
    begun = Page.objects.filter(
        has_unpublished_changes=True,
        latest_revision__user_id=viewer.user_id,
        latest_revision__approved_go_live_at=None,
    ).exclude(latest_revision_id__in=in_review)
    asked, begun = yield (
        mine.order_by("started_at", "pk")
        .values_list("pk", "revision__object_id", "revision__object_str", "started_at")
        .distinct()[:MOST],
        begun.order_by("-latest_revision_created_at", "pk").values_list("pk", "draft_title")[:MOST],
    )
    return [
        TodoItem(
            title=_("Read again: %(title)s") % {"title": title},
            detail=_("a page waits for its review"),
            url=reverse("wagtailadmin_pages:edit", args=[page]),
            verb=pgettext("a page", "Read again"),
            icon="clipboard-list",
            minutes=10,
            awaited=True,
            kind="publishing.review",
        )
        for _pk, page, title, _since in asked
    ] + [
        TodoItem(
            title=_("Finish: %(title)s") % {"title": title},
            detail=_("your changes aren't published"),
            url=reverse("wagtailadmin_pages:edit", args=[page]),
            verb=pgettext("a page", "Take up again"),
            icon="pencil",
            kind="publishing.draft",
        )
        for page, title in begun
    ]


@together.reading
def outcomes_to_prepare(viewer):
    """Outcomes drafted from decisions, that nobody published yet."""
    if not may_edit_pages(viewer):
        return []
    count = yield together.counted(drafts())
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
