"""Voting: the page of a ballot, the paper filled in, read again, sent once; the receipt drawn in the answer itself."""

import base64
import binascii
import secrets

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations.gates import see_other
from src.participation.enums import Channel

from .. import boxes, rules, selectors, services, words
from ..enums import State
from ..forms.voting import VoteForm
from .gate import METHODS, address, calm, leaves_nothing, refused, screen, signed_in

CHANGING = "changer"


@require_safe
@screen
def detail(request, ballot):
    """What is asked, of whom, until when, what is kept of it; then the paper, or where things stand."""
    return _page(request, ballot)


def _page(request, ballot, form=None, status=200):
    viewer, state = request.viewer, rules.state_of(ballot)
    part = selectors.part_of(viewer, ballot)
    changes = part.voted and not ballot.is_secret and not part.voted_on_paper
    organises = viewer.is_authenticated and rules.may_organise(viewer, ballot)
    if form is None and state == State.OPEN and part.is_elector:
        if not part.voted:
            form = VoteForm(ballot)
        elif changes and request.GET.get(CHANGING):
            form = VoteForm(ballot, value=selectors.own_choice(viewer, ballot))
    context = {
        "ballot": ballot,
        "state": state,
        "tone": selectors.TONES[state],
        "icon_name": selectors.ICONS[state],
        "part": part,
        "changes": changes,
        "form": form,
        "when": words.state_words(ballot, state),
        "minutes": words.minutes_words(ballot.minutes),
        "electors": words.electors_words(ballot),
        "concerned": words.concerned_words(ballot, is_elector=part.is_elector) if ballot.frozen_at else "",
        "counted_how": words.method_words(ballot),
        "example": words.example(ballot.method),
        "conditions": words.conditions(ballot),
        "rules": words.rules_words(ballot),
        "secrecy": words.secret() if ballot.is_secret else words.simple(),
        "for_good": words.for_good(),
        "sealed_here": words.sealed_here(),
        "turnout": selectors.turnout_words(ballot),
        "public_key": base64.b64encode(bytes(ballot.public_key)).decode() if ballot.public_key else "",
        "is_kiosk": _on_a_kiosk(request),
        "key_holder": rules.key_holder_of(viewer, ballot) if ballot.is_secret else None,
        "organises": organises,
        "at_desk": rules.looks_after_papers(viewer, ballot),
    }
    return render(request, "ballots/detail.html", context, status=status)


def _on_a_kiosk(request) -> bool:
    return getattr(request, "kiosk", None) is not None


def _channel(request) -> str:
    return Channel.KIOSK if _on_a_kiosk(request) else Channel.WEB


def _may_vote(request, ballot) -> None:
    """Refuses in words whoever isn't on the list, and any moment but those when the vote is open."""
    if ballot.frozen_at is None:
        raise Http404(_("This ballot does not exist, or is not shown to you."))
    if not rules.is_elector(request.viewer, ballot):
        raise PermissionDenied(_("You aren't on the list of those who vote here, made when the ballot opened."))
    state = rules.state_of(ballot)
    if state == State.READY:
        raise services.Closed(_("The vote isn't open yet: come back when it opens. Nothing was recorded."))
    if state == State.CANCELLED:
        raise services.Closed(_("This ballot was called off: nothing is voted any more. Nothing was recorded."))
    if state != State.OPEN:
        raise services.Closed(_("The vote is closed: your choice came too late, and nothing was recorded."))


@require_http_methods(METHODS)
@leaves_nothing
@signed_in
@screen
def check(request, ballot):
    """Without script: the choice is sealed here, and read again before it is sent."""
    if request.method != "POST" or not ballot.is_secret:
        return see_other(address(ballot))
    calm(request, "check", limit=60)
    _may_vote(request, ballot)
    if rules.has_voted(request.viewer, ballot):
        raise services.AlreadyVoted(_("You have already voted: a secret vote can't be changed."))
    form = VoteForm(ballot, request.POST)
    if not form.is_valid():
        return _page(request, ballot, form, status=422)
    box = boxes.seal(bytes(ballot.public_key), form.choice)
    chosen = words.choice_words(ballot, form.choice)
    context = {
        "ballot": ballot,
        "chosen": chosen,
        "filler": _filler(chosen, words.possible_lines(ballot)),
        "box": base64.b64encode(box).decode(),
        "secrecy": words.secret(),
        "sealed_here": words.sealed_here(),
        "for_good": words.for_good(),
    }
    return render(request, "ballots/check.html", context)


def _filler(chosen: list[str], possible: list[str]) -> str:
    """As many signs as the chosen lines are shorter than all: a proxy's log holds the size of each answer.

    Lines of that log are in the order of the roll's: sizes that differ would tell who chose what. Drawn anew each
    time, so that compressing takes as much from each.
    """
    told, most = (
        len(render_to_string("ballots/_chosen.html", {"chosen": lines}).encode()) for lines in (chosen, possible)
    )
    return secrets.token_hex(most)[: most - told]


@require_http_methods(METHODS)
@leaves_nothing
@signed_in
@screen
def cast(request, ballot):
    """Cast it: once for all when it is secret; again as often as one likes, until the closing, when it is simple."""
    if request.method != "POST":
        return see_other(address(ballot))
    calm(request, "cast", limit=60)
    if ballot.is_secret:
        return _cast_secret(request, ballot)
    _may_vote(request, ballot)
    form = VoteForm(ballot, request.POST)
    if not form.is_valid():
        return _page(request, ballot, form, status=422)
    is_first = services.cast_simple(actor=request.user, ballot=ballot, choice=form.choice, channel=_channel(request))
    messages.success(request, _("Your vote is recorded.") if is_first else _("Your vote is changed."))
    return see_other(address(ballot))


def _cast_secret(request, ballot):
    """The receipt is in this answer, and nowhere else: no address, no session, no message, no log holds it."""
    if ballot.frozen_at is None:
        raise Http404(_("This ballot does not exist, or is not shown to you."))
    try:
        box = base64.b64decode(request.POST.get("box", "").strip(), validate=True)
        receipt = services.cast_secret(actor=request.user, ballot=ballot, box=box, channel=_channel(request))
    except services.Closed:
        # Says which: not open yet, called off, or closed.
        _may_vote(request, ballot)
        raise
    except ValidationError as refusal:
        return refused(request, 422, " ".join(refusal.messages), title=_("This vote wasn't taken"))
    except (binascii.Error, ValueError):
        return refused(
            request,
            422,
            _("This vote was cut on its way: go back, and send it again."),
            title=_("This vote wasn't taken"),
        )
    context = {"ballot": ballot, "receipt": receipt, "is_kiosk": _on_a_kiosk(request)}
    return render(request, "ballots/receipt.html", context)
