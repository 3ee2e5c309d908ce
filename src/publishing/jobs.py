"""What the relay does for publishing."""

from django.db import transaction
from wagtail.signals import page_published

from src.foundations import outbox
from src.notices.services import send

from . import cards, footer
from .models import AccessibilityPage, OutcomePage
from .notices import OutcomePublished

TOPIC = "publishing.outcome_published"


@outbox.handles(TOPIC)
def tell_followers(payload: dict) -> None:
    """Tell the followers of an idea that its outcome can be read; once for each page."""
    page = OutcomePage.objects.live().filter(pk=payload["page"]).first()
    if page is None or not page.idea_reference:
        return
    followers = cards.followers("idea", page.idea_reference)
    send(
        OutcomePublished.code,
        recipients=followers.user_ids,
        handles=followers.handles,
        context={"title": page.title, "summary": page.summary, "url": page.get_url() or "/"},
        key=f"outcome:{page.pk}",
    )


def outcome_published(sender, instance, **kwargs) -> None:
    """The first publication of an outcome leaves one outbox row; a correction published later tells nobody."""
    if instance.idea_reference and instance.first_published_at == instance.last_published_at:
        with transaction.atomic():
            outbox.emit(TOPIC, {"page": instance.pk}, key=f"outcome:{instance.pk}")


def accessibility_published(sender, instance, **kwargs) -> None:
    """The footer of this process says the new state at once; the others read it within a minute."""
    footer.refresh(force=True)


def connect() -> None:
    """Listen to Wagtail's publication of these two kinds of pages."""
    page_published.connect(outcome_published, sender=OutcomePage, dispatch_uid="publishing.outcome")
    page_published.connect(accessibility_published, sender=AccessibilityPage, dispatch_uid="publishing.accessibility")
