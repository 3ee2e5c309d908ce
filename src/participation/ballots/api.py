"""Reading ballots from another program: ``/api/v1/ballots/``, through the same gate as the screens."""

from datetime import datetime

from django.http import Http404
from ninja import Query, Router, Schema

from src.foundations import keyset, references

from . import listing, publication, rules
from .enums import State

PAGE_SIZE = 50

router = Router(tags=["ballots"])


class BallotOut(Schema):
    """One line of the list; nothing of who voted, nor of how many before the count."""

    reference: str
    url: str
    title: str
    space: str
    circle: str
    state: str
    state_label: str
    secrecy: str
    method: str
    opens_at: datetime
    closes_at: datetime
    counted_at: datetime | None


class BallotPage(Schema):
    """One page; ``next`` is the cursor of the following one, opaque and signed."""

    items: list[BallotOut]
    next: str | None


class OptionOut(Schema):
    """One proposal; ``cost`` in euros, where projects share a budget."""

    position: int
    label: str
    description: str
    cost: int | None


class BallotFullOut(BallotOut):
    """One ballot with its rules; ``result`` is what its published file tells, once counted."""

    question: str
    introduction: str
    most_choices: int
    seats: int
    budget: int | None
    majority: str
    quorum_percent: int | None
    proposals: list[OptionOut]
    result: dict | None
    fingerprint: str | None


class ListQuery(Schema):
    """Where the list goes on."""

    cursor: str = ""


@router.get("/", response=BallotPage, summary="Ballots")
def list_ballots(request, asked: Query[ListQuery]):
    """Opened ballots the caller may see, last to close first. A stranger reads those open to everybody."""
    page = keyset.paginate(
        listing.opened(request.viewer).select_related("space"),
        order=("-closes_at", "-pk"),
        cursor=asked.cursor,
        size=PAGE_SIZE,
    )
    return {"items": [_as_dict(one) for one in page.items], "next": page.next_cursor or None}


@router.get("/{reference}/", response=BallotFullOut, summary="One ballot")
def read_ballot(request, reference: str):
    """One ballot with its rules, and once counted its published figures; 404 when the caller may not see it."""
    found = listing.opened(request.viewer).for_pages().filter(reference=references.normalise(reference[:20])).first()
    if found is None:
        raise Http404
    told = rules.state_of(found) == State.COUNTED
    return _as_dict(found) | {
        "question": found.question,
        "introduction": found.introduction,
        "most_choices": found.most_choices,
        "seats": found.seats,
        "budget": found.budget,
        "majority": found.majority,
        "quorum_percent": found.quorum_percent,
        "proposals": [
            {"position": one.position, "label": one.label, "description": one.description, "cost": one.cost}
            for one in found.ordered
        ],
        "result": {key: value for key, value in found.result.items() if key != "files"} if told else None,
        "fingerprint": publication.fingerprint(found) if told else None,
    }


def _as_dict(one) -> dict:
    state = rules.state_of(one)
    return {
        "reference": one.reference,
        "url": one.get_absolute_url(),
        "title": one.title,
        "space": one.space.name,
        "circle": one.space.circle,
        "state": state,
        "state_label": str(state.label),
        "secrecy": one.secrecy,
        "method": one.method,
        "opens_at": one.opens_at,
        "closes_at": one.closes_at,
        "counted_at": one.counted_at,
    }
