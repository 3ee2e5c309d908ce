"""The read API: what every room lets other programs read, assembled under ``/api/v1/``.

One gate (each router reads ``visible_to``), one limit, one conditional answer. No interactive page of documentation:
it would need scripts the site's policy refuses; ``openapi.json`` and ``docs/api.md`` say the same.
"""

import hashlib
from math import ceil

from django.utils.http import parse_etags, quote_etag
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import Throttled
from ninja.throttling import BaseThrottle

from consultations.api import router as consultations_router
from consultations.ratings.api import router as quality_router
from consultations.ratings.api_visits import router as visits_router
from consultations.texts.api import router as texts_router
from ideas.api import router as ideas_router
from ideas.api_moderation import router as moderation_router
from panels.opinions.api import router as panels_router
from src.accountability.api import router as measures_router
from src.accountability.api_plans import router as plans_router
from src.accountability.api_responses import router as responses_router
from src.foundations import ratelimit
from src.foundations.addresses import client_address
from src.foundations.keyset import BadCursor
from src.participation.api import router as spaces_router
from src.participation.api_openings import router as openings_router
from src.participation.ballots.api import router as ballots_router
from src.questionnaires.api import router as questionnaires_router
from src.questionnaires.api_barometers import router as barometers_router
from src.questionnaires.api_results import router as results_router
from src.search.api import router as search_router

CALLS, SECONDS = 120, 60


class CallsPerMinute(BaseThrottle):
    """So many calls a minute for an account; a hundred times more for an address, which may be a whole building."""

    def allow_request(self, request) -> bool:
        viewer = request.viewer
        if viewer.is_authenticated:
            return ratelimit.hit("api", f"account:{viewer.user_id}", CALLS, SECONDS)
        return ratelimit.hit("api", f"address:{client_address(request)}", CALLS * 100, SECONDS)

    def wait(self) -> float:
        return SECONDS


class ReadAPI(NinjaAPI):
    """Answers with an ETag made of the body alone, and with 304 when the caller already holds it."""

    def create_response(self, request, data, *, status=None, temporal_response=None):
        response = super().create_response(request, data, status=status, temporal_response=temporal_response)
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Vary"] = "Cookie, Accept-Language"
        if response.status_code != 200 or request.method not in ("GET", "HEAD"):
            return response
        etag = quote_etag(hashlib.blake2b(response.content, digest_size=16).hexdigest())
        response.headers["ETag"] = etag
        held = parse_etags(request.headers.get("If-None-Match", ""))
        if etag in held or f"W/{etag}" in held or "*" in held:
            response.status_code = 304
            response.content = b""
            del response.headers["Content-Type"]
        return response


api = ReadAPI(
    title="Terrain",
    version="1",
    description=(
        "What everybody, or the signed-in caller, may read. Pages are keyset pages with opaque cursors. "
        "Contributions that aren't signed carry the Monday of their week, never a day; no answer names an account."
    ),
    openapi_url="/openapi.json",
    docs_url=None,
    throttle=[CallsPerMinute()],
    urls_namespace="api",
)
api.add_router("/spaces/", spaces_router)
api.add_router("/ideas/", ideas_router)
api.add_router("/consultations/", consultations_router)
api.add_router("/questionnaires/", questionnaires_router)
api.add_router("/texts/", texts_router)
api.add_router("/measures/", measures_router)
api.add_router("/plans/", plans_router)
api.add_router("/questionnaires/", results_router)
api.add_router("/barometers/", barometers_router)
api.add_router("/ballots/", ballots_router)
api.add_router("/moderation/", moderation_router)
api.add_router("/responses/", responses_router)
api.add_router("/identity-openings/", openings_router)
api.add_router("/quality/", quality_router)
api.add_router("/visits/", visits_router)
api.add_router("/panels/", panels_router)
api.add_router("/search/", search_router)


@api.exception_handler(Throttled)
def too_many_calls(request, error):
    """Say when to come back."""
    response = api.create_response(request, {"detail": _("Too many calls. Try again in a minute.")}, status=429)
    response.headers["Retry-After"] = str(ceil(error.wait or SECONDS))
    return response


@api.exception_handler(BadCursor)
def cursor_unknown(request, error):
    """A cursor that isn't ours, or belongs to another list."""
    return api.create_response(
        request, {"detail": _("This cursor is not one of ours. Start from the first page.")}, status=400
    )
