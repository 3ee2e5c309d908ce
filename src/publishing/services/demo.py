"""The pages of the demo city: a section, two subjects, three outcomes and two being written, in our own words."""

import datetime

from django.apps import apps
from django.db import transaction
from wagtail.models import Page

from src.directory.models import User
from src.foundations import clock

from ..models import DossierPage, HomePage, IndexPage, OutcomePage
from . import demo_wording as words
from . import editorial, site


@transaction.atomic
def load_pages() -> dict[str, int]:
    """Put the demo city's pages in place; a page already there is left as editors made it.

    Returns how many pages were created and how many were there. Figures and dates follow the day of loading.
    """
    home = site.install()
    editorial.install()
    counts = {"created": 0, "unchanged": 0}
    section = _page(home, IndexPage(**words.SECTION), counts)
    for subject in words.SUBJECTS:
        parent = _page(section, DossierPage(**_filled(subject["page"])), counts)
        for outcome in subject["outcomes"]:
            _page(parent, OutcomePage(**_filled(outcome)), counts)
    _in_progress(section, counts)
    _welcome(home)
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


def _welcome(home: HomePage) -> None:
    if not home.body:
        home.body = words.WELCOME_BODY
        home.save()
