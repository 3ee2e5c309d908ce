"""The ceremony of a key holder: make a key, rehearse, and after the closing open the urn with another of the three."""

import base64
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from src.directory import second_factor
from src.foundations.gates import see_other

from .. import rules, services
from ..forms.keys import HalvesForm, RegisterForm, UrnForm, WordForm
from ..models import Ballot, KeyHolder
from ..selectors_keys import Stage, progress_of, stage_of, to_open
from ..services import demo_keys
from ..services.keys import boxes_for
from .gate import address, calm, leaves_nothing, screen, signed_in

A_MINUTE = 20
# In the address: the first lock, though somebody else opened theirs.
FIRST = "premiere"
# In the address: the key file of the demo city, to save.
FILE = "fichier"
FORMS = {
    Stage.REHEARSE: WordForm,
    Stage.FIRST: HalvesForm,
    Stage.SECOND: UrnForm,
}
# Refusals because things have moved on, not because of what was sent.
MOVED_ON = {"frozen", "state", "done", "no_key", "papers"}


def with_second_factor(view):
    """Ask key holders for a second factor, where the city asks staff for one (design, trust): a key opens an urn."""

    @wraps(view)
    def checked(request, ballot: Ballot):
        door = second_factor.asked(request)
        if door is not None and rules.key_holder_of(request.viewer, ballot) is not None:
            return door
        return view(request, ballot)

    return checked


@require_safe
@signed_in
@screen
@with_second_factor
def page(request, ballot: Ballot):
    """What the holder has before them, what the two others did, and what all this is."""
    holder = _holder(request, ballot)
    text = demo_keys.file_of(holder) if FILE in request.GET else ""
    if text:
        return _saved(text, _file_name(holder))
    return _drawn(request, ballot, holder)


@require_POST
@signed_in
@screen
@with_second_factor
@leaves_nothing
def register(request, ballot: Ballot):
    """Take the public half of a key."""
    holder = _holder(request, ballot)
    form = RegisterForm(request.POST, holder=holder)
    if not form.is_valid():
        return _drawn(request, ballot, holder, form)
    if not form.is_same:
        try:
            services.register_key(actor=request.user, ballot=ballot, public_key=form.cleaned_data["public_key"])
        except ValidationError as refusal:
            return _refused(request, ballot, holder, form, "public_key", refusal)
        messages.success(request, _("Your key is registered. Now rehearse with its file."))
    return see_other(address(ballot, "keys"))


@require_POST
@signed_in
@screen
@with_second_factor
@leaves_nothing
def rehearse(request, ballot: Ballot):
    """Take the word of the rehearsal."""
    holder = _holder(request, ballot)
    form = WordForm(request.POST)
    if not form.is_valid():
        return _drawn(request, ballot, holder, form)
    try:
        services.rehearse(actor=request.user, ballot=ballot, word=form.cleaned_data["word"])
    except ValidationError as refusal:
        return _refused(request, ballot, holder, form, "word", refusal)
    messages.success(request, _("Well done: your key works. Keep its file until the vote is counted."))
    return see_other(address(ballot, "keys"))


@require_POST
@signed_in
@screen
@with_second_factor
@leaves_nothing
def half(request, ballot: Ballot):
    """Take what the first of two holders opened."""
    holder = _holder(request, ballot)
    form = HalvesForm(request.POST)
    if not form.is_valid():
        return _drawn(request, ballot, holder, form)
    others = [pair.inner.position for pair in boxes_for(holder)]
    try:
        halves = dict(zip(others, form.cleaned_data["halves"], strict=False))
        services.half_open(actor=request.user, ballot=ballot, boxes=halves)
    except ValidationError as refusal:
        return _refused(request, ballot, holder, form, "halves", refusal)
    messages.success(request, _("Your part is done. Any of the two others now opens the urn."))
    return see_other(address(ballot, "keys"))


@sensitive_post_parameters("urn_secret")
@sensitive_variables("form")
@require_POST
@signed_in
@screen
@with_second_factor
@leaves_nothing
def count(request, ballot: Ballot):
    """Count the votes with the key of the urn, which stays in memory for the time of this request."""
    holder = _holder(request, ballot)
    form = UrnForm(request.POST)
    if not form.is_valid():
        return _drawn(request, ballot, holder, form)
    try:
        services.count_secret(actor=request.user, ballot=ballot, secret_key=form.cleaned_data["urn_secret"])
    except ValidationError as refusal:
        return _refused(request, ballot, holder, form, "urn_secret", refusal)
    messages.success(request, _("The urn is opened and the votes are counted."))
    return see_other(address(ballot, "results"))


def _holder(request, ballot: Ballot) -> KeyHolder:
    if getattr(request, "kiosk", None) is not None:
        raise PermissionDenied(_("A key is made and used on a device of your own, never on a shared one."))
    calm(request, "keys", A_MINUTE * 3 if request.method == "GET" else A_MINUTE)
    holder = rules.key_holder_of(request.viewer, ballot)
    if holder is None or not ballot.is_secret:
        raise PermissionDenied(_("Only the three key holders do this."))
    return holder


def _refused(request, ballot, holder, form, field: str, refusal: ValidationError):
    moved_on = getattr(refusal, "code", "") in MOVED_ON
    form.add_error(None if moved_on else field, refusal)
    return _drawn(request, ballot, holder, form, status=409 if moved_on else 422)


def _drawn(request, ballot: Ballot, holder: KeyHolder, form=None, status: int | None = None):
    asked_first = bool(request.GET.get(FIRST)) or isinstance(form, HalvesForm)
    stage = stage_of(ballot, holder, first=asked_first)
    kind = FORMS.get(stage)
    # A form sent from a page of before is told why, and the page shows what is to be done now.
    own = form if kind and isinstance(form, kind) else kind() if kind else None
    making = form if isinstance(form, RegisterForm) else RegisterForm(holder=holder)
    context = {
        "ballot": ballot,
        "holder": holder,
        "stage": stage.value,
        "form": form,
        "own": own,
        "making": making,
        "registered": _text(holder.public_key or b""),
        "boxes": " ".join(_text(box) for box in to_open(stage, holder)),
        "preamble": _(
            "KEY OF AN URN\nKeep this file until the votes are counted, and give it to nobody.\n"
            "Without your passphrase it opens nothing."
        ),
        "crumbs": [{"label": ballot.title, "url": ballot.get_absolute_url()}],
        "file_name": _file_name(holder),
        "progress": progress_of(ballot),
        "demo": bool(demo_keys.file_of(holder)),
        "may_do_first": stage == Stage.SECOND and stage_of(ballot, holder, first=True) == Stage.FIRST,
        "demo_phrase": demo_keys.PHRASE,
    }
    return render(request, "ballots/keys/page.html", context, status=status or (422 if form and form.errors else 200))


def _text(content: bytes) -> str:
    return base64.b64encode(bytes(content)).decode()


def _file_name(holder: KeyHolder) -> str:
    return f"cle-{holder.ballot.reference}-{holder.position}.txt"


def _saved(text: str, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers={"Content-Disposition": disposition})
