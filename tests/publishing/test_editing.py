"""Editors in /gestion/: who may publish, the review in two steps, pages that stay, pictures made anew."""

import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import GroupApprovalTask, Task, Workflow, WorkflowPage, WorkflowTask

from src.directory.enums import Role
from src.foundations.testing import drain_outbox, forget_effects
from src.publishing.jobs import publish_scheduled
from src.publishing.models import PeerReviewTask, StandardPage
from src.publishing.services import editorial
from tests.factories.directory import AgentFactory, grant
from tests.factories.publishing import IndexPageFactory, OutcomePageFactory, PageFactory, home_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    home_page()
    editorial.install()
    user = AgentFactory()
    grant(user, Role.EDITOR)
    return type(user).objects.get(pk=user.pk)


@pytest.fixture
def publisher():
    home_page()
    editorial.install()
    user = AgentFactory()
    grant(user, Role.ADMINISTRATOR)
    return type(user).objects.get(pk=user.pk)


def test_installing_the_review_again_changes_nothing():
    home_page()
    for _ in range(2):
        editorial.install()

    assert [workflow.name for workflow in Workflow.objects.all()] == ["Relecture des pages"]
    assert [type(task.specific).__name__ for task in Workflow.objects.get().tasks] == [
        "PeerReviewTask",
        "GroupApprovalTask",
    ]
    assert Task.objects.count() == 2


def test_what_wagtail_s_migrations_leave_is_removed_unless_used():
    home = home_page()
    unused, used = Group.objects.create(name="Moderators"), Group.objects.create(name="Editors")
    AgentFactory().groups.add(used)
    review = Workflow.objects.create(name="Moderators approval")
    task = GroupApprovalTask.objects.create(name="Moderators approval")
    WorkflowTask.objects.create(workflow=review, task=task)
    WorkflowPage.objects.create(workflow=review, page=home.get_parent())

    editorial.install()

    assert set(Group.objects.filter(name__in=["Moderators", "Editors"])) == {used}
    assert not Group.objects.filter(pk=unused.pk).exists()
    assert [workflow.name for workflow in Workflow.objects.all()] == ["Relecture des pages"]
    assert not Task.objects.filter(pk=task.pk).exists()


def test_an_editor_writes_and_a_publisher_publishes(editor, publisher):
    page = PageFactory()
    home = home_page()

    assert home.permissions_for_user(editor).can_add_subpage()
    assert page.permissions_for_user(editor).can_edit()
    assert not page.permissions_for_user(editor).can_publish()
    assert page.permissions_for_user(publisher).can_publish()
    assert home.get_workflow() == Workflow.objects.get()


def test_an_agent_without_role_does_not_enter(client_of):
    home_page()

    response = client_of(AgentFactory()).get("/gestion/")

    assert response.status_code == 302


def test_an_editor_enters_and_sees_our_name(editor, client_of):
    html = client_of(editor).get("/gestion/").content.decode()

    assert "Terrain" in html
    assert "favicon.svg" in html
    assert "publishing/gestion.css" in html
    assert "Wagtail 7" not in html
    assert "whats-new" not in html


def test_nobody_approves_their_own_text(editor, publisher):
    page = PageFactory()
    page.title = "Autre titre"
    page.save_revision(user=editor)
    review = PeerReviewTask.objects.get()

    mine = {action for action, _label, _form in review.get_actions(page, editor)}
    theirs = {action for action, _label, _form in review.get_actions(page, publisher)}

    assert mine == {"reject"}
    assert theirs == {"reject", "approve"}


def test_a_page_goes_live_after_both_steps(editor, publisher):
    other = AgentFactory()
    grant(other, Role.EDITOR)
    page = PageFactory(live=False)
    page.save_revision(user=editor)
    state = page.get_workflow().start(page, editor)

    state.current_task_state.approve(user=other)
    page.refresh_from_db()
    assert page.live is False

    state.refresh_from_db()
    state.current_task_state.approve(user=publisher)
    page.refresh_from_db()
    assert page.live is True
    drain_outbox()


@pytest.mark.parametrize("slug", ["accueil", "accessibilite", "mentions-legales"])
@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_pages_of_every_site_stay(publisher, client_of, slug, action):
    from wagtail.models import Page

    home_page()
    page = Page.objects.get(slug=slug)

    client_of(publisher).post(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]))
    page.refresh_from_db()

    assert page.live is True


def test_a_page_does_not_move_onto_an_address_of_the_product(publisher, client_of):
    page = PageFactory(parent=IndexPageFactory(), slug="idees")
    home = home_page()

    client_of(publisher).post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, home.pk]))
    page.refresh_from_db()

    assert page.get_parent().pk != home.pk


def test_the_form_refuses_an_address_of_the_product_in_words(publisher, client_of):
    home = home_page()
    data = {
        "title": "Idées",
        "slug": "idees",
        "summary": "",
        "seo_title": "",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    }
    address = reverse("wagtailadmin_pages:add", args=["publishing", "standardpage", home.pk])

    response = client_of(publisher).post(address, data)

    assert "est déjà une partie de Terrain" in response.content.decode()
    assert not StandardPage.objects.filter(slug="idees").exists()


def photo():
    """A JPEG with a place in its EXIF."""
    image = Image.new("RGB", (60, 40), "red")
    exif = Image.Exif()
    exif[0x010E] = "CANARI-DESCRIPTION"
    exif.get_ifd(0x8825)[1] = "N"
    stream = io.BytesIO()
    image.save(stream, "JPEG", exif=exif)
    return SimpleUploadedFile("photo.jpg", stream.getvalue(), "image/jpeg")


def test_a_picture_is_made_anew(publisher, client_of, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    root = get_image_model()._meta.get_field("collection").related_model.get_first_root_node()

    response = client_of(publisher).post(
        reverse("wagtailimages:add"),
        {
            "title": "Le quai",
            "file": photo(),
            "description": "Le quai au matin",
            "credit": "",
            "rights": "city",
            "rights_note": "",
            "collection": root.pk,
            "tags": "",
        },
    )

    assert response.url == reverse("wagtailimages:index")
    image = get_image_model().objects.get()
    stored = image.file.read()
    assert type(image).__name__ == "TerrainImage"
    assert b"CANARI" not in stored
    assert dict(Image.open(io.BytesIO(stored)).getexif()) == {}
    assert image.file.name.rsplit("/", 1)[-1] != "photo.jpg"


def test_somebody_else_s_picture_needs_its_credit():
    from django.db import IntegrityError, transaction

    image = get_image_model()(title="x", file=photo(), width=1, height=1, rights="licence", credit="")
    with pytest.raises(IntegrityError), transaction.atomic():
        image.save()


def test_pages_come_out_and_are_taken_down_at_their_hour(publisher, monkeypatch):
    now = timezone.now()
    page, fixed = PageFactory(live=False), StandardPage.objects.get(slug="aide")
    page.go_live_at, page.expire_at = now + timedelta(hours=1), now + timedelta(days=1)
    page.save_revision(user=publisher).publish(user=publisher)
    StandardPage.objects.filter(pk=fixed.pk).update(expire_at=now)

    seen = []
    for hours in (0, 2, 25):
        monkeypatch.setattr(timezone, "now", lambda hours=hours: now + timedelta(hours=hours))
        publish_scheduled(now + timedelta(hours=hours))
        seen.append(StandardPage.objects.get(pk=page.pk).live)

    assert seen == [False, True, False]
    assert StandardPage.objects.get(pk=fixed.pk).live
    monkeypatch.undo()
    forget_effects()


def test_a_scheduled_page_waits_for_its_review_too(editor, publisher):
    other = AgentFactory()
    grant(other, Role.EDITOR)
    page = PageFactory(live=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=editor)
    state = page.get_workflow().start(page, editor)
    for person in (other, publisher):
        state.refresh_from_db()
        state.current_task_state.approve(user=person)

    page.refresh_from_db()
    assert (page.live, page.get_latest_revision().approved_go_live_at) == (False, page.go_live_at)
    drain_outbox()


@pytest.mark.parametrize("kind", ["standard", "outcome", "home", "english"])
def test_an_editor_sees_a_page_before_it_comes_out(editor, client_of, kind):
    pages = {
        "standard": lambda: PageFactory(live=False, body=[("agreed_quote", {"quote": "7K3F9Q"})]),
        "outcome": lambda: OutcomePageFactory(live=False),
        "home": home_page,
        "english": lambda: StandardPage.objects.get(slug="help"),
    }
    page = pages[kind]()
    page.save_revision(user=editor)

    shown = client_of(editor).get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert shown.status_code == 200
    assert kind != "standard" or "ne s’affiche pas" in shown.content.decode()
    assert client_of(AgentFactory()).get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 302
