"""Reads of the resources library, and the one thing it counts."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import F, Q
from taggit.models import Tag

from src.foundations.text import tidy

from .enums import Audience, ResourceKind
from .models import ResourcePage, ResourceTaken

PAGE, WORDS = 20, 8


def library(page, request) -> dict:
    """What the library shows: one page of the resources asked for, those the person may read, and the filters."""
    asked = _asked(request.GET)
    found = ResourcePage.objects.child_of(page).visible_to(request.viewer)
    subjects = list(
        Tag.objects.filter(tagged_resources__content_object__in=found.values("pk")).distinct().order_by("name")
    )
    for word in asked["q"].split()[:WORDS]:
        found = found.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(tags__name__icontains=word))
    if asked["genre"]:
        found = found.filter(kind=asked["genre"])
    if asked["public"]:
        found = found.filter(audience__in=[asked["public"], Audience.ALL])
    if asked["sujet"]:
        found = found.filter(tags__slug=asked["sujet"])
    pages = Paginator(found.distinct().prefetch_related("tags").order_by("title", "pk"), PAGE)
    shown = pages.get_page(request.GET.get("p"))
    rest = {name: value for name, value in asked.items() if value}
    return {
        "asked": asked,
        "is_asked": bool(rest),
        "resources": list(shown),
        "total": pages.count,
        "previous_url": _turn(rest, shown.previous_page_number()) if shown.has_previous() else "",
        "next_url": _turn(rest, shown.next_page_number()) if shown.has_next() else "",
        "kinds": ResourceKind.choices,
        "audiences": Audience.choices,
        "subjects": [(tag.slug, tag.name) for tag in subjects],
    }


def taken(pks) -> dict[int, int]:
    """How many times each was taken; those that never were are left out."""
    return dict(ResourceTaken.objects.filter(page__in=pks).values_list("page_id", "count"))


def count_taken(page) -> None:
    """One more: a total, without who, when or from where."""
    if not ResourceTaken.objects.filter(page=page).update(count=F("count") + 1):
        _row, made = ResourceTaken.objects.get_or_create(page=page, defaults={"count": 1})
        if not made:
            ResourceTaken.objects.filter(page=page).update(count=F("count") + 1)


def _asked(data) -> dict[str, str]:
    def word(name, limit=60):
        return tidy(str(data.get(name, "")).replace("\x00", ""), one_line=True)[:limit]

    kind, audience = word("genre"), word("public")
    return {
        "q": word("q", 200),
        "genre": kind if kind in ResourceKind.values else "",
        "public": audience if audience in Audience.values else "",
        "sujet": word("sujet"),
    }


def _turn(rest: dict, number: int) -> str:
    return f"?{urlencode({**rest, 'p': number})}"
