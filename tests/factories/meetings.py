"""Groups that meet, topics and meetings for tests: made by the verbs people use."""

from datetime import date, timedelta

from src.directory.enums import Role
from src.foundations import clock
from src.meetings import services
from src.meetings.models import Meeting, MeetingSeries
from src.participation.enums import Circle
from tests.factories.directory import AgentFactory, SiteFactory
from tests.factories.participation import SpaceFactory, grant_in_space


def group(
    *, unit=None, headcount: int = 64, agreed_on: date | None = None, facilitator=None, **fields
) -> MeetingSeries:
    """The meetings of a unit, open to its members; ``headcount`` is the unit's, whatever its accounts."""
    unit = unit or SiteFactory()
    type(unit).objects.filter(pk=unit.pk).update(headcount=headcount)
    unit.refresh_from_db()
    space = SpaceFactory(
        circle=Circle.MEMBERS, member_unit=unit, activities=["meetings"], name=f"Rendez-vous, {unit.name}"
    )
    series = services.open_series(space=space, unit=unit, agreed_on=agreed_on, **fields)
    if facilitator is not None:
        grant_in_space(facilitator, Role.FACILITATOR, space)
    return series


def member(series: MeetingSeries, **fields):
    """An agent of the unit that meets."""
    return AgentFactory(unit=series.unit, **fields)


def meeting(series: MeetingSeries, *, state: str = "called", days: int = 7, actor=None, **fields) -> Meeting:
    """One meeting, brought to a state by its own steps; ``days`` from now, in the past when negative."""
    starts_at = clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)
    made = services.plan_meeting(series=series, actor=actor, starts_at=starts_at, is_past=days <= 0, **fields)
    if state == "prepared":
        return made
    if state == "cancelled":
        services.call_meeting(meeting=made, actor=actor, at=clock.now())
        return services.cancel_meeting(meeting=made, actor=actor, reason="La salle est en travaux.")
    services.call_meeting(meeting=made, actor=actor, at=clock.now())
    if state == "called":
        return made
    services.hold_meeting(meeting=made, actor=actor, at=max(clock.now(), made.starts_at))
    if state == "held":
        return made
    services.write_minutes(meeting=made, summary="Nous avons parlé du portail et des horaires d’été.")
    services.publish_minutes(meeting=made, actor=actor or member(series))
    return made
