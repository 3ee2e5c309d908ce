"""What is done beneath the section: the library of works, files, feeds, following."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from src.foundations import clock, exports, ratelimit
from src.foundations.addresses import client_address
from src.foundations.keyset import BadCursor
from src.foundations.text import tidy

from . import listing, services
from .forms import WorkFilterForm
from .models import ConsultationDossier, DossierNews

EXPORT_LIMIT, EXPORT_STEP, FEED_SHOWN, FILES_A_MINUTE = 5_000, 200, 30, 10


@require_safe
def library(request):
    """The works of the dossiers one may read, as asked. Two statements and the page's own."""
    question = listing.WorkQuestion.read(request.GET)
    try:
        page = listing.work_list(request.viewer, question, cursor=request.GET.get("page") or "")
    except BadCursor:
        return redirect(request.path)
    asked = urlencode(question.asked)
    context = {
        "nav_key": "consultations",
        "works": page.items,
        "question": question,
        "shown": ngettext("%(n)d work on this page", "%(n)d works on this page", len(page.items))
        % {"n": len(page.items)},
        "filter_form": WorkFilterForm(question, listing.work_years(request.viewer)),
        "reset_url": request.path if question.asked else "",
        "asked": f"?{asked}" if asked else "",
        "next_page": _page(question, page.next_cursor),
        "previous_page": _page(question, page.previous_cursor),
    }
    return render(request, "consultations/library.html", context)


def _page(question, cursor: str) -> str:
    return "?" + urlencode({**question.asked, "page": cursor}) if cursor else ""


@require_safe
def export(request):
    """The list of dossiers as one sees it, whole, as a file."""
    question = listing.DossierQuestion.read(request.GET)
    rows = _all(lambda cursor: listing.dossier_list(request.viewer, question, cursor=cursor, size=EXPORT_STEP))
    return _file(request, _("consultations-%(day)s"), listing.DOSSIER_COLUMNS, rows)


@require_safe
def library_export(request):
    """The library as one sees it, whole, as a file."""
    question = listing.WorkQuestion.read(request.GET)
    rows = _all(lambda cursor: listing.work_list(request.viewer, question, cursor=cursor, size=EXPORT_STEP))
    return _file(request, _("works-%(day)s"), listing.WORK_COLUMNS, rows)


def _file(request, name: str, columns, rows):
    if not _calm(request):
        words = _("You are going very fast. Wait a minute, then try again.")
        response = render(request, "consultations/refused.html", {"sentence": words}, status=429)
        response.headers["Retry-After"] = "60"
        return response
    titles = [str(title) for title, _read in columns]
    name = name % {"day": clock.today().isoformat()}
    return exports.csv_response(f"{name}.csv", titles, ([read(row) for _title, read in columns] for row in rows))


def _calm(request) -> bool:
    """Whether one more file may be drawn: so many a minute for an account, a hundred times more for an address."""
    viewer = request.viewer
    if viewer.is_authenticated:
        return ratelimit.hit("consultations.file", f"account:{viewer.user_id}", FILES_A_MINUTE, 60)
    return ratelimit.hit("consultations.file", f"address:{client_address(request)}", FILES_A_MINUTE * 100, 60)


def _all(page_at):
    cursor, left = "", EXPORT_LIMIT
    while left > 0:
        page = page_at(cursor)
        yield from page.items
        left -= len(page.items)
        cursor = page.next_cursor
        if not cursor:
            return


@require_safe
def feed(request):
    """The news of every dossier one may read, the latest first; a feed reader reads those open to everyone."""
    dossiers = ConsultationDossier.objects.visible_to(request.viewer)
    return _feed(request, _("News of consultations"), "/consultations/", dossiers)


@require_safe
def dossier_feed(request, slug):
    """The news of one dossier."""
    dossier = _found(request, slug)
    return _feed(request, dossier.title, dossier.address, ConsultationDossier.objects.filter(pk=dossier.pk))


def _feed(request, title: str, address: str, dossiers) -> HttpResponse:
    posts = (
        DossierNews.objects.filter(dossier__in=dossiers.values("pk"), on__lte=clock.today())
        .select_related("dossier")
        .order_by("-on", "-pk")[:FEED_SHOWN]
    )
    link = request.build_absolute_uri(address)
    title = tidy(title, one_line=True)
    found = Atom1Feed(
        title=title,
        link=link,
        description=title,
        language=settings.LANGUAGE_CODE,
        feed_url=request.build_absolute_uri(),
    )
    for post in posts:
        found.add_item(
            title=tidy(post.title, one_line=True),
            link=request.build_absolute_uri(f"{post.dossier.address}#actualites"),
            description=tidy(post.text),
            unique_id=f"urn:uuid:{post.uid}",
            updateddate=clock.start_of_day(post.on),
            pubdate=clock.start_of_day(post.on),
        )
    response = HttpResponse(content_type=Atom1Feed.content_type)
    found.write(response, "utf-8")
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@require_POST
def follow(request, slug):
    """Ask for news of a dossier (``suivi=1``), or for none (``suivi=0``)."""
    dossier = _found(request, slug)
    if not request.viewer.is_authenticated:
        return redirect_to_login(dossier.address)
    wanted = request.POST.get("suivi", "1") != "0"
    services.set_follow(dossier=dossier, actor=request.user, wanted=wanted)
    if request.accepts("application/json") and not request.accepts("text/html"):
        return JsonResponse({"followed": wanted})
    response = HttpResponseRedirect(dossier.address)
    response.status_code = 303
    return response


def _found(request, slug: str) -> ConsultationDossier:
    dossier = (
        ConsultationDossier.objects.visible_to(request.viewer).filter(slug=slug[:255].replace("\x00", "")).first()
    )
    if dossier is None:
        raise Http404(_("This dossier does not exist, or is not shown to you."))
    return dossier
