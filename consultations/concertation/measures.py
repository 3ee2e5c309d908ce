"""A commitment of a meeting followed as a measure, from its promise to its end."""

from django.db.models import Q
from django.utils.translation import gettext as _

from src.accountability.enums import MeasureStatus
from src.accountability.models import Measure, MeasureOrigin
from src.accountability.registry import OriginWords
from src.accountability.services import born_of_commitment
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.meetings.enums import ActionState, MeetingState
from src.meetings.models import Action
from src.meetings.querysets import runs
from src.participation.querysets import in_circle

KIND = "commitment"


def follow(action: Action) -> None:
    """Make the measure of an action; once, in the transaction that publishes the minutes."""
    born_of_commitment(
        subject_kind=KIND,
        reference=action.reference,
        title=action.text,
        unit=action.series.unit,
        owner=action.owner,
        owner_label=action.owner_label,
        due_on=action.due_on,
    )


def visible(user):
    """Commitments whose minutes the person reads."""
    viewer = as_viewer(user)
    spaces = in_circle(viewer) | runs(viewer)
    spaces_seen = Action._meta.get_field("series").related_model.objects.filter(spaces)
    return Action.objects.filter(
        Q(series__in=spaces_seen.values("pk")), born_at__state=MeetingState.PUBLISHED, is_measure=True
    )


def origin_words(viewer, references) -> dict[str, OriginWords]:
    """Where a measure comes from, for those who read the minutes: the meeting and its page."""
    found = visible(viewer).filter(reference__in=list(references)).select_related("series__space", "born_at__series")
    return {
        action.reference: OriginWords(
            label=_("A commitment of “%(title)s”") % {"title": action.series.space.name},
            url=action.born_at.get_absolute_url(),
        )
        for action in found
    }


def links(references: list[str], viewer) -> dict[str, tuple[str, str]]:
    """Where actions are followed: state and page of their measure, as this viewer may see it. One statement."""
    origins = MeasureOrigin.objects.filter(
        subject_kind=KIND,
        subject_reference__in=references,
        measure__in=Measure.objects.visible_to(viewer).values("pk"),
    ).select_related("measure")
    return {
        origin.subject_reference: (origin.measure.get_status_display(), origin.measure.get_absolute_url())
        for origin in origins
    }


def moved(origin: MeasureOrigin, measure: Measure, step) -> None:
    """A measure done, or stopped, ends the action it came from. Safe twice."""
    ends = {
        MeasureStatus.DELIVERED: ActionState.DONE,
        MeasureStatus.VERIFIED: ActionState.DONE,
        MeasureStatus.STOPPED: ActionState.DROPPED,
    }
    state = ends.get(MeasureStatus(measure.status))
    if state is None:
        return
    closing = _("Followed as a measure: %(state)s.") % {"state": measure.get_status_display()}
    Action.objects.filter(reference=origin.subject_reference, state=ActionState.OPEN).update(
        state=state, closed_on=clock.today(), closing=closing
    )
