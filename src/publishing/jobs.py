"""What the relay and the ticker do for publishing."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.signals import post_delete
from wagtail.models import Page, Revision
from wagtail.signals import page_published, page_unpublished, post_page_move

from src.directory.viewer import AnyAgent
from src.foundations import outbox
from src.foundations.ticking import on_tick
from src.notices.services import send

from . import cards, footer, searching
from .enums import QuoteState
from .models import AccessibilityPage, OutcomePage, QuoteRequest
from .notices import OutcomePublished, QuoteAsked
from .rules import is_fixed
from .services import drafting, quoting

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


@outbox.handles(drafting.TOPIC)
def draft_outcome(payload: dict) -> None:
    """An answer was announced: its outcome page is drafted, once."""
    drafting.draft_by_itself(payload["kind"], payload["reference"])


@outbox.handles(quoting.TOPIC)
def tell_asked(payload: dict) -> None:
    """The author of a passage is asked, by account or by handle."""
    row = QuoteRequest.objects.filter(pk=payload["quote"], state=QuoteState.ASKED).first()
    found = cards.quotable(row.subject_kind, row.subject_reference, AnyAgent()) if row else None
    if found is None:
        return
    send(
        QuoteAsked.code,
        recipients=found.author.user_ids,
        handles=found.author.handles,
        context={"quote": row.reference, "title": found.title, "words": row.words},
        key=f"quote:{row.pk}",
    )


@on_tick("publishing.scheduled", every=timedelta(minutes=5))
def publish_scheduled(now: datetime) -> None:
    """Pages come out and are taken down at their hour; outcomes held by a pre-electoral period, once it is over.

    Another period holds an outcome again. What the footer leads to is never taken down.
    """
    for revision in Revision.page_revisions.filter(approved_go_live_at__lte=now).order_by("pk"):
        revision.publish(log_action=True)
    for page in Page.objects.live().filter(expire_at__lte=now).order_by("pk").specific():
        if not is_fixed(page):
            page.unpublish(set_expired=True, log_action=True)


def outcome_published(sender, instance, **kwargs) -> None:
    """The first publication of an outcome leaves one outbox row; a correction published later tells nobody."""
    if instance.idea_reference and instance.first_published_at == instance.last_published_at:
        with transaction.atomic():
            outbox.emit(TOPIC, {"page": instance.pk}, key=f"outcome:{instance.pk}")


def accessibility_published(sender, instance, **kwargs) -> None:
    """The footer of this process says the new state at once; the others read it within a minute."""
    footer.refresh(force=True)


def page_changed(sender, instance, **kwargs) -> None:
    """A page came out, was taken down, moved or went: the index follows."""
    if isinstance(instance, searching.found_models()):
        with transaction.atomic():
            outbox.emit("search.index", {"kind": searching.PAGE, "pk": instance.pk})


def connect() -> None:
    """Listen to Wagtail's publication: outcomes tell their followers, the footer follows, every page can be found."""
    for model in searching.editors_models():
        for number, signal in enumerate((page_published, page_unpublished, post_page_move, post_delete)):
            signal.connect(page_changed, sender=model, dispatch_uid=f"publishing.search.{model.__name__}.{number}")
    page_published.connect(outcome_published, sender=OutcomePage, dispatch_uid="publishing.outcome")
    page_published.connect(accessibility_published, sender=AccessibilityPage, dispatch_uid="publishing.accessibility")
