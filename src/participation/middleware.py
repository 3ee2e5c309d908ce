"""Gives the request's short memory of what its browser has just sent to the viewer's facts."""

from . import recent


class RecentContributionsMiddleware:
    """Makes the cookie readable while the request lasts, and takes it away when it is another account's.

    Placed after the authentication middleware. Without the cookie it does nothing and reads nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        cookie = request.COOKIES.get(recent.COOKIE, "")
        token = recent._received.set(cookie)
        try:
            response = self.get_response(request)
        finally:
            recent._received.reset(token)
        rewritten = recent.COOKIE in response.cookies
        if cookie and not rewritten and not recent.belongs_to(cookie, request.user.pk):
            recent.forget(response)
        return response
