"""The counts of people that meetings tell, for the test that attacks every published table."""

from src.participation.published import PublishedTable, publish

from . import rules
from .models import Meeting

ADDRESS = "reunions/<slug:reference>/<slug:meeting>/"


def _present():
    held = Meeting.objects.filter(present__isnull=False).select_related("series__unit", "series__space")
    for meeting in held:
        count = rules.told_count(meeting.series, meeting.present)
        if count is not None:
            yield {meeting.reference: count}


publish(PublishedTable("meetings.present", (ADDRESS,), _present))
