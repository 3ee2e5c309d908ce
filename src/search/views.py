"""The page of results: one for everybody, each in their circle. Nothing about what people look for is kept."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from src.foundations import ratelimit
from src.foundations.addresses import client_address

from . import registry
from .asking import NAMES, Asked
from .finding import Found, direct, find

A_MINUTE = 60
SEARCHES = 60


@require_safe
def results(request):
    """What the person may see that answers; straight to the object whose reference was typed."""
    if not _calm(request):
        return render(request, "429.html", status=429, headers={"Retry-After": str(A_MINUTE)})
    asked = Asked.read(request.GET)
    if asked.q and not asked.narrowed and (url := direct(request.viewer, asked)):
        return HttpResponseRedirect(url)
    found = find(request.viewer, asked)
    return render(request, "search/results.html", _context(request, found))


def _calm(request) -> bool:
    """Counted in memory only; an address may be a whole building."""
    viewer = request.viewer
    if viewer.is_authenticated:
        return ratelimit.hit_in_memory("search", str(viewer.user_id), SEARCHES, A_MINUTE)
    return ratelimit.hit_in_memory("search", client_address(request), SEARCHES * 100, A_MINUTE)


def _context(request, found: Found) -> dict:
    asked = found.asked
    here = reverse("search:results")

    def to(**changes) -> str:
        return f"{here}?{asked.query(**changes)}"

    page = min(asked.page, found.pages) if found.pages else 1
    return {
        "found": found,
        "asked": asked,
        "heading": heading(found),
        "facets": [_drawn(facet, to) for facet in found.facets],
        "sorts": [
            {"label": _("Closest first"), "url": to(sort=""), "current": not asked.sort},
            {
                "label": pgettext("order of results", "Most recent first"),
                "url": to(sort="recents"),
                "current": asked.sort == "recents",
            },
        ],
        "reset_url": to(**dict.fromkeys(NAMES, "")) if asked.narrowed else "",
        "exact_url": to(exact=True),
        "forgiving_url": to(exact=False) if asked.exact else "",
        "previous_url": to(page=page - 1) if page > 1 else "",
        "next_url": to(page=page + 1) if page < found.pages else "",
        "page_words": _("Page %(page)d of %(pages)d") % {"page": page, "pages": found.pages}
        if found.pages > 1
        else "",
        "alone": [
            {"word": word, "url": f"{here}?{Asked(q=word).query()}", "words": _count(count)}
            for word, count in found.alone
        ],
        "ways_out": [{"label": way.label, "url": reverse(way.url_name)} for way in registry.ways_out()],
        "genres": [str(label) for label in registry.genres().values()],
    }


def heading(found: Found) -> str:
    """How much was found, in words."""
    if found.asked.narrowed and found.everything:
        return _("%(count)s of %(all)d") % {"count": _count(found.total), "all": found.everything}
    return _count(found.total)


def _count(count: int) -> str:
    return ngettext("%(n)d result", "%(n)d results", count) % {"n": count}


def _drawn(facet, to) -> dict:
    """A facet for the theme's component: a chosen value's link takes it off."""
    titles = {
        "genre": pgettext("facet", "Kind"),
        "step": pgettext("facet", "Step"),
        "direction": pgettext("facet", "Direction"),
        "space": pgettext("facet", "Box"),
        "year": pgettext("facet", "Year"),
    }
    return {
        "title": titles[facet.trait],
        "id": f"facette-{NAMES[facet.trait]}",
        "choices": [
            {
                "label": choice.label,
                "count": choice.count,
                "chosen": choice.chosen,
                "url": to(**{facet.trait: "" if choice.chosen else choice.value}),
            }
            for choice in facet.choices
        ],
    }
