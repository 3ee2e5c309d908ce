"""Proposing at a kiosk: the form of the web, sent as a sheet is, answered by a code shown once."""

import uuid

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations import ratelimit
from src.foundations.gates import see_other
from src.paper import registry
from src.participation import holding

from .. import forms, services
from .gate import on_kiosk

FORM = "idee"
# One device serves a depot at the change of shift; in memory, because a row would tell when somebody sent.
SENT_AN_HOUR = 60


@require_safe
@on_kiosk
def choose(request):
    """The box to write in; the only one opens by itself."""
    boxes = registry.form(FORM).places(request.viewer)
    if len(boxes) == 1:
        return see_other(reverse("kiosk:propose", kwargs={"box": boxes[0][0]}))
    return render(request, "kiosk/choose.html", {"boxes": boxes})


@require_http_methods(["GET", "HEAD", "POST"])
@on_kiosk
def propose(request, box):
    """One form, then one code. A text the safe rail notices goes no further until the person has chosen."""
    paper = registry.form(FORM)
    name = dict(paper.places(request.viewer)).get(box)
    try:
        form = _form(request, paper, box) if name else None
    except LookupError:
        form = None
    if form is None:
        raise Http404(_("This box isn't open here."))
    if request.method != "POST":
        return _screen(request, paper, name, form)
    held = holding.held_page(request, "title", "body", leave_url=reverse("kiosk:end"))
    if held is not None:
        return held
    if not form.is_valid():
        return _screen(request, paper, name, form, status=422)
    if not ratelimit.hit_in_memory("kiosk-send", str(request.kiosk.pk), SENT_AN_HOUR, 3600):
        form.add_error(None, _("Many texts were sent from here this hour. Wait a few minutes, then send again."))
        return _screen(request, paper, name, form, status=429)
    author = request.user if request.user.is_authenticated else None
    try:
        sent = services.send(paper=paper, form=form, about=box, token=_token(request), author=author)
    except ValidationError as refusal:
        for field, errors in getattr(refusal, "error_dict", {None: refusal}).items():
            form.add_error(field if field in form.fields else None, errors)
        return _screen(request, paper, name, form, status=422)
    return render(request, "kiosk/sent.html", {"sent": sent, "signed_in": author is not None})


def _form(request, paper, box):
    data = request.POST if request.method == "POST" else None
    form = paper.fitted(paper.build(box, data), box, viewer=request.viewer)
    return forms.fitted(form, signed_in=request.user.is_authenticated)


def _token(request) -> uuid.UUID:
    """The page's own token: the same page sent twice is one sending."""
    try:
        return uuid.UUID(request.POST.get("envoi", ""))
    except ValueError:
        return uuid.uuid4()


def _screen(request, paper, name, form, status=200):
    context = {
        "title": paper.title,
        "box": name,
        "form": form,
        "names": [field for field in paper.of(form).fields if not form[field].is_hidden],
        "token": _token(request),
        "as_idea": "1" if request.POST.get(holding.CHOSEN) == "1" else "",
        "signed_in": request.user.is_authenticated,
    }
    return render(request, "kiosk/propose.html", context, status=status)
