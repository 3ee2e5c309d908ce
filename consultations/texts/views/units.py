"""The organiser's side, unit by unit: correcting, adding, cutting, joining, moving and taking out, in place."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from src.foundations.gates import see_other

from .. import selectors, services
from ..enums import UnitKind
from ..forms.writing import SplitForm, UnitForm
from .gate import organiser, screen, signed_in, unit_found
from .workshop import confirm, draft_of


def _anchor(text, key: str) -> str:
    return f"{selectors.url('write', text)}#article-{key}"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def edit(request, text, key):
    """Correct one unit."""
    one = unit_found(text, draft_of(text), key)
    initial = {name: getattr(one, name) for name in ("kind", "label", "title", "body")}
    form = UnitForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_unit(unit=one, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("Saved."))
            return see_other(_anchor(text, one.key))
    return _unit_form(request, text, form, one.name, one)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def add(request, text):
    """Add a unit, after another one (``apres``)."""
    draft = draft_of(text)
    after = (request.POST.get("apres") or request.GET.get("apres", ""))[:8].replace("\x00", "")
    form = UnitForm(request.POST if request.method == "POST" else None, initial={"kind": UnitKind.ARTICLE})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_unit(version=draft, after=after, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("Added."))
            return see_other(_anchor(text, made.key))
    return _unit_form(request, text, form, _("Add a unit"), None, after)


def _unit_form(request, text, form, title, one, after=""):
    context = {"text": text, "form": form, "title": title, "unit": one, "after": after}
    return render(request, "texts/unit_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def split(request, text, key):
    """Cut a unit in two."""
    one = unit_found(text, draft_of(text), key)
    first, second = _middle(one.body)
    form = SplitForm(request.POST if request.method == "POST" else None, initial={"first": first, "second": second})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.split_unit(unit=one, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("It is cut in two."))
            return see_other(_anchor(text, made.key))
    context = {"text": text, "form": form, "title": _("Cut: %(name)s") % {"name": one.name}}
    return render(request, "texts/form.html", context, status=422 if form.errors else 200)


def _middle(body: str) -> tuple[str, str]:
    """Where a cut is proposed: the paragraph, or the sentence, nearest to the middle."""
    half = len(body) // 2
    for mark in ("\n\n", "\n", ". ", " "):
        ends = [n + len(mark) for n in range(len(body)) if body.startswith(mark, n)]
        ends = [n for n in ends if 0 < n < len(body)]
        if ends:
            at = min(ends, key=lambda n: abs(n - half))
            return body[:at].strip(), body[at:].strip()
    return body, ""


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def merge(request, text, key):
    """Put a unit into the one before it, once confirmed."""
    one = unit_found(text, draft_of(text), key)
    if request.method == "POST":
        try:
            into = services.merge_unit(unit=one)
        except ValidationError as refusal:
            raise services.Closed(refusal.messages)
        messages.success(request, _("They are one unit."))
        return see_other(_anchor(text, into.key))
    return confirm(
        request,
        text,
        _anchor(text, one.key),
        _("Put “%(name)s” into the unit before?") % {"name": one.name},
        _("Its words go to the end of the one before, which keeps its number and title."),
        _("Put together"),
    )


@require_POST
@signed_in
@screen
@organiser
def move(request, text, key, up):
    """Move a unit by one place."""
    one = unit_found(text, draft_of(text), key)
    services.move_unit(unit=one, up=up)
    return see_other(_anchor(text, one.key))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def delete(request, text, key):
    """Take a unit out of the draft, once confirmed."""
    try:
        one = unit_found(text, draft_of(text), key)
    except Http404:
        if request.method == "POST":
            return see_other(selectors.url("write", text))
        raise
    if request.method == "POST":
        services.delete_unit(unit=one)
        messages.success(request, _("Taken out of this version."))
        return see_other(selectors.url("write", text))
    return confirm(
        request,
        text,
        _anchor(text, one.key),
        _("Take “%(name)s” out?") % {"name": one.name},
        _("It leaves this version; the versions already published keep it."),
        _("Take out"),
    )
