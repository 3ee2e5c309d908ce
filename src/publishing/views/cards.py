"""« Reprendre cette carte »: what is everybody's, as a fragment of HTML, a picture for a screen, a feed."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from .. import card_exports, card_screen

KEPT = "public, max-age=300"


@require_safe
def choose(request):
    """The cards that may be taken without knowing a reference."""
    lines = [
        {"url": reverse("publishing:card", args=[word, reference]), "title": title}
        for word, reference, title in card_exports.offered()
    ]
    return render(request, "publishing/cards.html", {"lines": lines, "feed": _address("publishing:cards_feed")})


@require_safe
def take(request, kind, reference):
    """One card: how it looks, and the addresses to copy."""
    taken = _taken(kind, reference)
    context = {
        "taken": taken,
        "screen": reverse("publishing:card_screen", args=[kind, reference]),
        "fragment_address": _address("publishing:card_fragment", kind, reference),
        "screen_address": _address("publishing:card_screen", kind, reference),
        "feed": _address("publishing:cards_feed"),
    }
    return render(request, "publishing/card_taken.html", context)


@require_safe
def fragment(request, kind, reference):
    """HTML to put in another page: no script, no style, absolute links."""
    taken = _taken(kind, reference)
    return _kept(request, taken.fingerprint, lambda: _fragment(taken))


@require_safe
def screen(request, kind, reference):
    """The picture of the card, 1920 × 1080; drawn only when it changed."""
    taken = _taken(kind, reference)
    return _kept(request, f"png-{taken.fingerprint}", lambda: _picture(taken))


@require_safe
def feed(request):
    """The newest outcomes that are everybody's, as an Atom feed."""
    pages = card_exports.newest_outcomes()
    mark = "-".join(
        f"{page.pk}.{page.last_published_at.timestamp():.0f}" if page.last_published_at else str(page.pk)
        for page in pages
    )
    return _kept(request, f"atom-{mark[:400]}", lambda: _atom(pages))


def _taken(kind, reference):
    taken = card_exports.take(kind, reference)
    if taken is None:
        raise Http404(_("There is no card here that everybody may read."))
    return taken


def _address(name, *args) -> str:
    return card_exports.absolute(reverse(name, args=args))


def _kept(request, mark: str, make):
    """The answer, or 304 for who has it already; other sites may show it."""
    etag = quote_etag(mark)
    response = get_conditional_response(request, etag=etag, response=None) or make()
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = KEPT
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _fragment(taken):
    with override("fr"):
        return render(None, "publishing/card_fragment.html", {"taken": taken, "site": settings.SITE_NAME})


def _picture(taken):
    address = settings.SITE_URL.split("://", 1)[-1].rstrip("/")
    return HttpResponse(card_screen.draw(taken, city=settings.CITY_NAME, address=address), content_type="image/png")


def _atom(pages):
    with override("fr"):
        found = Atom1Feed(
            title=_("%(site)s: outcomes of ideas") % {"site": settings.SITE_NAME},
            link=card_exports.absolute("/"),
            description=_("What the City decided from your ideas, and what changes."),
            language="fr",
            feed_url=_address("publishing:cards_feed"),
            author_name=settings.CITY_NAME,
        )
        for page in pages:
            url = card_exports.absolute(page.get_url() or "/")
            found.add_item(
                title=page.title,
                link=url,
                description=page.summary,
                unique_id=url,
                pubdate=page.first_published_at,
                updateddate=page.last_published_at,
                author_name=page.signed_by,
            )
        return HttpResponse(found.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
