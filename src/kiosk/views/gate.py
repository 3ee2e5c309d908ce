"""Screens that exist on an enrolled device alone."""

from functools import wraps

from django.http import Http404


def on_kiosk(view):
    """Elsewhere the address doesn't exist; outside a visit the middleware has already led to the start screen."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if request.kiosk is None:
            raise Http404
        return view(request, *args, **kwargs)

    return checked
