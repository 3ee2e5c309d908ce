"""Prepares what the load sends (sessions, addresses), counts statements, and recounts afterwards. JSON on the last line."""

import json
import random
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.middleware.csrf import _get_new_csrf_string  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from ideas.models import Idea, IdeaCounts, IdeaSupport  # noqa: E402
from src.directory.models import User  # noqa: E402

# What people ask of the measures: all, words, a state, one year, and the same to a program.
FOLLOWED = (
    "/engagements/",
    "/engagements/?q=planning",
    "/engagements/?etat=works",
    "/engagements/?annee=2025",
    "/api/v1/measures/",
)


def session_for(user) -> str:
    """Open a session as the sign-in page would."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return store.session_key


def statements(client, method, path, **extra) -> int:
    getattr(client, method)(path, **extra)  # warm caches of processes and templates
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = getattr(client, method)(path, **extra)
    assert response.status_code < 400, (path, response.status_code, response.content[:500])
    return len([q for q in captured if not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))])


def prepare() -> dict:
    rng = random.Random(7)
    users = list(User.objects.filter(username__startswith="s", is_active=True, holds_roles=False).order_by("id")[:400])
    csrf = _get_new_csrf_string()
    cookies = [
        f"{settings.SESSION_COOKIE_NAME}={session_for(user)}; {settings.CSRF_COOKIE_NAME}={csrf}" for user in users
    ]
    references = list(
        Idea.objects.filter(stage_kind__in=["open", "qualified", "in_review"])
        .order_by("id")
        .values_list("reference", flat=True)[:3000]
    )
    busiest = list(
        IdeaCounts.objects.filter(comments__gt=0).order_by("-comments").values_list("idea__reference", flat=True)[:200]
    )
    pages = ["/idees/", "/idees/?tri=soutenues", "/idees/?tri=attendues", "/idees/?q=planning", "/idees/?etape=etude"]

    def line(method, path, body=""):
        return f"{method}\t{path}\t{rng.choice(cookies)}\t{body}"

    requests = {
        "list": [line("GET", "/idees/") for _ in range(400)],
        "idea": [line("GET", f"/idees/{rng.choice(busiest or references)}/") for _ in range(400)],
        "support": [
            line("POST", f"/idees/{rng.choice(references)}/soutenir/", f"soutien={rng.randrange(2)}")
            for _ in range(20000)
        ],
        "responses": [line("GET", "/reponses/")] * 400,
        "measures": [line("GET", rng.choice(FOLLOWED)) for _ in range(400)],
    }
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0], "x-forwarded-proto": "https"})
    client.cookies[settings.SESSION_COOKIE_NAME] = session_for(users[0])
    counted = {page: statements(client, "get", page) for page in pages}
    followed = {page: statements(client, "get", page) for page in FOLLOWED}
    return {
        "csrf": csrf,
        "requests": requests,
        "statements": {
            "list": counted["/idees/"],
            "responses": statements(client, "get", "/reponses/"),
            "measures": max(followed.values()),
            "measures_pages": followed,
            "promises": statements(client, "get", "/reponses/promesses/"),
            "pages": counted,
            "idea": statements(client, "get", f"/idees/{(busiest or references)[0]}/"),
            "support": statements(
                client,
                "post",
                f"/idees/{references[0]}/soutenir/",
                data={"soutien": "1"},
                headers={"accept": "application/json"},
            ),
        },
    }


def recount() -> dict:
    """Counters against rows, all ideas: the number that differ must be 0."""
    rows = dict(IdeaSupport.objects.values_list("idea_id").annotate(n=Count("id")))
    wrong = sum(1 for idea_id, n in IdeaCounts.objects.values_list("idea_id", "supports") if rows.get(idea_id, 0) != n)
    return {"ideas": IdeaCounts.objects.count(), "supports": IdeaSupport.objects.count(), "counters_wrong": wrong}


if __name__ == "__main__":
    print(json.dumps(recount() if "--recount" in sys.argv else prepare()))
