"""The pages of the demo city: a section, two subjects, three outcomes and two being written, in our own words."""

import datetime

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.models import Locale, Page

from src.directory.models import User
from src.directory.viewer import as_viewer
from src.foundations import clock

from .. import cards
from ..enums import QuoteSignature
from ..models import DossierPage, HomePage, IndexPage, OutcomePage, QuoteRequest, ResourcePage, ResourcesPage
from . import demo_wording as words
from . import editorial, quoting, site


@transaction.atomic
def load_pages() -> dict[str, int]:
    """Put the demo city's pages in place; a page already there is left as editors made it.

    Returns how many pages were created and how many were there. Figures and dates follow the day of loading.
    """
    home = site.install()
    editorial.install()
    counts = {"created": 0, "unchanged": 0}
    _quotes()
    section = _page(home, IndexPage(**words.SECTION), counts)
    for subject in words.SUBJECTS:
        parent = _page(section, DossierPage(**_filled(subject["page"])), counts)
        for outcome in subject["outcomes"]:
            _page(parent, OutcomePage(**_filled(outcome)), counts)
    _in_progress(section, counts)
    _welcome(home)
    _library(home, counts)
    _translations(home, section, counts)
    return counts


def _in_progress(section: IndexPage, counts: dict) -> None:
    """A page that waits for its review by somebody else, and one that its editor has begun: never seen by readers."""
    people = {person.username: person for person in User.objects.filter(username__in=words.WRITERS)}
    subject = DossierPage.objects.child_of(section).order_by("path").first()
    for writer, asks_review, fields in words.DRAFTS:
        before = counts["created"]
        page = _page(subject, OutcomePage(live=False, **_filled(fields)), counts)
        if counts["created"] == before or writer not in people:
            continue
        page.owner = people[writer]
        page.save()
        page.save_revision(user=people[writer])
        review = page.get_workflow()
        if asks_review and review is not None:
            review.start(page, people[writer])


def _page(parent: Page, page: Page, counts: dict) -> Page:
    """The child of that address, made if it is missing."""
    known = type(page).objects.child_of(parent).filter(slug=page.slug).first()
    if known is not None:
        counts["unchanged"] += 1
        return known
    parent.refresh_from_db()
    if page.live:
        page.first_published_at = page.last_published_at = page.latest_revision_created_at = clock.now()
    parent.add_child(instance=page)
    counts["created"] += 1
    return page


def _filled(fields: dict) -> dict:
    """The fields of a page with its dates counted from today and the idea of its title, when that idea is loaded."""
    filled = dict(fields)
    days = filled.pop("measure_in_days", None)
    if days is not None:
        filled["measure_on"] = clock.today() + datetime.timedelta(days=days)
    title = filled.pop("idea_title", "")
    if title:
        filled["idea_reference"] = _reference_of(title)
    quoted, measured = filled.pop("quoted", ""), filled.pop("measure_of", "")
    quote = QuoteRequest.objects.filter(subject_reference=_reference_of(quoted)).first() if quoted else None
    if quote is not None:
        filled["body"] = [*filled.get("body", []), ("agreed_quote", {"quote": quote.reference})]
    measure = _measure_of(_reference_of(measured)) if measured else ""
    if measure:
        filled["body"] = [*filled.get("body", []), ("measure", {"reference": measure})]
    calendar = filled.pop("calendar", None)
    if calendar:
        dates = [{"day": clock.today() + datetime.timedelta(days=days), "text": text} for days, text in calendar]
        filled["body"] = [*filled.get("body", []), ("calendar", {"dates": dates})]
    return filled


def _reference_of(title: str) -> str:
    """The reference of the demo idea of that title; empty when ideas aren't loaded (they live a floor above)."""
    if not apps.is_installed("ideas"):
        return ""
    ideas = apps.get_model("ideas", "Idea").objects.filter(title=title, is_imported=False)
    return ideas.values_list("reference", flat=True).first() or ""


def _measure_of(reference: str) -> str:
    """The measure the idea became; empty when there is none, or when measures aren't loaded (a room beside)."""
    origins = apps.get_model("accountability", "MeasureOrigin").objects.filter(subject_reference=reference)
    return origins.exclude(subject_reference="").values_list("measure__reference", flat=True).first() or ""


def _quotes() -> None:
    """What the editor asked for: one author said yes, the other hasn't answered."""
    editor = User.objects.filter(username="edition").first()
    for title, words_quoted, purpose, agreed in words.QUOTES:
        reference = _reference_of(title)
        if not reference or editor is None or QuoteRequest.objects.filter(subject_reference=reference).exists():
            continue
        found = cards.quotable("idea", reference, as_viewer(editor))
        if found is None or not found.author.user_ids:
            continue
        asked = quoting.ask_for_quote(
            kind="idea", reference=reference, words=words_quoted, purpose=purpose, actor=editor
        )
        if agreed:
            author = User.objects.get(pk=next(iter(found.author.user_ids)))
            quoting.agree(asked, signature=QuoteSignature.NAME, actor=author)


def _library(home: HomePage, counts: dict) -> None:
    library = _page(home, ResourcesPage(**words.LIBRARY), counts)
    for fields, subjects, document in words.RESOURCES:
        page = ResourcePage(**fields)
        if document and not ResourcePage.objects.child_of(library).filter(slug=page.slug).exists():
            name, text = document
            file = ContentFile(text.encode("utf-8-sig"), name=name)
            page.document = get_document_model().objects.create(title=page.title, file=file)
        page = _page(library, page, counts)
        if not page.tags.exists():
            page.tags.add(*subjects)
            page.save()


def _translations(home: HomePage, section: IndexPage, counts: dict) -> None:
    """One outcome read in English too, so that the way from one language to the other is seen."""
    english = home.get_translation_or_none(Locale.objects.get(language_code="en"))
    slug, fields = words.ENGLISH_OUTCOME
    outcome = OutcomePage.objects.filter(slug=slug, locale=home.locale).first()
    if english is None or outcome is None:
        return
    key = {"locale": english.locale, "translation_key": section.translation_key}
    below = _page(english, IndexPage(**words.ENGLISH_SECTION, **key), counts)
    key["translation_key"] = outcome.translation_key
    _page(below, OutcomePage(**fields, measure_on=outcome.measure_on, **key), counts)


def _welcome(home: HomePage) -> None:
    if not home.body:
        home.body = words.WELCOME_BODY
        home.save()
