"""Who raises topics, who runs meetings, and what counts are told: computed when asked, never stored."""

from django.conf import settings
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.participation.enums import PhaseVerb
from src.participation.rules import identity_modes_offered, is_open, takes_part

from .enums import MeetingState
from .querysets import FOLLOWING_ROLES

ACTIVITY = "meetings"


def may_run(user, series) -> bool:
    """Whether the person prepares, holds and tells the meetings; the same answer as ``MeetingSeries.run_by``."""
    viewer = as_viewer(user)
    return viewer.is_authenticated and series.space_id in viewer.role_spaces(Role.FACILITATOR)


def may_follow(user) -> bool:
    """Whether the person follows, for some branch, which units meet."""
    viewer = as_viewer(user)
    return viewer.has_role(Role.ADMINISTRATOR) or any(viewer.role_paths(role) for role in FOLLOWING_ROLES)


def is_member(user, series) -> bool:
    """Whether the person raises topics, supports them and says that they come, in their own voice."""
    return takes_part(as_viewer(user), series.space)


def why_closed(series) -> str:
    """Why no topic is taken from anybody; empty when they are."""
    if series.stopped_on is not None:
        return _("These meetings have stopped: nothing more can be raised.")
    if not is_open(series.space, PhaseVerb.PROPOSE):
        return _("Topics aren’t taken at the moment.")
    return ""


def why_not_raise(user, series) -> str:
    """Why no topic can be raised by this person; empty when it can."""
    if not is_member(user, series):
        return _("Only the members of this group raise topics.")
    return why_closed(series)


def modes_offered(series) -> tuple[str, ...]:
    """The ways a topic may be signed here."""
    return identity_modes_offered(series.space)


def smallest() -> int:
    """The smallest count told about people."""
    return max(settings.TERRAIN_K, settings.TERRAIN_K_FLOOR)


def tells_counts(series) -> bool:
    """Whether counts of people are told at all: never in a unit of fewer people than the smallest count."""
    return series.unit.headcount >= smallest()


def told_count(series, count: int | None) -> int | None:
    """The count as it may be shown; None when it is hidden, or wasn't taken."""
    if count is None or not tells_counts(series) or count < smallest():
        return None
    return count


def may_say_coming(user, meeting) -> bool:
    """Whether the person may say that they come: a member, until it begins."""
    return meeting.state == MeetingState.CALLED and not meeting.has_begun and is_member(user, meeting.series)


def is_soon_late(series) -> bool:
    """Whether its agreed period ends within two weeks."""
    return series.stopped_on is None and 0 <= (series.due_on - clock.today()).days <= 14


def is_own(user, topic) -> bool:
    """Whether the person raised it, named or not."""
    viewer = as_viewer(user)
    if topic.author_id is not None:
        return viewer.is_authenticated and topic.author_id == viewer.user_id
    return topic.handle in viewer.own_handles


def moderates(user, topic) -> bool:
    """Whether the person decides on a reported topic; never on their own. It opens nothing else of the group."""
    viewer, unit = as_viewer(user), topic.space.steering_unit
    held = viewer.is_agent and viewer.has_role(
        Role.MODERATOR, unit_path=unit.path if unit else "", space_id=topic.space_id
    )
    return held and not is_own(viewer, topic)
