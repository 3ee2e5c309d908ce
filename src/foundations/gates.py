"""The way every room's views tell a refusal, and send a person on.

Invisible is 404. Visible but not allowed is 403 with a sentence. Not possible any more is 409. Too fast is 429. A
visitor who isn't signed in is led to the door first.
"""

from collections.abc import Mapping
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import ratelimit, typed
from .addresses import client_address, truncated
from .keyset import BadCursor

# What the page of a refusal is called, by its status; 403 and what isn't listed share the first.
TITLES = {
    403: gettext_lazy("This page is not open to you"),
    409: gettext_lazy("Things have moved on"),
    429: gettext_lazy("A short pause"),
}
# Gestures of one network, and in how many seconds: a library or a household has several people.
BY_NETWORK = (600, 60)


class TooFast(Exception):
    """Somebody acts faster than a person does."""


class Gate:
    """The refusals of one room: its page is ``<room>/refused.html``, ``home`` names the page one goes back to.

    ``moved_on`` are the exceptions that say that something isn't possible (any more). ``by_network`` gives, for a
    bucket of ``calm``, how many gestures those without an account may make together, and in how many seconds.
    """

    def __init__(
        self,
        room: str,
        *,
        home: str,
        moved_on: tuple[type[Exception], ...] = (),
        by_network: Mapping[str, tuple[int, int]] | None = None,
    ):
        self.room, self.home, self.moved_on = room, home, moved_on
        self.by_network = by_network or {}

    def tells(self, view):
        """Give a view its refusals in words.

        What a view marks by ``request.leaves_no_network`` is kept by no cache either.
        """

        @wraps(view)
        def told(request, *args, **kwargs):
            try:
                response = view(request, *args, **kwargs)
            except PermissionDenied as refusal:
                if not request.viewer.is_authenticated and request.method == "GET":
                    return redirect_to_login(request.get_full_path())
                return self.refused(request, 403, str(refusal) or _("This is not yours to do."))
            except self.moved_on as refusal:
                return self.refused(request, 409, " ".join(getattr(refusal, "messages", None) or [str(refusal)]))
            except BadCursor:
                return redirect(request.path)
            except TooFast:
                return self.too_fast(request)
            if getattr(request, "leaves_no_network", False):
                response.headers["Cache-Control"] = "private, no-store"
            return response

        return told

    def signed_in(self, view):
        """Lead a visitor to the door before anything is read."""

        @wraps(view)
        def checked(request, *args, **kwargs):
            if request.viewer.is_authenticated:
                return view(request, *args, **kwargs)
            return redirect_to_login(request.get_full_path() if request.method == "GET" else reverse(self.home))

        return checked

    def refused(self, request, status: int, sentence: str, **more):
        """The page that says why, and where to go from here; what was typed comes back on it.

        ``more`` is added to the page's context (``title`` for another one). Nothing comes back where
        ``request.keeps_nothing_typed`` is set.
        """
        kept = {} if getattr(request, "keeps_nothing_typed", False) else typed.kept(request)
        title = TITLES.get(status, TITLES[403])
        context = {"title": title, "sentence": sentence, **more, **kept, "copy_only": status != 429}
        response = render(request, f"{self.room}/refused.html", context, status=status)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def too_fast(self, request):
        """The page of a gesture repeated more than a person does: 429, and after how long to try again."""
        response = self.refused(request, 429, _("You are going very fast. Wait a minute, then try again."))
        response.headers["Retry-After"] = "60"
        return response

    def calm(self, request, bucket: str, limit: int, per: int = 60) -> None:
        """Refuse a gesture repeated over ``limit`` times in ``per`` seconds by one account.

        Whoever has no account is counted by network. In memory: the gesture may be a protected contribution or a
        secret vote, and a row about the account would betray it. Raises TooFast.
        """
        who = str(request.viewer.user_id)
        if not request.viewer.is_authenticated:
            who = network_of(request)
            limit, per = self.by_network.get(bucket, BY_NETWORK)
        if not ratelimit.hit_in_memory(f"{self.room}.{bucket}", who, limit, per):
            raise TooFast


def network_of(request) -> str:
    """The network somebody comes from, to count in memory; never written."""
    return truncated(client_address(request)) or "nowhere"


def see_other(url: str) -> HttpResponseRedirect:
    """303: the answer is read at ``url`` by a GET, whatever brought us here."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def add_errors(form, refusal) -> None:
    """A service's refusal (a ValidationError) beside the fields it is about, or at the form's top."""
    errors = refusal.error_dict if hasattr(refusal, "error_dict") else {None: refusal.error_list}
    for name, sentences in errors.items():
        form.add_error(name if name in form.fields else None, sentences)
