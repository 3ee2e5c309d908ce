"""Preparations and questions about votes that need the product itself; run in its environment, one JSON line each."""

import argparse
import base64
import datetime
import json

import django

django.setup()

import time_machine  # noqa: E402
from django.conf import settings  # noqa: E402
from django.middleware.csrf import _get_new_csrf_string  # noqa: E402

from src.foundations import clock  # noqa: E402
from src.participation.ballots import boxes, services  # noqa: E402
from src.participation.ballots.models import Ballot, CountedBox, RollEntry, SealedBox  # noqa: E402
from tests.factories import ballots as make  # noqa: E402
from tests.faults.answers_inside import _session, people  # noqa: E402

TITLE = "Vingt votes par seconde"


def prepare(count: int) -> dict:
    """A secret vote of every agent, open since yesterday; so many of them signed in, each with a box already closed."""
    with time_machine.travel(clock.now() - datetime.timedelta(days=1), tick=False):
        made = make.prepared(secrecy="secret", title=TITLE)
        made.open()
    public, told, csrf = bytes(made.ballot.public_key), [], _get_new_csrf_string()
    for number, user in enumerate(people(count)):
        box = boxes.seal(public, [number % 4])
        told.append(
            {
                "username": user.username,
                "cookies": {settings.SESSION_COOKIE_NAME: _session(user), settings.CSRF_COOKIE_NAME: csrf},
                "box": base64.b64encode(box).decode(),
                "other": base64.b64encode(boxes.seal(public, [number % 4])).decode(),
                "receipt": boxes.receipt_of(boxes.digest_of(box)),
                "other_receipt": "",
            }
        )
        told[-1]["other_receipt"] = boxes.receipt_of(boxes.digest_of(base64.b64decode(told[-1]["other"])))
    return {"reference": made.ballot.reference, "csrf": csrf, "people": told}


def held(_count: int) -> dict:
    """The receipts of the boxes in the urn, then of those taken out at a closing; and how many are on the roll."""
    ballot = Ballot.objects.filter(title=TITLE).latest("pk")
    before = [
        boxes.receipt_of(one) for one in SealedBox.objects.filter(ballot=ballot).values_list("digest", flat=True)
    ]
    with time_machine.travel(ballot.closes_at + datetime.timedelta(minutes=1), tick=False):
        services.close_ballot(ballot=ballot)
    after = CountedBox.objects.filter(ballot=ballot).values_list("digest", flat=True)
    return {
        "urn": before,
        "counted": [boxes.receipt_of(one) for one in after],
        "roll": list(RollEntry.objects.filter(ballot=ballot).values_list("person__username", flat=True)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["prepare", "held"])
    parser.add_argument("--people", type=int, default=0)
    given = parser.parse_args()
    print(json.dumps({"prepare": prepare, "held": held}[given.what](given.people)))


if __name__ == "__main__":
    main()
