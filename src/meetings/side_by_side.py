"""What meetings show of a space beside its other activities."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from src.participation.activities import ActivityCard
from src.participation.enums import ActivityPhase

from .models import MeetingSeries


def cards(space, viewer) -> list[ActivityCard]:
    """The meetings of the space, with the state of their rhythm. One statement."""
    found = MeetingSeries.objects.visible_to(viewer).filter(space=space).select_related("space", "unit")
    return [
        ActivityCard(
            title=series.space.name,
            url=series.get_absolute_url(),
            kind_label=_("Meetings"),
            phase=ActivityPhase.DELIBERATE,
            state_label=_("Has not met") if series.is_late else series.get_every_display(),
            tone="warn" if series.is_late else "",
            icon="calendar",
            verb=_("See the meetings"),
            verb_url=series.get_absolute_url(),
            until=_("due before %(day)s") % {"day": date_format(series.due_on, "j F Y")},
        )
        for series in found
    ]
