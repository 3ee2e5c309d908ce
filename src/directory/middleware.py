"""What each request knows of its viewer and their language, and the second factor asked of staff."""

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from . import language
from .viewer import as_viewer

# Where somebody who still owes a second factor may go: the door itself, and what serves no person.
_OPEN_PREFIXES = ("/connexion/", "/deconnexion/", "/healthz", "/readyz")


class LanguageMiddleware:
    """Speaks the language of who reads, and says it in the answer; after authentication, before any view.

    The device's first, which needs no database: a page of breakdown speaks it when the account can't be read.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        before = translation.get_language()
        response = self._answered(request)
        # What is told as it is read out still speaks the reader's language; nothing else is left to what comes next.
        if not response.streaming:
            translation.activate(before or settings.LANGUAGE_CODE)
        return response

    def _answered(self, request):
        translation.activate(language.of_device(request))
        if chosen := language.of_account(request):
            translation.activate(chosen)
        request.LANGUAGE_CODE = spoken = translation.get_language()
        response = self.get_response(request)
        # What stands between us and the reader must not give one language to the readers of another.
        patch_vary_headers(response, ("Cookie",))
        response.headers.setdefault("Content-Language", spoken)
        return response


class ViewerMiddleware:
    """Puts ``request.viewer`` on each request; nothing is read until somebody asks."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.viewer = SimpleLazyObject(lambda: as_viewer(request.user))
        return self.get_response(request)


class StaffMfaMiddleware:
    """Sends staff without a second factor to its page, wherever they were going, when the city requires it.

    A session opened before the role was given is asked too: to set a factor up, or to give the one it has.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self._door(request) or self.get_response(request)

    def _door(self, request):
        if not settings.TERRAIN_MFA_REQUIRED or self._is_open(request.path):
            return None
        from .second_factor import asked, is_required  # allauth's models, loaded after the apps

        return asked(request) if is_required(request.user) else None

    @staticmethod
    def _is_open(path: str) -> bool:
        return path.startswith(_OPEN_PREFIXES) or path.startswith((settings.STATIC_URL, settings.MEDIA_URL))
