"""The list of ballots: open ones first, what was voted, what is over."""

from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import listing, rules, selectors
from ..forms.listing import FilterForm
from .gate import screen


@require_safe
@screen
def ballots(request):
    """Those one may read, soonest to close first; then those that are over, last first.

    On a kiosk one comes to vote: whoever isn't signed in is led to the door first.
    """
    if getattr(request, "kiosk", None) is not None and not request.viewer.is_authenticated:
        return redirect_to_login(request.path)
    question = listing.Question.read(request.GET)
    found = listing.found(request.viewer, question, cursor=request.GET.get("page") or "")
    shown = {"q": question.words, "etat": question.state, "lieu": question.space}
    context = {
        "nav_key": "consultations",
        "current": selectors.cards(found.current),
        "past": selectors.cards(found.past.items),
        "question": question,
        "filter_form": FilterForm(shown, spaces=listing.spaces(request.viewer)),
        "reset_url": request.path if question.asked else "",
        "organises": request.viewer.is_authenticated and rules.may_use_workshop(request.viewer),
        "next_page": _page(question, found.past.next_cursor),
        "previous_page": _page(question, found.past.previous_cursor),
    }
    return render(request, "ballots/list.html", context)


def _page(question, cursor: str) -> str:
    return "?" + urlencode({**question.asked, "page": cursor}) if cursor else ""
