"""What ratings tell, in the registry that the attacks read: periods, points, directions, answers to reports."""

from collections import defaultdict

from src.participation.published import PublishedTable, publish

from . import reading
from .models import RatingPeriod

ADDRESSES = (
    "qualite/",
    "qualite/<idea_reference:point>/",
    "qualite/export.csv",
    "qualite/mois.csv",
    "api/v1/quality/",
    "api/v1/quality/<point>/",
)


def _read():
    """Periods of each point, and what was flagged in them; then points and directions over twelve months."""
    periods: dict[int, dict[str, int]] = defaultdict(dict)
    for row in RatingPeriod.objects.order_by("point_id", "first"):
        periods[row.point_id][f"{row.first:%Y-%m}"] = row.total
        if row.flagged is not None:
            yield {"flagged": row.flagged, "others": row.total - row.flagged}
    yield from periods.values()
    found = reading.quality()
    yield {line.point.reference: line.share.answers for line in found.points if line.share.answers}
    yield {code: share.answers for code, _name, share in found.directions}
    told = [line for line in found.answers if line.in_time is not None or line.key == reading.OTHERS]
    yield {"" if line.key == reading.OTHERS else line.key: line.answered for line in told if line.answered}


publish(PublishedTable("quality", ADDRESSES, _read))
