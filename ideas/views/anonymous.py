"""Writing signed out: the code of a place, the text, and a return code shown once. Nothing of the author is kept."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from src.directory.enums import Role
from src.foundations import clock, documents
from src.foundations.addresses import client_address
from src.foundations.gates import see_other
from src.paper.forms import places_of
from src.participation import holding
from src.participation.services import site_codes

from .. import services
from ..forms.anonymous import PrintCodeForm, SiteCodeForm
from ..forms.propose import BODY_MAX, TITLE_MAX, AnonymousForm
from ..selectors.rows import week_label
from .gate import refused, screen

TICKET = "entree"
WORDS = {"body": 4 * BODY_MAX, "title": 4 * TITLE_MAX}


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def write(request):
    """The code first, then the one form, then the return code. Nothing is taken from a session that is signed in."""
    request.leaves_no_network = True
    if request.viewer.is_authenticated:
        return _private(_signed_in(request))
    if request.method != "POST":
        return _private(_door(request, SiteCodeForm()))
    entry = site_codes.read_pass(request.POST.get(TICKET, ""))
    return _private(_at_the_door(request) if entry is None else _posted(request, entry))


def _signed_in(request):
    """What the server sees of somebody signed in, and the way out; what was typed comes back, and is not kept."""
    if request.method == "POST":
        return refused(request, 403, _("You are signed in: sign out first. Nothing was sent."))
    here = reverse("ideas:anonymous")
    return render(request, "ideas/anonymous_signed_in.html", {"nav_key": "ideas", "here": here})


def _at_the_door(request):
    form = SiteCodeForm(request.POST)
    if TICKET in request.POST and "code" not in request.POST:
        form = SiteCodeForm()
        return _door(request, form, late=True, status=422)
    if not form.is_valid():
        return _door(request, form, status=422)
    if not site_codes.may_guess(client_address(request)):
        form.add_error("code", _("Too many tries. Wait a few minutes, then try again."))
        return _door(request, form, status=429)
    code = site_codes.find(form.cleaned_data["code"])
    if code is None:
        form.add_error("code", _("This code opens nothing. Check each letter: it changes each week."))
        return _door(request, form, status=422)
    ticket = site_codes.open_pass(code)
    if not ticket:
        form.add_error("code", _("Many people write with this code. Wait a few minutes, then try again."))
        return _door(request, form, status=429)
    return _screen(request, code.space, AnonymousForm(initial=_words(request)), ticket)


def _posted(request, entry):
    held = holding.held_page(request, "title", "body", leave_url=reverse("ideas:anonymous"))
    if held is not None:
        return held
    ticket, form = request.POST[TICKET], AnonymousForm(request.POST)
    if not form.is_valid():
        return _screen(request, entry.space, form, ticket, status=422)
    if not site_codes.may_send(entry.space):
        form.add_error(None, _("Many texts were sent from here this hour. Wait a few minutes, then send again."))
        return _screen(request, entry.space, form, ticket, status=429)
    try:
        sent = services.send_anonymous(entry=entry, body=form.cleaned_data["body"], title=form.cleaned_data["title"])
    except ValidationError as refusal:
        for field, errors in getattr(refusal, "error_dict", {None: refusal}).items():
            form.add_error(field if field in form.fields else None, errors)
        return _screen(request, entry.space, form, ticket, status=422)
    return render(request, "ideas/anonymous_sent.html", {"nav_key": "ideas", "sent": sent})


def _door(request, form, *, late=False, status=200):
    """The code, and beneath it what was typed when two hours passed: kept in the page, nowhere else."""
    context = {"nav_key": "ideas", "form": form, "late": late, "typed": _words(request)}
    context["demo_code"] = site_codes.demo_code()
    return render(request, "ideas/anonymous_door.html", context, status=status)


def _screen(request, space, form, ticket, status=200):
    context = {
        "nav_key": "ideas",
        "space": space,
        "form": form,
        "ticket": ticket,
        "as_idea": "1" if request.POST.get(holding.CHOSEN) == "1" else "",
        "promised_on": clock.today() + timedelta(days=settings.TERRAIN_PROMISE_DAYS),
    }
    return render(request, "ideas/anonymous_write.html", context, status=status)


def _words(request) -> dict:
    return {name: request.POST[name][:limit] for name, limit in WORDS.items() if request.POST.get(name, "").strip()}


def _private(response):
    response.headers["Cache-Control"] = "private, no-store"
    return response


# What facilitators print


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def site_sheets(request):
    """Print the code of a place for a week, see those of one's places, stop one. For facilitators alone."""
    if not request.viewer.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not request.viewer.has_place_role(Role.FACILITATOR):
        raise Http404
    if request.POST.get("arreter"):
        return _stopped(request)
    spaces = site_codes.spaces_with_codes()
    form = None
    if spaces:
        bound = request.POST if request.method == "POST" else None
        form = PrintCodeForm(bound, spaces=spaces, units=places_of(request.viewer), weeks=_weeks())
        if form.is_bound and form.is_valid():
            return _sheet(request, form)
    context = {"nav_key": "paper", "form": form, "codes": site_codes.codes_of(request.viewer)}
    status = 422 if form is not None and form.errors else 200
    return _private(render(request, "ideas/site_codes.html", context, status=status))


def _weeks() -> list[tuple[str, str]]:
    this = clock.week_of()
    return [(week.isoformat(), week_label(week)) for week in (this, this + timedelta(days=7))]


def _sheet(request, form):
    cleaned = form.cleaned_data
    code = site_codes.printed_code(
        actor=request.user, unit=cleaned["unit"], space=cleaned["space"], week=date.fromisoformat(cleaned["week"])
    )
    name = f"code-{slugify(code.unit.name)}-{code.week:%Y-%m-%d}"
    return _private(documents.pdf_or_html_response(sheet_html(code), name))


def sheet_html(code) -> str:
    """The sheet to post: the code, its square, and what it promises."""
    clear = site_codes.in_clear(code)
    address = f"{settings.SITE_URL}{reverse('ideas:anonymous')}"
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "code": code,
            "spaced": f"{clear[:5]}-{clear[5:]}",
            "qr": documents.qr_data_uri(f"{address}#{clear}"),
            "address": address.split("//")[-1],
            "until": code.week + timedelta(days=6),
            "site_name": settings.SITE_NAME,
        }
        return render_to_string("ideas/print/site_code.html", context)


def _stopped(request):
    wanted = request.POST["arreter"]
    code = next((one for one in site_codes.codes_of(request.viewer) if str(one.pk) == wanted), None)
    if code is None:
        messages.info(request, _("This code is stopped already."))
    else:
        site_codes.stop_code(actor=request.user, code=code)
        messages.success(request, _("This code opens nothing any more. Take the sheet down, and print another one."))
    return see_other(reverse("ideas:site_codes"))
