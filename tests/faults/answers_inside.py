"""Preparations and questions about answers that need the product itself; run in its environment, one JSON line each."""

import argparse
import json
import uuid

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.middleware.csrf import _get_new_csrf_string  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from src.directory.models import User  # noqa: E402
from src.participation.services import drafts, keyring  # noqa: E402
from src.questionnaires import runs  # noqa: E402
from src.questionnaires.models import Questionnaire  # noqa: E402
from tests.factories.questionnaires import questionnaire, short_text, single  # noqa: E402

TITLE = "Trente questions"
PAIRS, ANSWERED = 15, 10
_UNCOUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def people(count: int):
    """The synthetic agents who answer: they hold no role."""
    return User.objects.filter(username__startswith="s", is_active=True, holds_roles=False).order_by("id")[:count]


def prepare(count: int) -> dict:
    """Thirty questions, begun by so many people who are signed in; ten are answered, the last is where they are."""
    questions = [one for n in range(PAIRS) for one in (single(f"Question {n} ?"), short_text(f"Pourquoi {n} ?"))]
    made = questionnaire(*questions, title=TITLE)
    specs = made.revision.specs
    answers = {one.key: "c1" if one.choices else "Parce que." for one in specs[:ANSWERED]}
    entries, told, csrf = [], [], _get_new_csrf_string()
    with transaction.atomic():
        for number, user in enumerate(people(count)):
            run = runs.Run(made, made.revision, answers=dict(answers))
            token = drafts.save_draft(None, runs.kind_of(made, False), runs._data_of(run))
            entries.append(keyring.Entry(keyring.DRAFT, token, user.pk))
            cookies = {settings.SESSION_COOKIE_NAME: _session(user), settings.CSRF_COOKIE_NAME: csrf}
            identity = "named" if number % 2 else "protected"
            told.append(
                {
                    "username": user.username,
                    "cookies": cookies,
                    "identity": identity,
                    "sending": str(run.token),
                }
            )
    keyring.file(entries)
    texts = [one.key for one in specs if not one.choices]
    return {"reference": made.reference, "csrf": csrf, "texts": texts, "people": told}


def _session(user) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return store.session_key


def kept(count: int) -> dict:
    """The answers in each person's draft, and how many have two drafts of it."""
    made = _made()
    found, doubled = {}, 0
    for user in people(count or 10**6):
        own = drafts.drafts_of(user, runs.kind_of(made, False))
        doubled += len(own) > 1
        if own:
            found[user.username] = runs.current(user, made).answers
    return {"answers": found, "doubled": doubled}


def statements(count: int) -> dict:
    """How many statements a page kept, the page that follows and a sending take, for somebody who began.

    What was sent is undone: the sets of answers are counted against those who come.
    """
    made, user = _made(), list(people(count or 1))[-1]
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0], "x-forwarded-proto": "https"})
    client.cookies[settings.SESSION_COOKIE_NAME] = _session(user)
    path = f"/questionnaires/{made.reference}/repondre/q2/"
    begun = runs.begin(user, made)
    keyring.file([keyring.Entry(keyring.DRAFT, begun.draft, user.pk)])
    send = f"/questionnaires/{made.reference}/verifier/"
    return {
        "page": _counted(lambda: client.post(path, {"answer": str(uuid.uuid4())}), twice=True),
        "next page": _counted(lambda: client.get(path), twice=True),
        "sending": _undone(lambda: _counted(lambda: client.post(send, {"identity": "named"}))),
    }


def _undone(gesture):
    with transaction.atomic():
        told = gesture()
        transaction.set_rollback(True)
    return told


def _counted(gesture, *, twice: bool = False) -> int:
    if twice:
        gesture()
    with CaptureQueriesContext(connection) as captured:
        response = gesture()
    if response.status_code >= 400:
        raise RuntimeError(f"{response.status_code} {response.content[:500]!r}")
    return sum(1 for one in captured if not one["sql"].startswith(_UNCOUNTED))


def _made() -> Questionnaire:
    return Questionnaire.objects.for_pages().filter(title=TITLE).order_by("-pk")[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["prepare", "kept", "statements"])
    parser.add_argument("--people", type=int, default=0)
    given = parser.parse_args()
    print(json.dumps({"prepare": prepare, "kept": kept, "statements": statements}[given.what](given.people)))


if __name__ == "__main__":
    main()
