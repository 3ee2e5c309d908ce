"""Who may do what in /gestion/: the rights of the two groups, and the review of pages in two steps."""

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext, override
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from src.directory.enums import Role
from src.directory.groups import GROUPS

from ..models import HomePage, PeerReviewTask

EDITORS = GROUPS[Role.EDITOR]
PUBLISHERS = GROUPS[Role.ADMINISTRATOR]

# Rights on pages below the home page. Editors write; publishing needs the review, or a publisher.
PAGE_RIGHTS = {
    EDITORS: ["add_page", "change_page"],
    PUBLISHERS: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
}
# Wagtail asks the permissions of its own image model, whatever model stores the pictures.
FILE_RIGHTS = {
    EDITORS: ["add_image", "choose_image", "add_document", "choose_document"],
    PUBLISHERS: [
        "add_image",
        "change_image",
        "delete_image",
        "choose_image",
        "add_document",
        "change_document",
        "delete_document",
        "choose_document",
    ],
}

TRANSLATION, TRANSLATE = "simple_translation", "submit_translation"


def install() -> None:
    """Give the groups their rights and the home pages their review; running it again changes nothing."""
    homes = list(HomePage.objects.order_by("path"))
    if not homes:
        return
    for name in (EDITORS, PUBLISHERS):
        group, _created = Group.objects.get_or_create(name=name)
        for home in homes:
            _give_pages(group, home)
        _give_files(group)
        group.permissions.add(*Permission.objects.filter(codename=TRANSLATE, content_type__app_label=TRANSLATION))
    _install_review(homes[0])
    for home in homes[1:]:
        _share_review(homes[0], home)
    _remove_leftovers()


def install_after_migrate(sender, using, **kwargs) -> None:
    """What ``post_migrate`` calls, once the last application has its tables and permissions."""
    if sender.label == _last_app():
        install()


def _last_app() -> str:
    return list(apps.get_app_configs())[-1].label


def _give_pages(group: Group, home: HomePage) -> None:
    wanted = Permission.objects.filter(
        content_type__app_label="wagtailcore", content_type__model="page", codename__in=PAGE_RIGHTS[group.name]
    )
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page_id=home.pk, permission=permission)


def _give_files(group: Group) -> None:
    collection = Collection.get_first_root_node()
    if collection is None:
        return
    wanted = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=FILE_RIGHTS[group.name]
    )
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)


def _install_review(home: HomePage) -> None:
    """Read again by somebody else, then published; only when the home page has no review of its own."""
    if WorkflowPage.objects.filter(page_id=home.pk).exists():
        return
    with override("fr"):
        review = Workflow.objects.create(name=gettext("Review of pages"))
        steps = [
            PeerReviewTask.objects.create(name=gettext("Read again by somebody else")),
            GroupApprovalTask.objects.create(name=gettext("Publication")),
        ]
    steps[0].groups.set(Group.objects.filter(name__in=[EDITORS, PUBLISHERS]))
    steps[1].groups.set(Group.objects.filter(name=PUBLISHERS))
    for order, step in enumerate(steps):
        WorkflowTask.objects.create(workflow=review, task=step, sort_order=order)
    WorkflowPage.objects.create(workflow=review, page_id=home.pk)


def _share_review(first: HomePage, other: HomePage) -> None:
    """A translated tree is reviewed as the first one, unless it has a review of its own."""
    review = WorkflowPage.objects.filter(page_id=first.pk).first()
    if review is not None and not WorkflowPage.objects.filter(page_id=other.pk).exists():
        WorkflowPage.objects.create(workflow_id=review.workflow_id, page_id=other.pk)


def _remove_leftovers() -> None:
    """Wagtail's migrations bring two groups with rights over everything, and their review: ours take their place.

    A group somebody is in, or a review that ran, is left for a person to look at.
    """
    for review in Workflow.objects.filter(name="Moderators approval", workflow_states__isnull=True):
        tasks = list(review.tasks)
        review.delete()
        for task in tasks:
            task.delete()
    Group.objects.filter(name__in=["Moderators", "Editors"], user__isnull=True).delete()
