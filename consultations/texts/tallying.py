"""What became of the contributions to a text, in numbers."""

from dataclasses import dataclass

from django.db.models import Count

from .enums import OutcomeKind
from .models import ContributionOutcome, ReformText


@dataclass(frozen=True)
class Tally:
    """What became of the contributions to a text, told once outcomes are."""

    rows: list
    total: int


def tally(text: ReformText) -> Tally:
    """How many contributions were taken, partly taken, set aside, answered: of those told; one statement."""
    found = dict(
        ContributionOutcome.objects.filter(
            contribution__unit__version__text=text, told_at__isnull=False, contribution__is_withdrawn=False
        )
        .order_by()
        .values_list("kind")
        .annotate(n=Count("pk"))
    )
    rows = [(str(kind.label), found[kind]) for kind in OutcomeKind if found.get(kind)]
    return Tally(rows, sum(found.values()))
