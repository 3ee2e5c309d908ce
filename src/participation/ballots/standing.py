"""What the last counted ballot of a space said of what it was asked about."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from .models import Ballot


@dataclass(frozen=True)
class VoteLine:
    """What the vote said of one subject: its rank from 1, and how many chose it, when that is told."""

    rank: int
    is_retained: bool
    is_tied: bool
    chosen_by: int | None


@dataclass(frozen=True)
class Vote:
    """A counted ballot whose result becomes prepared decisions, by the reference of what was voted on."""

    title: str
    url: str
    closed_on: date
    voted: int
    lines: dict[str, VoteLine]

    @property
    def retained(self) -> list[str]:
        """References retained, best first."""
        found = [(line.rank, reference) for reference, line in self.lines.items() if line.is_retained]
        return [reference for _rank, reference in sorted(found)]


def vote_of(space, kind: str) -> Vote | None:
    """The last counted ballot of the space that asks for decisions on this kind of subject; None without one, or when
    its figures are hidden. Two statements."""
    ballot = (
        Ballot.objects.filter(
            space=space, prepares_decisions=True, counted_at__isnull=False, options__subject_kind=kind
        )
        .prefetch_related("options")
        .order_by("-counted_at")
        .first()
    )
    if ballot is None or "outcome" not in ballot.result:
        return None
    outcome, counts = ballot.result["outcome"], ballot.result["total"].get("counts")
    ranks = {option: rank for rank, option in enumerate(outcome["ranking"], start=1)}
    lines = {
        option.subject_reference: VoteLine(
            rank=ranks.get(option.position, len(ranks) + 1),
            is_retained=option.position in outcome["retained"],
            is_tied=option.position in outcome["tied"],
            chosen_by=_number(counts, option.position),
        )
        for option in ballot.options.all()
        if option.subject_kind == kind
    }
    return Vote(
        title=ballot.title,
        url=ballot.get_absolute_url(),
        closed_on=timezone.localdate(ballot.closes_at),
        voted=ballot.result["voted"],
        lines=lines,
    )


def _number(counts, position: int) -> int | None:
    """How many chose it; None where that isn't told."""
    number = counts[position] if counts else None
    return number if isinstance(number, int) else None
