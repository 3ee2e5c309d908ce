"""`/suivre/`: read the answer, reply, withdraw or claim with a secret code; nothing stays on the device."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from src.directory.personas import PAPER_CODE
from src.foundations.gates import see_other

from .. import codes, following, registry
from ..forms import CodeForm

HERE = "/suivre/"


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request):
    """The code, then what it opens."""
    request.leaves_no_network = True
    if request.method == "POST":
        return _opened(request)
    code = following.open_code(request)
    if code is None:
        return _door(request, CodeForm())
    return following.keep(_page(request, code), request, code)


def _door(request, form, status=200):
    context = {"form": form, "nav_key": "follow", "demo_code": PAPER_CODE if settings.TERRAIN_DEMO else ""}
    response = render(request, "paper/follow_door.html", context, status=status)
    return following.keep(response, request, None)


def _opened(request):
    """One answer for a code that is unknown, ended or expired; ten guesses a browser, then one a minute."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _door(request, form, status=422)
    if not following.may_guess(request):
        form.add_error("code", _("Too many tries. Wait a few minutes, then try again."))
        response = _door(request, form, status=429)
        response["Retry-After"] = "60"
        return response
    code = codes.find(form.cleaned_data["code"])
    if code is None:
        form.add_error("code", _("This code opens nothing. Check each letter, or ask a facilitator."))
        return _door(request, form, status=422)
    following.forgive(request)
    return following.keep(see_other(HERE), request, code)


def _page(request, code, *, gesture_key="", data=None, status=200):
    followed = following.followed_by(code)
    context = followed.read(code.handle) if followed else None
    if code.handle and context is None:
        return render(request, "paper/follow_gone.html", {"nav_key": "follow"}, status=200)
    if context is None:
        return render(request, "paper/follow_waiting.html", {"nav_key": "follow"})
    gestures = followed.gestures(code.handle, data if gesture_key else None)
    for one in gestures:
        if one.key != gesture_key:
            one.form.is_bound = False
    page = {
        "nav_key": "follow",
        "followed_template": followed.template,
        "followed": context,
        "gestures": gestures,
        "form": next((one.form for one in gestures if one.key == gesture_key), None),
        "may_claim": request.viewer.is_authenticated,
    }
    return render(request, "paper/follow.html", page, status=status)


def _code_or_door(request):
    code = following.open_code(request)
    if code is None or code.handle is None:
        messages.info(request, _("Your quarter of an hour is over. Type your code again."))
    return code if code is not None and code.handle else None


@require_POST
def gesture(request, gesture):
    """Reply or withdraw, as on the web, under the same rules."""
    code = _code_or_door(request)
    if code is None:
        return see_other(HERE)
    followed = following.followed_by(code)
    one = next((each for each in followed.gestures(code.handle, request.POST) if each.key == gesture), None)
    if one is None:
        raise Http404(_("This can't be done any more."))
    guard = registry.guard()
    held = guard.hold_own(request, *one.watched, leave_url=HERE) if guard else None
    if held is not None:
        return following.keep(held, request, code)
    if not one.form.is_valid():
        return following.keep(_page(request, code, gesture_key=gesture, data=request.POST, status=422), request, code)
    try:
        one.act(code.handle, one.form)
    except (ValidationError, PermissionDenied) as refusal:
        messages.error(request, " ".join(getattr(refusal, "messages", [str(refusal)])))
    else:
        messages.success(request, one.done)
    return following.keep(see_other(HERE), request, code)


@require_POST
def claim(request):
    """Tie what was written on paper to the account that is signed in; no row names both."""
    code = _code_or_door(request)
    if code is None:
        return see_other(HERE)
    if not request.viewer.is_authenticated:
        messages.info(request, _("Sign in first, then come back with your code."))
        return following.keep(see_other(HERE), request, code)
    response = following.keep(see_other(HERE), request, code)
    try:
        following.followed_by(code).claim(code.handle, request, response)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("It is now among your ideas. Your code still works."))
    return response


@require_POST
def finish(request):
    """Close: the device keeps nothing."""
    messages.success(request, _("Closed. Nothing stays on this device."))
    return following.end(see_other(reverse("paper:follow")))
