"""Finding tickets among those of a panel: what the team's list and its file show."""

from django.db.models import Q

from src.foundations import keyset, references

from . import selectors
from .enums import CandidateState

SIZE = 50
WAITING = {
    "decision": Q(state=CandidateState.VOLUNTEERED),
    "guardian": Q(waits_for_guardian=True),
    "call": Q(is_to_call=True),
}


def found(viewer, panel, asked: dict[str, str]):
    """The tickets that these filters leave; one statement."""
    rows = selectors.candidates_of(viewer, panel)
    if asked.get("q"):
        rows = rows.filter(ticket__contains=references.normalise(asked["q"][:16]).removeprefix("P"))
    if asked.get("etat"):
        rows = rows.filter(state=asked["etat"])
    if asked.get("liste"):
        rows = rows.filter(source_list__slug=asked["liste"])
    if asked.get("attend") in WAITING:
        rows = rows.filter(WAITING[asked["attend"]])
    return rows


def page(viewer, panel, asked: dict[str, str], cursor: str = "") -> keyset.Page:
    """One page of them, by ticket; one statement whatever the page."""
    return keyset.paginate(found(viewer, panel, asked), order=("ticket",), cursor=cursor, size=SIZE)
