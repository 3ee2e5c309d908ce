"""Points and evaluations, written with their journal row."""

from django.db import transaction

from src.foundations import journal, outbox

from ..models import IndependentEvaluation, RatingPoint


@transaction.atomic
def save_point(*, point: RatingPoint, actor=None) -> RatingPoint:
    """Keep a new or changed point, journal it and have the search follow."""
    verb = "ratings.point_changed" if point.pk else "ratings.point_made"
    point.save()
    journal.record(verb, actor=actor, object_ref=f"rating_point:{point.reference}")
    outbox.emit("search.index", {"kind": "rating_point", "pk": point.pk})
    return point


@transaction.atomic
def save_evaluation(*, evaluation: IndependentEvaluation, actor=None) -> None:
    """Journal an evaluation that was just written."""
    journal.record("ratings.evaluation_written", actor=actor, object_ref=f"evaluation:{evaluation.pk}")


def pass_points_on(unit, successor) -> None:
    """The points of a closing unit go to its successor, with what waits there; the directory calls it."""
    if successor is not None:
        RatingPoint.objects.filter(unit=unit).update(unit=successor)
