"""Preparations and questions about quizzes that need the product itself; run in its environment, one JSON line each."""

import argparse
import json

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from django.middleware.csrf import _get_new_csrf_string  # noqa: E402

from tests.factories import trainings as made  # noqa: E402
from tests.faults.answers_inside import _session, people  # noqa: E402
from trainings.learning.forms.quiz import QuizForm  # noqa: E402
from trainings.learning.models import QuizAttempt  # noqa: E402
from trainings.learning.selectors import revisions_of  # noqa: E402
from trainings.learning.services import begin_attempt, enrol  # noqa: E402

TITLE = "Dix-huit questions"
# Six kinds, three rounds of them: eighteen questions a person, two in three of the bank.
ROUNDS, DRAWN = 4, 18


def prepare(count: int) -> dict:
    """So many people signed in, each in an attempt of their own; what their form asks."""
    asked = [
        {**one, "key": f"{round_:08d}-0000-4000-8000-{place:012d}", "text": f"{one['text']} ({round_})"}
        for round_ in range(1, ROUNDS + 1)
        for place, one in enumerate(made.every_kind())
    ]
    version = made.published([made.quiz(made.bank(asked), {"toutes": DRAWN}, max_attempts=3)], title=TITLE)
    module, csrf, told = version.modules.get(), _get_new_csrf_string(), []
    for user in people(count):
        with transaction.atomic():
            enrolment = enrol(actor=user, track=version.track)
            attempt = begin_attempt(actor=user, enrolment=enrolment, module=module)
        cookies = {settings.SESSION_COOKIE_NAME: _session(user), settings.CSRF_COOKIE_NAME: csrf}
        told.append({"username": user.username, "cookies": cookies, "fields": fields_of(attempt)})
    return {"base": f"/formations/{version.track.slug}/{module.position}/", "csrf": csrf, "people": told}


def fields_of(attempt: QuizAttempt) -> list[dict]:
    """The questions of an attempt as a browser meets them: kind, names of fields, how many values."""
    form = QuizForm(attempt, revisions_of(attempt))
    return [{"kind": one.kind, "names": one.names, "size": one.size} for one in form.questions]


def kept(count: int) -> dict:
    """What each person's attempt shows again: by username, its fields, its state, and how many attempts they have."""
    found = {}
    attempts = QuizAttempt.objects.select_related("progress__enrolment__agent").order_by("pk")
    for attempt in attempts.filter(progress__enrolment__version__track__title=TITLE):
        shown = QuizForm(attempt, revisions_of(attempt))
        told = found.setdefault(attempt.progress.enrolment.agent.username, {"attempts": 0})
        told["attempts"] += 1
        told["state"] = attempt.state
        told["fields"] = {name: value for name, value in shown.initial.items() if value not in ("", None)}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["prepare", "kept"])
    parser.add_argument("--people", type=int, default=0)
    given = parser.parse_args()
    print(json.dumps({"prepare": prepare, "kept": kept}[given.what](given.people)))


if __name__ == "__main__":
    main()
