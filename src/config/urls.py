"""Every address of the product, in French and stable. Wagtail's pages come last: our prefixes are reserved."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from src.config.errors import not_found


def _room(prefix, module):
    """Include a room's addresses."""
    return [path(prefix, include(module))] if find_spec(module) else []


def _api():
    if not find_spec("src.config.api"):
        return []
    from src.config.api import api  # the API imports every room: only once they are loaded

    return [path("api/v1/", api.urls)]


urlpatterns = [
    *_room("", "src.foundations.urls"),
    *_room("", "src.directory.urls"),
    *_room("", "src.notices.urls"),
    *_room("", "src.search.urls"),
    *_room("", "theme.urls"),
    *_room("", "src.paper.urls"),
    *_room("", "src.wall.urls"),
    *_room("", "src.kiosk.urls"),
    *_room("", "src.publishing.urls"),
    *_room("", "src.rights.urls"),
    *_room("", "src.accountability.urls"),
    *_room("", "src.participation.urls"),
    *_room("questionnaires/", "src.questionnaires.urls"),
    *_room("scrutins/", "src.participation.ballots.urls"),
    *_room("textes/", "consultations.texts.urls"),
    *_room("reunions/", "src.meetings.urls"),
    *_room("idees/", "ideas.urls"),
    *_room("consultations/", "consultations.urls"),
    *_room("", "consultations.ratings.urls"),
    *_room("formations/", "trainings.obligations.urls"),
    *_room("formations/", "trainings.sessions.urls"),
    *_room("formations/", "trainings.attestations.urls"),
    *_room("formations/", "trainings.evidence.urls"),
    *_room("formations/", "trainings.coverage.urls"),
    *_room("formations/", "trainings.reminders.urls"),
    *_room("formations/", "trainings.learning.urls"),
    *_room("panels/", "panels.sessions.urls"),
    *_room("panels/", "panels.urls"),
    *_room("panels/", "panels.referrals.urls"),
    *_room("panels/", "panels.opinions.urls"),
    *_room("panels/", "panels.statements.urls"),
    *_room("panels/", "panels.pairings.urls"),
    *_api(),
    # Wagtail's page that breaks on purpose: nobody here ever sees a failure.
    path("gestion/failwhale/", not_found),
    path("gestion/documents/", include(wagtaildocs_urls)),
    path("gestion/", include(wagtailadmin_urls)),
]

if settings.SITE_URL.startswith("http://127.0.0.1") or settings.TERRAIN_DEMO:
    # Embedded mode serves its own public renditions; in production the web server does.
    urlpatterns.append(
        re_path(r"^media/(?P<path>(?:images|original_images)/.+)$", serve, {"document_root": settings.MEDIA_ROOT})
    )

urlpatterns.append(path("", include("src.publishing.page_urls")))

handler400 = "src.config.errors.bad_request"
handler403 = "src.config.errors.forbidden"
handler404 = "src.config.errors.not_found"
handler500 = "src.config.errors.server_error"
