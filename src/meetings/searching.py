"""What the index and the page of results know of meetings: their published minutes, for those who read them."""

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.search import registry
from src.search.registry import Document, Result, Shown

from .enums import MeetingState
from .models import Meeting, MinutesRevision

MEETING = GENRE = "meeting"


def told():
    """Meetings whose minutes are published."""
    return Meeting.objects.filter(state=MeetingState.PUBLISHED)


def document(meeting: Meeting) -> Document:
    """The group, the minutes as last corrected, the topics and what was promised."""
    parts = [meeting.place]
    last = meeting.revisions.last()
    if last is not None:
        parts += [last.summary, last.decisions]
    parts += meeting.lines.filter(topic__visibility="shown").values_list("topic__title", flat=True)
    parts += meeting.promised.values_list("text", flat=True)
    return Document(
        meeting.space.name,
        body="\n".join(part for part in parts if part),
        genre=GENRE,
        day=timezone.localdate(meeting.starts_at),
    )


def results(viewer, pks) -> dict:
    """These meetings as results, those the viewer may read."""
    seen = Meeting.objects.visible_to(viewer).filter(pk__in=pks, state=MeetingState.PUBLISHED)
    last = MinutesRevision.objects.filter(meeting=OuterRef("pk")).order_by("-number").values("summary")[:1]
    return {
        meeting.pk: Result(
            title=meeting.space.name,
            url=meeting.get_absolute_url(),
            label=_("Minutes"),
            icon="calendar",
            tone="consult",
            texts=(("", meeting.last_summary),),
            facts=(date_format(timezone.localdate(meeting.starts_at), "j F Y"),),
        )
        for meeting in seen.select_related("series", "space").annotate(last_summary=Subquery(last))
    }


def register() -> None:
    """Put minutes on the page of results."""
    registry.register(
        MEETING,
        Meeting,
        document,
        told,
        Shown(
            visible=lambda viewer: Meeting.objects.visible_to(viewer),
            results=results,
            genres={GENRE: gettext_lazy("Minutes of meetings")},
        ),
    )
