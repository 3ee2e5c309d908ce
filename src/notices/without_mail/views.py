"""How somebody asks to be told without e-mail; letters to print and people to call, for who cares for a place."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from src.directory.models import Unit
from src.foundations import documents

from ..models import LetterBatch
from . import letters, selectors, services
from .forms import CallForm, PostedForm, ReachForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reach(request):
    """How somebody without e-mail is told; whoever has an address chooses in the settings."""
    if request.user.email:
        return redirect("notices:settings")
    form = ReachForm(request.POST if request.method == "POST" else None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        form.save(request.user)
        messages.success(request, _("Your choices are saved."))
        return redirect("notices:reach")
    parents = [{"label": _("My messages"), "url": reverse("notices:inbox")}]
    context = {"form": form, "parents": parents}
    return render(request, "notices/without_mail/reach.html", context, status=422 if form.errors else 200)


def carriers_only(view):
    """Signed in and in charge of a place; for nobody else do these pages exist."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not selectors.branches(request.viewer):
            raise Http404
        return view(request, *args, **kwargs)

    return login_required(never_cache(checked))


@carriers_only
@require_GET
def index(request):
    """What waits: letters by place, batches not posted yet, people to call."""
    context = {
        "places": selectors.places_to_print(request.viewer),
        "batches": selectors.batches(request.viewer),
        "calls": selectors.calls(request.viewer),
    }
    return render(request, "notices/without_mail/errands.html", context)


@carriers_only
@require_POST
def draw(request, unit_id):
    """Put the letters of a place in a batch, then show it."""
    unit = get_object_or_404(Unit, pk=unit_id)
    if not selectors.covers(request.viewer, unit.path):
        raise Http404
    batch = services.draw_letters(actor=request.user, unit=unit)
    if batch is None:
        messages.info(request, _("No letter waits for this place any more."))
        return redirect("notices:errands")
    return redirect("notices:batch", batch.pk)


@carriers_only
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request, batch_id):
    """The print list of a batch; posting it ticks the day it was handed to the post."""
    found = _batch(request, batch_id)
    form = PostedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.post_letters(actor=request.user, batch=found, on=form.cleaned_data["on"])
        except ValidationError as refusal:
            form.add_error("on", refusal.message_dict["on"][0])
        else:
            messages.success(request, _("It is noted: these letters are on their way."))
            return redirect("notices:errands")
    context = {"batch": found, "people": selectors.people_of(found), "form": form, "parents": _parents()}
    return render(request, "notices/without_mail/batch.html", context, status=422 if form.errors else 200)


@carriers_only
@require_GET
def batch_letters(request, batch_id):
    """The letters themselves, as a PDF, or as a page where PDFs can't be made."""
    found = _batch(request, batch_id)
    return documents.pdf_or_html_response(letters.batch_html(found), letters.file_name(found))


@carriers_only
@require_http_methods(["GET", "HEAD", "POST"])
def call(request, user_id):
    """Somebody to call: what to say, and what came of it; then the next one."""
    found = selectors.to_say(request.viewer, user_id)
    if found is None:
        if request.method == "POST":
            messages.info(request, _("Somebody already called them."))
            return redirect("notices:errands")
        raise Http404
    whom, told = found
    form = CallForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.note_call(whom.person, form.cleaned_data["outcome"])
        following = next((other for other in selectors.calls(request.viewer) if other.person.pk != user_id), None)
        messages.success(request, _("The call to %(name)s is noted.") % {"name": whom.person.get_full_name()})
        return redirect("notices:call", following.person.pk) if following else redirect("notices:errands")
    context = {"call": whom, "told": told, "form": form, "parents": _parents(), "count": _count(told)}
    return render(request, "notices/without_mail/call.html", context, status=422 if form.errors else 200)


def _batch(request, batch_id) -> LetterBatch:
    found = get_object_or_404(LetterBatch.objects.select_related("unit", "drawn_by", "posted_by"), pk=batch_id)
    if not selectors.covers(request.viewer, found.unit.path):
        raise Http404
    return found


def _parents():
    return [{"label": _("Letters and calls"), "url": reverse("notices:errands")}]


def _count(told) -> str:
    return ngettext("%(count)d message", "%(count)d messages", len(told)) % {"count": len(told)}
