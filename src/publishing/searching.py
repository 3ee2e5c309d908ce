"""What the index and the page of results know of editors' pages and of spaces."""

from datetime import date
from functools import cache, reduce
from operator import or_

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, get_page_models
from wagtail.rich_text import get_text_for_indexing

from src.directory.viewer import as_viewer
from src.participation.models import Space
from src.search import registry
from src.search.registry import Document, Result, Shown

from . import cards
from .languages import default_language, language_of
from .models import BasePage, DossierPage, HomePage, OutcomePage
from .querysets import PublishedPageQuerySet

PAGE, SPACE = "page", "space"
GENRES = {"dossier": gettext_lazy("Subjects"), "outcome": gettext_lazy("Outcomes"), "page": gettext_lazy("Pages")}
LABELS = {
    "dossier": (gettext_lazy("Subject"), "book-open"),
    "outcome": (gettext_lazy("Outcome"), "milestone"),
    "page": (gettext_lazy("Page"), "file-text"),
}


def editors_models() -> list[type]:
    """Every kind of page editors write, of any room, but the home page."""
    models = [model for model in get_page_models() if issubclass(model, BasePage) and Page in model._meta.parents]
    return [model for model in models if model is not HomePage]


@cache
def found_models() -> tuple[type, ...]:
    """Those found as pages: all but those that a room finds by itself. Read once every room is there."""
    own = {kind.model for kind in registry.kinds().values()}
    return tuple(model for model in editors_models() if model not in own)


def pages():
    """Live pages of the kinds that are found, read whole with one statement."""
    names = [model._meta.model_name for model in found_models()]
    of_these_kinds = reduce(or_, (Q(**{f"{name}__isnull": False}) for name in names))
    return PublishedPageQuerySet(Page).live().filter(of_these_kinds).select_related(*names)


def whole(page):
    """The page with the fields of its kind."""
    names = (model._meta.model_name for model in found_models())
    return next((part for name in names if (part := getattr(page, name, None)) is not None), page)


def page_document(page) -> Document:
    """Title, summary and everything written in it."""
    of_kind = whole(page)
    return Document(page.title, body=_text(of_kind), genre=_genre(of_kind), day=_day(page))


def page_results(viewer, pks) -> dict:
    """These pages as results, those the viewer may read."""
    return {page.pk: _page_result(page) for page in pages().visible_to(viewer).filter(pk__in=pks)}


def visible_pages(viewer):
    """The pages in the lists of this person: those of the first language, and those of the one they read in."""
    languages = {default_language(), get_language() or default_language()}
    return PublishedPageQuerySet(Page).visible_to(viewer).filter(locale__language_code__in=languages)


def space_document(space) -> Document:
    """Name, the line under it, introduction."""
    return Document(
        space.name,
        body=f"{space.summary}\n{strip_tags(space.introduction)}",
        genre=SPACE,
        space=(space.slug, space.name),
        day=timezone.localdate(space.created_at),
    )


def space_results(viewer, pks) -> dict:
    """These spaces as results, those whose circle holds the viewer."""
    return {space.pk: _space_result(space) for space in Space.objects.visible_to(viewer).filter(pk__in=pks)}


def register() -> None:
    """Put pages and spaces on the page of results."""
    registry.register(
        PAGE, Page, page_document, pages, Shown(visible=visible_pages, results=page_results, genres=GENRES)
    )
    registry.register(
        SPACE,
        Space,
        space_document,
        shown=Shown(
            visible=lambda viewer: Space.objects.visible_to(as_viewer(viewer)),
            results=space_results,
            genres={SPACE: gettext_lazy("Boxes and archives")},
        ),
    )


def _genre(page) -> str:
    return {DossierPage: "dossier", OutcomePage: "outcome"}.get(type(page), "page")


def _day(page) -> date | None:
    return timezone.localdate(page.first_published_at) if page.first_published_at else None


def _text(page) -> str:
    """Everything somebody reads on the page, without its markup."""
    parts = [getattr(page, "summary", "")]
    for field in type(page)._meta.fields:
        value = getattr(page, field.attname)
        if isinstance(field, RichTextField):
            parts.append(get_text_for_indexing(value))
        elif isinstance(field, StreamField):
            parts += [get_text_for_indexing(str(text)) for text in field.get_searchable_content(value)]
    return "\n".join(part for part in parts if part)


def _address(page) -> str:
    """One site, whose roots are the home pages: the first step of the path is theirs."""
    with override(language_of(page)):
        return reverse("wagtail_serve", args=[page.url_path.split("/", 2)[2]])


def _page_result(page) -> Result:
    of_kind = whole(page)
    label, icon = LABELS[_genre(of_kind)]
    text = _text(of_kind)
    return Result(
        title=page.title,
        url=_address(page),
        label=str(label),
        icon=icon,
        tone="train" if icon == "milestone" else "consult",
        texts=(("", text),),
        facts=(date_format(_day(page), "DATE_FORMAT"),) if _day(page) else (),
    )


def _space_result(space) -> Result:
    label, icon = (_("Archive"), "archive") if space.is_archive else (_("Box"), "inbox")
    if space.activities == [cards.ASKING]:
        label, icon = _("Questionnaire"), "clipboard-list"
    return Result(
        title=space.name,
        url=cards.space_url(space),
        label=label,
        icon=icon,
        texts=(("", f"{space.summary} {strip_tags(space.introduction)}"),),
    )
