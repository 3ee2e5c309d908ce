"""A form sent after the session ended: what was typed comes back with a way to sign in, instead of being lost."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render

from src.foundations import typed


class SessionEndedMiddleware:
    """Where a view leads a signed-out writer to the door, shows their text and a button that sends it again.

    The door opens in another tab: this page stays, and its form goes through once the person is signed in. A form
    without a written text keeps the plain way to the door.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not _to_the_door(request, response):
            return response
        kept = typed.kept(request)
        if not kept.get("texts"):
            return response
        response = render(request, "session_ended.html", kept, status=403)
        response["Cache-Control"] = "no-store"
        return response


def _to_the_door(request, response) -> bool:
    return (
        request.method == "POST"
        and isinstance(response, HttpResponseRedirect)
        and urlsplit(response.url).path == settings.LOGIN_URL
        and not request.user.is_authenticated
    )
