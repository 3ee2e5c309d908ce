"""Votes on paper: the paper itself; at the desk of a place, who votes, the pile typed, and typed again unseen."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations import documents, references
from src.foundations.gates import TooFast, add_errors, see_other
from src.paper.forms import places_of

from .. import rules, voting_paper
from ..enums import State
from ..forms.paper import MarkForm, PileForm, PlaceForm
from ..models import Ballot, PaperBatch
from ..services import AlreadyVoted, Closed, check_papers, discard_papers, mark_on_paper, type_papers
from ..services.paper import marked_at, typed_at
from .gate import METHODS, address, calm, refused, too_fast

MARKS_A_MINUTE = 30


def desk(view):
    """Open to facilitators of places where people of the ballot work; for anybody else there is nothing here."""
    return _among(Ballot.objects.at_desk, view)


def printers(view):
    """Open to those facilitators, and to whoever organises the ballot."""
    return _among(Ballot.objects.on_paper_by, view)


def _among(ballots, view):
    @wraps(view)
    def checked(request, reference, **kwargs):
        if not request.viewer.is_authenticated:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/scrutins/")
        wanted = references.normalise(reference[:20])
        ballot = ballots(request.viewer).for_pages().filter(reference=wanted).first()
        if ballot is None:
            raise Http404(_("This ballot does not exist, or is not shown to you."))
        request.leaves_no_network = ballot.is_secret
        try:
            response = view(request, ballot=ballot, **kwargs)
        except PermissionDenied as refusal:
            response = refused(request, 403, str(refusal) or _("This is not yours to do."))
        except Closed as refusal:
            response = refused(request, 409, str(refusal))
        except TooFast:
            response = too_fast(request)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return checked


@require_safe
@printers
def voting_page(request, ballot):
    """The paper to vote on, to look at and to print from the browser."""
    return HttpResponse(_drawn(request, ballot))


@require_safe
@printers
def voting_file(request, ballot):
    """The same paper as a PDF."""
    calm(request, "file", limit=20)
    html = _drawn(request, ballot)
    return documents.pdf_or_html_response(html, _("voting-paper-%(reference)s") % {"reference": ballot.reference})


def _drawn(request, ballot) -> str:
    state = rules.state_of(ballot)
    if state == State.PREPARED:
        raise Closed(_("Open the ballot first: until then its proposals may change, and a paper would be wrong."))
    if state not in voting_paper.PRINTED_IN:
        raise Closed(_("The vote is over: no paper is given to anybody any more."))
    return voting_paper.drawn(ballot, large=bool(request.GET.get("gros")))


@require_http_methods(METHODS)
@desk
def paper(request, ballot):
    """The desk of one place: who votes on paper, what is typed, what waits for a second typing."""
    places = places_of(request.viewer)
    source = request.POST if request.method == "POST" else request.GET
    place_form = PlaceForm(source if "place" in source else None, places=places)
    place = place_form.cleaned_data["place"] if place_form.is_valid() else None
    marking, pile, status = MarkForm(), PileForm(ballot), 200
    marked = None
    if request.method == "POST" and place is not None:
        if request.POST.get("action") == "mark":
            marking, marked, status = _mark(request, ballot, place)
        elif request.POST.get("action") == "type":
            pile = PileForm(ballot, request.POST)
            if _type(request, ballot, place, pile):
                return see_other(f"{address(ballot, 'paper')}?place={place.pk}&typed=1")
            status = 422
    elif request.method == "POST":
        status = 422
    state = rules.state_of(ballot)
    context = {
        "nav_key": "ballots",
        "ballot": ballot,
        "places": place_form,
        "place": place,
        "marking": marking if state == State.OPEN else None,
        "pile": pile if state in (State.OPEN, State.CLOSED) else None,
        "marked_now": marked.get_full_name() if marked else "",
        "typed_now": "typed" in request.GET,
        "marked": marked_at(ballot, place) if place else 0,
        "typed": typed_at(ballot, place) if place else 0,
        "batches": _waiting(request, ballot, place) if place else [],
        "prints_papers": state in voting_paper.PRINTED_IN,
    }
    return render(request, "ballots/paper/desk.html", context, status=status)


def _mark(request, ballot, place):
    calm(request, "mark", MARKS_A_MINUTE)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return form, None, 422
    try:
        person = mark_on_paper(actor=request.user, ballot=ballot, place=place, **form.cleaned_data)
    except AlreadyVoted as refusal:
        form.add_error("number", str(refusal))
        return form, None, 409
    except ValidationError as refusal:
        add_errors(form, refusal)
        return form, None, 422
    return MarkForm(), person, 200


def _type(request, ballot, place, form) -> bool:
    if not form.is_valid():
        return False
    try:
        type_papers(actor=request.user, ballot=ballot, place=place, votes=form.cleaned_data["votes"])
    except ValidationError as refusal:
        add_errors(form, refusal)
        return False
    return True


def _waiting(request, ballot, place) -> list[dict]:
    """Batches of the place typed once; whether this person may type them again."""
    batches = PaperBatch.objects.filter(ballot=ballot, place=place, checked_at__isnull=True).select_related("typed_by")
    return [
        {
            "url": address(ballot, "paper_check", batch=one.pk),
            "papers": one.papers,
            "by": one.typed_by.short_name if one.typed_by else "",
            "is_mine": one.typed_by_id == request.user.pk,
        }
        for one in batches
    ]


@require_http_methods(METHODS)
@desk
def paper_check(request, ballot, batch):
    """The second typing of a batch; what the first one typed is never shown."""
    found = get_object_or_404(
        PaperBatch.objects.filter(place__in=places_of(request.viewer)).select_related("place", "ballot"),
        pk=batch,
        ballot=ballot,
    )
    back = f"{address(ballot, 'paper')}?place={found.place_id}"
    form, status = PileForm(ballot), 200
    if request.method == "POST":
        form, status = PileForm(ballot, request.POST), 422
        try:
            if request.POST.get("action") == "discard":
                discard_papers(actor=request.user, batch=found)
                return see_other(back)
            if form.is_valid():
                differing = check_papers(actor=request.user, batch=found, votes=form.cleaned_data["votes"])
                if not differing:
                    return see_other(back)
                form.add_error("votes", _differing_words(differing))
        except ValidationError as refusal:
            return refused(request, 409, " ".join(refusal.messages))
    elif found.checked_at is not None:
        return see_other(back)
    context = {
        "nav_key": "ballots",
        "ballot": ballot,
        "batch": found,
        "form": form,
        "back": back,
        "is_mine": found.typed_by_id == request.user.pk,
    }
    return render(request, "ballots/paper/check.html", context, status=status)


def _differing_words(places: list[int]) -> str:
    told = ", ".join(str(place) for place in places[:20]) + ("…" if len(places) > 20 else "")
    return ngettext(
        "The two typings differ on paper %(places)s: read it again. If the first typing is wrong, have the whole pile "
        "typed anew.",
        "The two typings differ on papers %(places)s: read them again. If the first typing is wrong, have the whole "
        "pile typed anew.",
        len(places),
    ) % {"places": told}
