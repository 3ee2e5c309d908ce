"""How editors' pages show a measure: rooms of one floor don't know each other, the porch joins them."""

from django.utils.translation import gettext as _

from src.accountability import measure_page
from src.accountability.measure_reading import row_of
from src.accountability.models import Measure
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.publishing.cards import Card


def card(reference: str, viewer) -> Card | None:
    """A measure on a page: its state, how many of its steps are done, its last news; None for who doesn't see it."""
    measure = (
        Measure.objects.visible_to(as_viewer(viewer))
        .filter(reference=reference)
        .select_related("direction", "unit", "confirmed_by")
        .prefetch_related("origins", "milestones", "checks")
        .first()
    )
    if measure is None:
        return None
    row = row_of(measure, clock.today())
    steps = list(measure.milestones.all())
    done = sum(1 for one in steps if one.done_on)
    meta = _("%(done)d steps done out of %(all)d") % {"done": done, "all": len(steps)} if steps else ""
    return Card(
        title=row.title,
        url=row.url,
        text=measure_page.sentence(measure, row),
        kind="consult",
        icon="list-checks",
        badge_label=row.status_label,
        badge_tone=row.tone,
        badge_icon=row.icon,
        meta=meta or row.direction_label,
    )
