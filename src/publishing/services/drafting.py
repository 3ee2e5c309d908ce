"""Outcome pages drafted from decisions: by themselves once announced, or at once for an editor who asks."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from django.utils.text import slugify
from django.utils.translation import gettext, override
from wagtail.models import Revision

from src.directory.viewer import as_viewer
from src.foundations import clock, outbox

from .. import cards
from ..models import HomePage, IndexPage, OutcomeDraft, OutcomePage
from ..rules import may_edit_pages

TOPIC = "publishing.outcome_draft"
SECTION = "bilans"


def ask_for_draft(kind: str, reference: str) -> None:
    """Leave one outbox row in the caller's transaction: the relay drafts the page of the answer just announced."""
    outbox.emit(TOPIC, {"kind": kind, "reference": reference})


def draft_by_itself(kind: str, reference: str) -> OutcomePage | None:
    """Draft the page of a subject's last answer, once for each answer; returns it, or None when nothing was made.

    Nothing is made for what some agents don't read, for an answer whose draft an editor threw away, nor when an
    editor already wrote a page about this idea. An existing page is never written over.
    """
    words = cards.outcome_words(kind, reference)
    if words is None or HomePage.objects.first() is None:
        return None
    if words.idea_reference and _written_by_hand(words.idea_reference):
        return None
    try:
        with transaction.atomic():
            row = OutcomeDraft.objects.create(
                subject_kind=kind, subject_reference=reference, answer=words.answer, drafted_on=clock.today()
            )
            return _fill(row, words)
    except IntegrityError:
        if not _rows(kind, reference, words).exists():
            raise
        return None


def draft_for(kind: str, reference: str, *, actor) -> OutcomePage | None:
    """The page an editor asks for in one gesture: the one that is there, else a draft made now; None without answer.

    Refuses who doesn't edit pages (PermissionDenied). A draft that was thrown away is made again.
    """
    if not may_edit_pages(actor):
        raise PermissionDenied(gettext("Editors prepare outcomes."))
    words = cards.outcome_words(kind, reference)
    if words is None:
        return None
    row = _rows(kind, reference, words).select_related("page").first()
    if row is not None and row.page is not None:
        return row.page
    if row is None and words.idea_reference:
        known = _written_by_hand(words.idea_reference)
        if known is not None:
            return known
    with transaction.atomic():
        row, _made = OutcomeDraft.objects.get_or_create(
            subject_kind=kind,
            subject_reference=reference,
            answer=words.answer,
            defaults={"drafted_on": clock.today()},
        )
        return row.page or _fill(row, words)


def untouched():
    """Drafts that nobody changed, sent for review or published since the product wrote them."""
    other = Revision.objects.filter(
        base_content_type__app_label="wagtailcore", object_id=OuterRef("page_text")
    ).exclude(pk=OuterRef("revision"))
    return drafts().exclude(Exists(other))


def drafts():
    """Drafts that wait for an editor: their page is there, and never came out."""
    from django.db.models import CharField
    from django.db.models.functions import Cast

    return OutcomeDraft.objects.filter(page__isnull=False, page__first_published_at__isnull=True).annotate(
        page_text=Cast(F("page_id"), CharField())
    )


def discard(ids, *, actor) -> int:
    """Throw away these drafts, those that nobody touched alone; returns how many. They don't come back by themselves.

    Refuses who doesn't edit pages (PermissionDenied).
    """
    if not may_edit_pages(actor):
        raise PermissionDenied(gettext("Editors prepare outcomes."))
    count = 0
    for pk in ids:
        with transaction.atomic():
            row = untouched().filter(pk=pk).select_related("page").first()
            if row is None or row.page.current_workflow_state is not None:
                continue
            page = row.page
            OutcomeDraft.objects.filter(pk=row.pk).update(page=None, revision=None)
            page.delete(user=as_viewer(actor).user)
            count += 1
    return count


def _rows(kind, reference, words):
    return OutcomeDraft.objects.filter(subject_kind=kind, subject_reference=reference, answer=words.answer)


def _written_by_hand(reference: str) -> OutcomePage | None:
    return OutcomePage.objects.filter(idea_reference=reference, outcome_draft__isnull=True).order_by("pk").first()


def _fill(row: OutcomeDraft, words: cards.OutcomeWords) -> OutcomePage:
    parent = _section()
    page = OutcomePage(
        title=words.title[:255],
        slug=_free_slug(parent, words.title, row.subject_reference),
        summary=words.summary[:300],
        idea_reference=words.idea_reference,
        said=words.said,
        decided=words.decided,
        changes=words.changes,
        measure=words.measure,
        measure_on=words.measure_on,
        signed_by=words.signed_by[:160],
        live=False,
        has_unpublished_changes=True,
    )
    parent.add_child(instance=page)
    revision = page.save_revision(log_action=False)
    row.page, row.revision = page, revision.pk
    row.save(update_fields=["page", "revision"])
    return page


def _section() -> IndexPage:
    """The section where the last outcomes stand; « Bilans » is made for the first of all."""
    last = OutcomePage.objects.order_by("-pk").first()
    above = last.get_ancestors().type(IndexPage).order_by("-depth").first() if last else None
    if above is not None:
        return above.specific
    home = HomePage.objects.order_by("path").first()
    known = IndexPage.objects.child_of(home).filter(slug=SECTION).first()
    if known is not None:
        return known
    with override("fr"):
        section = IndexPage(
            title=gettext("Outcomes of ideas"),
            slug=SECTION,
            summary=gettext("What the City decided from your ideas, and what changes."),
        )
    return home.add_child(instance=section)


def _free_slug(parent, title: str, reference: str) -> str:
    slug = slugify(title)[:80].strip("-") or reference.lower()
    if not parent.get_children().filter(slug=slug).exists():
        return slug
    longer = f"{slug}-{reference.lower()}"
    number = parent.get_children().filter(slug__startswith=longer).count()
    return f"{longer}-{number + 1}" if number else longer
